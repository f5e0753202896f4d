//! What somebody handed in on a page, taken apart as a file is: a calendar, or an archive of them.

use std::collections::BTreeSet;
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
    /// Moments of a history of which something could not be read: what stood then is not known.
    lost: BTreeSet<Instant>,
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
/// [`ServerError::Input`] when it is neither a calendar nor an archive of them.
pub(crate) fn offered(name: &str, bytes: &[u8]) -> Result<Offered, ServerError> {
    let options = Options {
        limits: Limits {
            unpacked_bytes: UNPACKED,
            ..Limits::default()
        },
        ..Options::default()
    };
    let mut collected = Collected {
        offered: Offered::default(),
        name,
        lost: BTreeSet::new(),
    };
    let read = steadfast_connect::read_bytes(name, bytes, &options, &mut collected);
    let Collected {
        mut offered, lost, ..
    } = collected;
    offered.history.retain(|one| !lost.contains(&one.at));
    match read {
        // What was read before an archive broke off is still the person's calendar, whole.
        Err(error) if offered.documents.is_empty() && offered.history.is_empty() => Err(
            ServerError::Input(error.to_string(), error.hint().to_owned()),
        ),
        _ => Ok(offered),
    }
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
        let moment = self.moment(label).map(|(at, _)| at);
        self.lost.extend(moment);
        self.offered.set_aside.push((label.to_owned(), message));
    }

    // A history in an archive is told by the names of its entries.
    fn snapshot(&mut self, _at: Instant) {}
    fn gap(&mut self, _from: Instant, _to: Instant) {}
    fn progress(&mut self, _done: u64, _of: Option<u64>) {}
}

#[cfg(test)]
mod tests {
    use super::offered;

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
        // Of a moment of which one calendar cannot be read nothing is said to be known.
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
            ]
        );
    }

    #[test]
    fn rubbish_is_refused_with_what_to_do() {
        let error = offered("x.zip", b"no archive").unwrap_err();
        assert!(!error.hint().is_empty(), "{error:?}");
    }
}
