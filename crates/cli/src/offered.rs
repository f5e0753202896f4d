//! What somebody handed in on a page, taken apart as a file is: a calendar, or an archive of them.

use std::io::{self, Read};
use steadfast_app::server::ServerError;
use steadfast_app::server::ledger::{Document, Offered, Snapshot};
use steadfast_calendar::Instant;
use steadfast_connect::{DocumentName, Intake, Limits, Options, SetAside};

/// What one file may unpack to: it is held in memory, and two may be there at once.
const UNPACKED: u64 = 256 << 20;

/// What is collected of a file.
struct Collected<'a> {
    offered: Offered,
    /// The file's name: what entries of an archive are labelled by begins with it.
    name: &'a str,
    /// What was said first of an archive that could not be read to its end: what else is in it is not known.
    broken: Option<String>,
}

impl Collected<'_> {
    /// The moment that an entry is named by, and its name within it.
    fn moment<'l>(&self, label: &'l str) -> Option<(Instant, &'l str)> {
        let path = label.strip_prefix(self.name)?.strip_prefix('/')?;
        steadfast_connect::moment_of_entry(path)
    }
}

/// Takes `bytes` apart as `audit` would a file of that name. Nothing of it touches the disk.
///
/// # Errors
/// [`ServerError::Input`] when it is neither a calendar nor an archive of them, and when it is a history that could not be read to
/// its end: it is taken in once, in order, and what is missing could not be put in afterwards.
pub(crate) fn offered(name: &str, bytes: &[u8]) -> Result<Offered, ServerError> {
    taken_apart(name, bytes, UNPACKED)
}

fn taken_apart(name: &str, bytes: &[u8], unpacked_bytes: u64) -> Result<Offered, ServerError> {
    let options = Options {
        limits: Limits {
            unpacked_bytes,
            ..Limits::default()
        },
        ..Options::default()
    };
    let mut collected = Collected {
        offered: Offered::default(),
        name,
        broken: None,
    };
    let read = steadfast_connect::read_bytes(name, bytes, &options, &mut collected);
    let Collected {
        mut offered,
        mut broken,
        ..
    } = collected;
    let is_history = !offered.history.is_empty();
    if let Err(error) = read {
        if !is_history && offered.documents.is_empty() {
            let hint = error.hint().to_owned();
            return Err(ServerError::Input(error.to_string(), hint));
        }
        broken.get_or_insert(error.to_string());
    }
    match broken {
        Some(why) if is_history => Err(cut_short(&why)),
        // What was read before an archive broke off is still the person's calendar, whole.
        broken => {
            // Where an entry broke off, it is counted already.
            offered.unread = offered.unread.max(usize::from(broken.is_some()));
            Ok(offered)
        }
    }
}

/// A calendar of a history that could not be read.
fn unread(at: Instant, within: &str, label: &str) -> Snapshot {
    Snapshot {
        at,
        name: within.to_owned(),
        owner: steadfast_connect::owner_of_entry(within),
        document: Document {
            label: label.to_owned(),
            bytes: Vec::new(),
        },
    }
}

/// A history of which the end, or more, could not be read.
fn cut_short(why: &str) -> ServerError {
    ServerError::Input(
        format!("this history could not be read to its end, and nothing of it was taken in: {why}"),
        "make the archive anew; of one that is too large hand in the earlier moments first, in an archive of their own, and then the later ones"
            .to_owned(),
    )
}

impl Intake for Collected<'_> {
    fn calendar(&mut self, name: DocumentName, body: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)?;
        let document = Document {
            label: name.label,
            bytes,
        };
        // An archive of a history: what its entries are named by is a moment each.
        match self.moment(&document.label) {
            Some((at, within)) => self.offered.history.push(Snapshot {
                at,
                name: within.to_owned(),
                owner: name.owner.filter(|_| !within.is_empty()),
                document,
            }),
            None => self.offered.documents.push(document),
        }
        Ok(())
    }

    fn set_aside(&mut self, what: SetAside) {
        self.offered.set_aside.push((what.label, what.why));
    }

    fn warning(&mut self, label: &str, message: String) {
        match self.moment(label) {
            // It stands as one that says nothing: what that calendar was like is not known until it can be read again.
            Some((at, within)) => {
                let unread = unread(at, within, label);
                self.offered.history.push(unread);
            }
            None if label == self.name => drop(self.broken.get_or_insert(message)),
            None => self.offered.unread += 1,
        }
    }

    fn more_set_aside(&mut self, label: &str, more: usize) {
        let one = || (label.to_owned(), "more than are named".to_owned());
        self.offered.set_aside.extend((0..more).map(|_| one()));
    }

    // A history in an archive is told by the names of its entries.
    fn snapshot(&mut self, _at: Instant) {}
    fn gap(&mut self, _from: Instant, _to: Instant) {}
    fn progress(&mut self, _done: u64, _of: Option<u64>) {}
}

#[cfg(test)]
mod tests {
    use super::{offered, taken_apart, unread};
    use steadfast_calendar::Instant;

