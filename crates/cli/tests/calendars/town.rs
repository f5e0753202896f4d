//! People with calendars on a Radicale: a weekly 1:1 of Maya and Ben on Tuesdays at 14:00 UTC, and what happens to it.

use steadfast_calendar::Instant;
use steadfast_testkit::servers::Radicale;

pub(crate) const MAYA: &str = "maya@example.com";
pub(crate) const BEN: &str = "ben@example.com";
/// Monday, 2026-01-05T08:00:00Z.
pub(crate) const MONDAY: i64 = 1_767_600_000;
const DAY: i64 = 86_400;

/// The town, on one day after another.
pub(crate) struct Town {
    pub(crate) radicale: Radicale,
    sequence: u32,
    exdates: Vec<String>,
    overrides: Vec<String>,
}

fn utc(at: i64) -> String {
    Instant::from_seconds(at)
        .timestamp()
        .to_string()
        .replace(['-', ':'], "")
}

fn event(uid: &str, title: &str, start: i64, minutes: i64, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{}\r\nDTEND:{}\r\nSUMMARY:{title}\r\n{more}END:VEVENT\r\n",
        utc(start),
        utc(start + minutes * 60)
    )
}

fn people(bens: &str) -> String {
    format!(
        "ORGANIZER:mailto:{MAYA}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\r\nATTENDEE;PARTSTAT={bens}:mailto:{BEN}\r\n"
    )
}

/// The Tuesday at 14:00 of a week.
fn slot(week: i64) -> i64 {
    MONDAY + week * 7 * DAY + DAY + 6 * 3600
}

impl Town {
    pub(crate) fn new(users: &[&str]) -> Self {
        let town = Self {
            radicale: Radicale::start(users),
            sequence: 0,
            exdates: Vec::new(),
            overrides: Vec::new(),
        };
        for user in users {
            let reply =
                town.radicale
                    .request("MKCALENDAR", &format!("/{user}/diary/"), user, &[], "");
            assert_eq!(reply.status, 201, "{}", reply.text);
        }
        town
    }

    pub(crate) fn home(&self, user: &str) -> String {
        format!("http://127.0.0.1:{}/{user}/", self.radicale.port)
    }

    pub(crate) fn put(&self, user: &str, name: &str, components: &str) {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{components}END:VCALENDAR\r\n"
        );
        let path = format!("/{user}/diary/{name}.ics");
        let reply =
            self.radicale
                .request("PUT", &path, user, &["Content-Type: text/calendar"], &text);
        assert!(matches!(reply.status, 201 | 204), "{path}: {}", reply.text);
    }

    /// Something else of that user's.
    pub(crate) fn note(&self, user: &str, name: &str, title: &str) {
        self.put(user, name, &event(name, title, MONDAY, 30, ""));
    }

    fn write_one_on_one(&self) {
        let rule = format!(
            "SEQUENCE:{}\r\nRRULE:FREQ=WEEKLY\r\n{}{}",
            self.sequence,
            self.exdates.concat(),
            people("ACCEPTED")
        );
        let master = event("one", "1:1 Maya / Ben", slot(0), 60, &rule);
        let all = format!("{master}{}", self.overrides.concat());
        for user in ["maya", "ben"] {
            self.put(user, "one", &all);
        }
    }

    fn change(&mut self, week: i64, start: i64, minutes: i64, bens: &str) {
        let (id, sequence) = (utc(slot(week)), self.sequence);
        let more = format!(
            "RECURRENCE-ID:{id}\r\nSEQUENCE:{sequence}\r\n{}",
            people(bens)
        );
        let one = event("one", "1:1 Maya / Ben", start, minutes, &more);
        let line = format!("RECURRENCE-ID:{id}\r\n");
        self.overrides.retain(|known| !known.contains(&line));
        self.overrides.push(one);
        self.write_one_on_one();
    }

    /// What happens on one day after [`MONDAY`].
    pub(crate) fn live(&mut self, day: i64) {
        let (week, weekday) = (day / 7, day % 7);
        self.note(
            "maya",
            &format!("n{}", day % 5),
            &format!("Note of day {day}"),
        );
        if day > 5 && day % 3 == 0 {
            let path = format!("/maya/diary/n{}.ics", (day + 2) % 5);
            let reply = self.radicale.request("DELETE", &path, "maya", &[], "");
            assert!(matches!(reply.status, 200 | 204 | 404), "{}", reply.text);
        }
        if day == 0 {
            return self.write_one_on_one();
        }
        match (weekday, week % 5) {
            // On Mondays, about the day after.
            (0, 1) => {
                self.sequence += 1;
                self.change(week, slot(week) + 2 * DAY, 60, "ACCEPTED");
            }
            (0, 2) => {
                self.sequence += 1;
                self.exdates.push(format!("EXDATE:{}\r\n", utc(slot(week))));
                self.write_one_on_one();
            }
            (0, 4) => {
                self.sequence += 1;
                self.change(week, slot(week) + DAY, 60, "ACCEPTED");
            }
            // On Fridays, about the next one. What is declined then is moved on the Monday: whether a change was led by the other one's
            // within 24 hours is known as exactly as both were seen, so that it has to be clear however late they were.
            (4, 2) => {
                self.sequence += 1;
                self.change(week + 1, slot(week + 1), 40, "ACCEPTED");
            }
            (4, 3) => self.change(week + 1, slot(week + 1), 60, "DECLINED"),
            _ => {}
        }
    }
}
