//! A report who has not joined picks a time by the link in a mail: the mail as it was sent, the page behind its link, and what
//! comes of a pick. And what a calendar server says, or does not, of when that report is busy.

use crate::everybody::pair_with;
use crate::support::{ACCOUNTS, Answer, SECOND, Site, Taken, mailing_to};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use steadfast_app::server::accounts::organisation;
use steadfast_app::server::acting::{Action, Order};
use steadfast_app::server::demo;
use steadfast_app::server::guard::{Busy, NotTold, Question};
use steadfast_app::server::sync::{Access, Step};
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Instant, Slot};
use steadfast_store::Intents;
use steadfast_web::{Looked, Looking, Reading, Sending, Telling, World, Writes, WritesNothing};
use tokio::sync::Semaphore;

/// In what Maya's calendar says of the 1:1 beside who, when and how it is called.
const MARKER: &str = "Zanzibar";
const BEN: &str = "ben@example.com";

/// What a calendar server tells of when people are busy, as often as it may.
#[derive(Clone)]
pub(crate) struct Tells {
    told: Arc<Mutex<Result<Vec<Slot>, NotTold>>>,
    asked: Arc<AtomicUsize>,
    /// It answers once for each of these.
    may: Arc<Semaphore>,
}

impl Tells {
    pub(crate) fn so(told: Result<Vec<Slot>, NotTold>) -> Self {
        Self {
            told: Arc::new(Mutex::new(told)),
            asked: Arc::default(),
            may: Arc::new(Semaphore::new(99)),
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Writes for Tells {
    fn look(&self, access: Access, order: Order) -> Looking {
        WritesNothing.look(access, order)
    }

    fn send(&self, access: Access, order: Order, looked: Looked) -> Sending {
        WritesNothing.send(access, order, looked)
    }

    fn read(&self, access: Access, place: String, now: Instant) -> Reading {
        WritesNothing.read(access, place, now)
    }

    fn when_busy(&self, _: Access, question: Question, _: Instant) -> Telling {
        let tells = self.clone();
        tells.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            tells.may.acquire().await.unwrap().forget();
            let told = tells.told.lock().unwrap().clone()?;
            // Everybody is at the 1:1s that are known, too: else nothing of it is believed.
            let weeks = (-3..5).map(|week| one_on_one().plus_days(7 * week));
            let known = weeks.map(|start| Slot::new(start, start.plus_minutes(30)));
            let busy = Busy {
                span: question.span,
                slots: known.chain(told).collect(),
            };
            let all = question.from.iter().chain(&question.about);
            Ok(all
                .map(|one| (one.clone(), busy.clone()))
                .collect::<BTreeMap<_, _>>())
        })
    }
}

/// The 1:1 of the day after today, which is taken off.
pub(crate) fn one_on_one() -> Instant {
    demo::now().plus_days(1)
}

pub(crate) fn stamp(at: Instant) -> String {
    at.timestamp().to_string().replace(['-', ':'], "")
}

pub(crate) fn calendar(rest: &str) -> String {
    let first = one_on_one().plus_days(-7 * 20);
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260101T080000Z\r\n\
         SUMMARY:1:1 Maya / Ben\r\nDESCRIPTION:{MARKER}\r\nLOCATION:{MARKER}\r\nDTSTART:{}\r\nDURATION:PT30M\r\n\
         RRULE:FREQ=WEEKLY\r\n{rest}ORGANIZER;CN=Maya Lind:mailto:maya@example.com\r\n\
         ATTENDEE;CN=Maya Lind;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\n\
         ATTENDEE;CN=Ben Okafor;PARTSTAT=ACCEPTED:mailto:{BEN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        stamp(first)
    )
}

/// Maya, who lost tomorrow's 1:1 with Ben; he has not joined.
pub(crate) struct Lost {
    pub(crate) site: Site,
    taken: Taken,
    pub(crate) maya: String,
    /// The page of the two.
    pub(crate) pair: String,
}

async fn lost(tells: &Tells) -> Lost {
    let without = calendar(&format!("EXDATE:{}\r\n", stamp(one_on_one())));
    with(tells, &without).await
}

/// Maya, in whose calendar that stands by now.
pub(crate) async fn with(tells: &Tells, stands: &str) -> Lost {
    let taken = Taken::default();
    let (mail, writes) = (mailing_to(&taken), tells.clone());
    let site = Site::lent(None, |world| World {
        mail: Some(mail),
        writes: Box::new(writes),
        ..world
    })
    .await;
    let maya = site.set_up().await;
    let address = format!("{ACCOUNTS}maya/");
    site.stands(&address, Some(&calendar("")));
    let form = [
        ("address", address.as_str()),
        ("user", "maya"),
        ("password", "secret"),
    ];
    let connected = site.post("/calendars", &maya, &form).await;
    assert_eq!(
        connected.status,
        StatusCode::SEE_OTHER,
        "{}",
        connected.body
    );
    let lines = [("is:ben@example.com", "report")];
    site.post("/one-on-ones/lines", &maya, &lines).await;
    site.stands(&address, Some(stands));
    site.wait(1_000 * SECOND);
    assert_eq!(site.server.round().await.unwrap(), Step::Changed);
    let pair = pair_with(&site.get("/one-on-ones", &maya).await.body, "Ben Okafor");
    Lost {
        site,
        taken,
        maya,
        pair,
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split(after).next().unwrap()
}

/// The seconds at which the times of a page begin, by its buttons of that name.
pub(crate) fn starts(page: &str, name: &str) -> Vec<i64> {
    let before = format!("name=\"{name}\" value=\"");
    let buttons = page.split(&before).skip(1);
    let values = buttons.filter_map(|rest| rest.split('"').next());
    values
        .filter_map(|value| value.rsplit(' ').next()?.parse().ok())
        .collect()
}

impl Lost {
    /// The page on which the mail is read, by the way that its card names.
    async fn by_mail(&self) -> (String, Answer) {
        let page = self.site.get(&self.pair, &self.maya).await.body;
        let path = between(&page, "class=\"button\" href=\"", "\"").to_owned();
        assert!(
            path.starts_with(&format!("{}/by-mail?", self.pair)),
            "{path}"
        );
        let shown = self.site.get(&path, &self.maya).await;
        (path, shown)
    }

    /// Has the mail sent that was read; gives the path of the link in it, as it went out.
    async fn sent(&self) -> String {
        let (path, _) = self.by_mail().await;
        self.sent_of(&path).await
    }

    /// The same of the mail that is read on that page.
    pub(crate) async fn sent_of(&self, path: &str) -> String {
        let shown = self.site.get(path, &self.maya).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        let promised = path.rsplit('=').next().unwrap();
        let mark = between(&shown.body, "name=\"mark\" value=\"", "\"");
        let form = [("promised", promised), ("mark", mark)];
        let to = format!("{}/by-mail", self.pair);
        let sent = self.site.post(&to, &self.maya, &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert!(self.site.server.tell().await.unwrap());
        assert!(!self.site.server.tell().await.unwrap(), "one mail");
        let mails = self.taken.lock().unwrap();
        let [mail] = mails.as_slice() else {
            panic!("{mails:?}");
        };
        assert_eq!(mail.to, BEN);
        let letter = between(&shown.body, "class=\"letter\">", "</p>");
        assert_eq!(
            letter
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">"),
            mail.text
        );
        let link = between(&mail.text, "https://steadfast.example.org", "\n");
        assert!(link.starts_with("/pick/"), "{link}");
        link.to_owned()
    }

    /// The guard's rounds, and whatever else is due by then.
    pub(crate) async fn judged(&self) {
        self.site.wait(10 * SECOND);
        while self.site.server.judge().await.unwrap() {}
    }

    /// What is to be done to Maya's calendar.
    pub(crate) async fn edits(&self) -> Vec<Edit> {
        let store = &self.site.store;
        let org = organisation(store).await.unwrap().unwrap();
        let all = store.intents_of(&org, "maya@example.com", 9).await.unwrap();
        let edits = all.iter().map(|one| {
            let action: Action = serde_json::from_slice(&one.about).unwrap();
            action.edit
        });
        edits.collect()
    }

    /// When what is booked begins.
    async fn booked(&self) -> Vec<i64> {
        let edits = self.edits().await.into_iter();
        let booked = edits.filter_map(|edit| match edit {
            Edit::Book(meeting) => Some(meeting.slot.start.seconds()),
            _ => None,
        });
        booked.collect()
    }
}

/// Leaves a page for a browser to look at, where `cargo xtask test` asks for it: as one file, with its style in it and without its
/// script.
async fn leave(site: &Site, name: &str, page: &str) {
    let Some(folder) = std::env::var_os("STEADFAST_PAGES") else {
        return;
    };
    let style = between(page, "<link rel=\"stylesheet\" href=\"", "\"");
    let text = site.get(style, "").await.body;
    let link = format!("<link rel=\"stylesheet\" href=\"{style}\">");
    let script = between(page, "<script", "</script>");
    let whole = page
        .replace(&link, &format!("<style>{text}</style>"))
        .replace(&format!("<script{script}</script>"), "");
    let file = std::path::Path::new(&folder).join(format!("{name}.html"));
    std::fs::write(file, whole).unwrap();
}

#[tokio::test]
async fn the_link_of_the_mail_that_was_sent_shows_the_times_and_one_pick_of_it_is_booked() {
    let lost = lost(&Tells::so(Ok(Vec::new()))).await;
    let (_, letter) = lost.by_mail().await;
    let (site, link) = (&lost.site, lost.sent().await);
    leave(site, "by-mail", &letter.body).await;
    leave(site, "pick", &site.get(&link, "").await.body).await;
    // Ben has no account. Looking does nothing, however often.
    for _ in 0..2 {
        let page = site.get(&link, "").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(starts(&page.body, "pick").len(), 3, "{}", page.body);
        assert!(
            page.body
                .contains("<bdi>Maya Lind</bdi> offers you other times")
        );
        for kept in [MARKER, BEN, "maya@example.com"] {
            assert!(!page.body.contains(kept), "{kept} in {}", page.body);
        }
    }
    lost.judged().await;
    assert!(lost.booked().await.is_empty());
    // On another clock they are the same times.
    let elsewhere = site.get(&format!("{link}?zone=Asia%2FKolkata"), "").await;
    let times = starts(&elsewhere.body, "pick");
    assert!(elsewhere.body.contains("value=\"Asia/Kolkata\""));
    let second = times[1].to_string();
    let never = site.post(&link, "", &[("pick", "1")]).await;
    assert_eq!(never.status, StatusCode::UNPROCESSABLE_ENTITY);
    let picked = site.post(&link, "", &[("pick", &second)]).await;
    assert_eq!(picked.status, StatusCode::OK, "{}", picked.body);
    assert!(picked.body.contains("Picked: "), "{}", picked.body);
    // The first answer stands.
    let again = site.post(&link, "", &[("pick", "none")]).await;
    assert!(again.body.contains("Picked: "), "{}", again.body);
    lost.judged().await;
    lost.judged().await;
    assert_eq!(lost.booked().await, [times[1]]);
    let hers = site.get(&lost.pair, &lost.maya).await.body;
    assert!(hers.contains("<bdi>Ben Okafor</bdi> picked "), "{hers}");
    // A link that nobody made opens nothing.
    let (before, _) = link
        .rsplit_once(|letter: char| letter.is_ascii_hexdigit())
        .unwrap();
    let other = site.get(&format!("{before}~"), "").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_times_of_the_mail_are_those_of_the_card_also_where_a_calendar_server_has_to_be_asked()
{
    // Ben is busy all the days on which he is offered something where nobody knows better.
    let free = lost(&Tells::so(Ok(Vec::new()))).await;
    let (_, shown) = free.by_mail().await;
    let days: Vec<Slot> = {
        let link = free.sent().await;
        let page = free.site.get(&link, "").await.body;
        let all = starts(&page, "pick").into_iter().map(Instant::from_seconds);
        all.map(|start| Slot::new(start.plus_minutes(-600), start.plus_minutes(600)))
            .collect()
    };
    assert_eq!(shown.status, StatusCode::OK);
    let lost = lost(&Tells::so(Ok(days.clone()))).await;
    let card = site_card(&lost).await;
    assert!(
        !card.is_empty() && !card.iter().any(|start| within(&days, *start)),
        "{card:?}"
    );
    let link = lost.sent().await;
    let page = lost.site.get(&link, "").await.body;
    assert_eq!(starts(&page, "pick"), card);
}

/// The times on Maya's card.
async fn site_card(lost: &Lost) -> Vec<i64> {
    let page = lost.site.get(&lost.pair, &lost.maya).await.body;
    let ways = starts(&page, "way");
    ways.into_iter()
        .filter(|start| *start > 1_000_000)
        .collect()
}

fn within(days: &[Slot], start: i64) -> bool {
    let start = Instant::from_seconds(start);
    days.iter().any(|day| day.start <= start && start < day.end)
}

#[tokio::test]
async fn a_look_that_did_not_wait_for_the_answer_leaves_it_to_the_next_and_it_is_asked_once() {
    let tells = Tells::so(Ok(Vec::new()));
    tells.may.forget_permits(99);
    // The look at which Maya finds the page of the two: it does without.
    let lost = lost(&tells).await;
    let unknown = "Whether Ben Okafor is free then is not known here.";
    assert_eq!(tells.asked(), 1);
    tells.may.add_permits(1);
    let page = lost.site.get(&lost.pair, &lost.maya).await.body;
    assert!(!page.contains(unknown), "{page}");
    // A tap decides on the same answer.
    let (_, shown) = lost.by_mail().await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert_eq!(tells.asked(), 1);
}

#[tokio::test]
async fn that_a_calendar_server_refuses_to_tell_is_said_to_whoever_runs_this_one_and_names_nobody()
{
    for (told, said) in [
        (
            NotTold::Refused(403),
            Some("free_busy.refused response.status=403 "),
        ),
        (NotTold::NoAnswer, Some("free_busy.no_answer ")),
        (NotTold::NoOutbox, None),
    ] {
        let tells = Tells::so(Err(told));
        let lost = lost(&tells).await;
        for _ in 0..3 {
            let page = lost.site.get("/one-on-ones", &lost.maya).await.body;
            let unknown = "Whether Ben Okafor is free then is not known here.";
            assert!(page.contains(unknown), "{page}");
        }
        let log = lost.site.log.lock().unwrap().clone();
        let lines = log.iter().filter(|line| line.starts_with("free_busy."));
        let lines: Vec<&String> = lines.collect();
        assert_eq!(tells.asked(), 1, "what it does not tell is held too");
        match said {
            Some(said) => {
                assert_eq!(lines.len(), 1, "{log:?}");
                assert!(lines[0].starts_with(said), "{lines:?}");
                for name in ["maya", "ben", "Ben", "account.example", "@"] {
                    assert!(!lines[0].contains(name), "{name} in {lines:?}");
                }
            }
            None => assert_eq!(lines, Vec::<&String>::new()),
        }
    }
}