    #[test]
    fn the_example_archive_is_taken_apart_and_its_holidays_are_set_aside() {
        let zip = include_bytes!("../../../examples/maya.zip");
        let offered = offered("Maya.ZIP", zip).unwrap();
        assert_eq!(offered.documents.len(), 1);
        assert_eq!(offered.set_aside.len(), 1);
    }

    /// A file of a tar archive.
    fn entry(path: &str, bytes: &[u8]) -> Vec<u8> {
        let mut header = [0_u8; 512];
        let mut put = |at: usize, text: &str| {
            header[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, path);
        put(100, "0000644\0");
        put(124, &format!("{:011o}\0", bytes.len()));
        put(148, "        ");
        put(156, "0");
        put(257, "ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let mut all = header.to_vec();
        all.extend(bytes);
        all.resize(all.len().next_multiple_of(512), 0);
        all
    }

    #[test]
    fn an_archive_of_moments_is_a_history() {
        let calendar = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";
        let mut archive = Vec::new();
        for path in [
            "20260302T081500Z.ics",
            "all/20260309T081500Z/maya@example.com.ics",
            "all/20260309T081500Z/work.ics",
            "20260316T081500Z/maya@example.com.ics",
        ] {
            archive.extend(entry(path, calendar));
        }
        // One that cannot be read stands as one that says nothing.
        archive.extend(entry("20260316T081500Z/work.ics", b"PK\x03\x04"));
        archive.extend([0; 1024]);
        let offered = offered("20260101T000000Z.tar", &archive).unwrap();
        assert!(offered.documents.is_empty());

        let told: Vec<(String, &str, Option<&str>)> = offered
            .history
            .iter()
            .map(|one| (one.at.to_string(), &*one.name, one.owner.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("2026-03-02T08:15:00Z".to_owned(), "", None),
                (
                    "2026-03-09T08:15:00Z".to_owned(),
                    "maya@example.com.ics",
                    Some("maya@example.com")
                ),
                ("2026-03-09T08:15:00Z".to_owned(), "work.ics", None),
                (
                    "2026-03-16T08:15:00Z".to_owned(),
                    "maya@example.com.ics",
                    Some("maya@example.com")
                ),
                ("2026-03-16T08:15:00Z".to_owned(), "work.ics", None),
            ]
        );
        let said = offered.history.iter().map(|one| one.document.bytes.len());
        assert_eq!(said.filter(|bytes| *bytes == 0).count(), 1);
    }

    const CALENDAR: &[u8] = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";

    #[test]
    fn a_history_that_is_cut_short_is_refused_with_what_to_do() {
        let mut archive = entry("20260302T081500Z.ics", CALENDAR);
        archive.extend(entry("20260309T081500Z.ics", CALENDAR));
        let long = [CALENDAR, &[b'x'; 4_000]].concat();
        archive.extend(entry("20260316T081500Z.ics", &long));
        let whole = [&archive[..], &[0; 1024]].concat();
        assert_eq!(offered("a.tar", &whole).unwrap().history.len(), 3);
        let refused = |bytes: &[u8], limit: u64| {
            let error = taken_apart("a.tar", bytes, limit).unwrap_err();
            let said = error.to_string();
            assert!(said.contains("could not be read to its end"), "{said}");
            assert!(error.hint().contains("the earlier moments first"));
        };
        // By the limit, in the middle of the last one and before the last.
        refused(&whole, 4_096);
        refused(&whole, 1_500);
        // By its own end: in the header of the second, or in the third.
        refused(&archive[..1_024 + 100], 1 << 20);
        refused(&archive[..3_000], 1 << 20);
        // What is no history is the person's calendar all the same, and it is told that more was there.
        let mut plain = entry("work.ics", CALENDAR);
        plain.extend(entry("home.ics", &long));
        let offered = taken_apart("a.tar", &plain, 2_048).unwrap();
        assert_eq!((offered.documents.len(), offered.unread), (1, 1));
    }

    #[test]
    fn a_calendar_that_could_not_be_read_is_whose_its_name_says_and_nobodys_otherwise() {
        let owner = |name| unread(Instant::from_seconds(0), name, "a.tar").owner;
        let maya = Some("maya@example.com".to_owned());
        assert_eq!(owner("Maya@example.com.ics"), maya);
        assert_eq!(owner("all\\maya@example.com.ics"), maya);
        assert_eq!(owner("c_x@group.calendar.google.com.ics"), None);
        assert_eq!(owner(""), None);
    }

    #[test]
    fn that_more_was_set_aside_than_is_named_is_no_cut() {
        let mut archive = entry("20260302T081500Z.ics", CALENDAR);
        for number in 0..300 {
            archive.extend(entry(&format!("picture-{number}.jpg"), b"x"));
        }
        archive.extend([0; 1024]);
        let offered = offered("a.tar", &archive).unwrap();
        assert_eq!((offered.history.len(), offered.unread), (1, 0));
        assert_eq!(offered.set_aside.len(), 300);
    }

    #[test]
    fn rubbish_is_refused_with_what_to_do() {
        let error = offered("x.zip", b"no archive").unwrap_err();
        assert!(!error.hint().is_empty(), "{error:?}");
    }
}
