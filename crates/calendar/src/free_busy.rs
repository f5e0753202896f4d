//! When somebody is busy, asked and told from calendar to calendar (VFREEBUSY, RFC 5545 §3.6.4): spans of time, and nothing of
//! what takes them.

use crate::instant::{Instant, Slot};

pub use crate::reader::busy;

/// People in one question, whoever asks among them: a meeting of more finds no common time.
pub const MOST: usize = 60;
/// Octets of a physical line without its end (RFC 5545 §3.1).
const WIDTH: usize = 75;

/// What a calendar server is asked (RFC 5546 §3.3.2, RFC 6638 §5).
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Names this question; whoever answers gives it back.
    pub uid: &'a str,
    /// Who asks: an address of theirs.
    pub from: &'a str,
    /// About whom: addresses. One that cannot be written into a calendar is left out.
    pub about: &'a [String],
    /// Within which time.
    pub span: Slot,
    /// Now.
    pub now: Instant,
}

/// What it says of one person's time.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Busy {
    /// Within which time it says anything; `None`: it does not say.
    pub span: Option<Slot>,
    /// When they are busy, perhaps busy, or do not work, in order; what it calls by another word counts as busy.
    pub slots: Vec<Slot>,
}

impl Question<'_> {
    /// Its iCalendar text; `None` where nobody is left to be asked about, or whoever asks has no address that could be written.
    pub fn text(&self) -> Option<String> {
        let moment = |at: Instant| at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
        let about: Vec<&String> = self.about.iter().filter(|one| is_plain(one)).collect();
        if about.is_empty() || !is_plain(self.from) || !is_plain(self.uid) {
            return None;
        }
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Steadfast//Steadfast//EN".to_owned(),
            "METHOD:REQUEST".to_owned(),
            "BEGIN:VFREEBUSY".to_owned(),
            format!("UID:{}", self.uid),
            format!("DTSTAMP:{}", moment(self.now)),
            format!("DTSTART:{}", moment(self.span.start)),
            format!("DTEND:{}", moment(self.span.end)),
            format!("ORGANIZER:mailto:{}", self.from),
        ];
        lines.extend(about.iter().map(|one| format!("ATTENDEE:mailto:{one}")));
        lines.push("END:VFREEBUSY".to_owned());
        lines.push("END:VCALENDAR".to_owned());
        Some(lines.iter().map(|line| folded(line)).collect())
    }
}

/// Whether it can stand in a line as it is. Addresses in other letters are rare, and whoever has one stays unknown.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A line of plain letters, folded, with its end.
fn folded(line: &str) -> String {
    let mut text = String::new();
    let mut room = WIDTH;
    for letter in line.chars() {
        if room == 0 {
            text.push_str("\r\n ");
            room = WIDTH - 1;
        }
        text.push(letter);
        room -= 1;
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    fn slot(start: &str, end: &str) -> Slot {
        Slot::new(at(start), at(end))
    }

    fn asked(about: &[&str]) -> Option<String> {
        let about: Vec<String> = about.iter().map(|one| (*one).to_owned()).collect();
        let question = Question {
            uid: "q-1",
            from: "maya@example.org",
            about: &about,
            span: slot("2026-01-12T08:00:00Z", "2026-01-20T08:00:00Z"),
            now: at("2026-01-12T08:00:00Z"),
        };
        question.text()
    }

    #[test]
    fn a_question_names_whom_it_is_about_and_when() {
        assert_eq!(
            asked(&["ben@example.org"]).unwrap(),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Steadfast//Steadfast//EN\r\nMETHOD:REQUEST\r\nBEGIN:VFREEBUSY\r\n\
             UID:q-1\r\nDTSTAMP:20260112T080000Z\r\nDTSTART:20260112T080000Z\r\nDTEND:20260120T080000Z\r\n\
             ORGANIZER:mailto:maya@example.org\r\nATTENDEE:mailto:ben@example.org\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
        );
    }

    #[test]
    fn an_address_writes_no_lines_of_its_own() {
        for hostile in [
            "ben@example.org\r\nATTENDEE:mailto:x",
            "ben @example.org",
            "",
            "b\u{e9}n@example.org",
        ] {
            assert_eq!(asked(&[hostile]), None, "{hostile}");
        }
        let long = format!("{}@example.org", "b".repeat(200));
        let text = asked(&[&long, "x y"]).unwrap();
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.replace("\r\n ", "").contains(&long));
        assert!(!text.contains("x y"));
    }

    #[test]
    fn what_is_told_is_spans_of_time() {
        let text = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VFREEBUSY\r\nDTSTART:20260112T080000Z\r\nDTEND:20260120T080000Z\r\n\
            ATTENDEE;CN=\"Ben: the one\":mailto:ben@example.org\r\n\
            FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260114T090000Z/PT1H\r\n\
            FREEBUSY;X-SUMMARY=\"a: b\":20260113T130000Z/20260113T140000Z,20260113T150000Z/\r\n  20260113T160000Z\r\n\
            FREEBUSY;FBTYPE=FREE:20260115T090000Z/PT8H\r\nFREEBUSY;FBTYPE=X-LUNCH:20260116T110000Z/PT30M\r\n\
            END:VFREEBUSY\r\nEND:VCALENDAR\r\n";
        let busy = busy(text.as_bytes()).unwrap();
        assert_eq!(
            busy.span,
            Some(slot("2026-01-12T08:00:00Z", "2026-01-20T08:00:00Z"))
        );
        assert_eq!(
            busy.slots,
            [
                slot("2026-01-13T13:00:00Z", "2026-01-13T14:00:00Z"),
                slot("2026-01-13T15:00:00Z", "2026-01-13T16:00:00Z"),
                slot("2026-01-14T09:00:00Z", "2026-01-14T10:00:00Z"),
                slot("2026-01-16T11:00:00Z", "2026-01-16T11:30:00Z"),
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_of_it_leaves_all_of_it_unknown() {
        let of = |line: &str| format!("BEGIN:VFREEBUSY\r\n{line}\r\nEND:VFREEBUSY\r\n");
        for odd in [
            of("FREEBUSY:20260113T130000Z"),
            of("FREEBUSY:20260113T130000/PT1H"),
            of("FREEBUSY:20260113T140000Z/20260113T130000Z"),
            of("FREEBUSY"),
            "BEGIN:VFREEBUSY\r\nFREEBUSY:20260113T130000Z/PT1H\r\n".to_owned(),
            "BEGIN:VEVENT\r\nEND:VEVENT\r\n".to_owned(),
            String::new(),
        ] {
            assert_eq!(busy(odd.as_bytes()), None, "{odd}");
        }
        let free = busy(of("COMMENT:none").as_bytes()).unwrap();
        assert_eq!(free, Busy::default());
    }
}
