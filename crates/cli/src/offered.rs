//! What somebody handed in on a page, taken apart as a file is: a calendar, or an archive of them.

use std::io::{self, Read};
use steadfast_app::server::ServerError;
use steadfast_app::server::ledger::{Document, Offered};
use steadfast_calendar::Instant;
use steadfast_connect::{DocumentName, Intake, Limits, Options, SetAside};

/// What one file may unpack to: it is held in memory, and two may be there at once.
const UNPACKED: u64 = 256 << 20;

#[derive(Default)]
struct Collected(Offered);

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
    let mut collected = Collected::default();
    match steadfast_connect::read_bytes(name, bytes, &options, &mut collected) {
        // What was read before an archive broke off is still the person's calendar, whole.
        Err(error) if collected.0.documents.is_empty() => Err(ServerError::Input(
            error.to_string(),
            error.hint().to_owned(),
        )),
        _ => Ok(collected.0),
    }
}

impl Intake for Collected {
    fn calendar(&mut self, name: DocumentName, body: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)?;
        self.0.documents.push(Document {
            label: name.label,
            bytes,
        });
        Ok(())
    }

    fn set_aside(&mut self, what: SetAside) {
        self.0.set_aside.push((what.label, what.why));
    }

    fn warning(&mut self, label: &str, message: String) {
        self.0.set_aside.push((label.to_owned(), message));
    }

    // One file is one look, and comes whole.
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

    #[test]
    fn rubbish_is_refused_with_what_to_do() {
        let error = offered("x.zip", b"no archive").unwrap_err();
        assert!(!error.hint().is_empty(), "{error:?}");
    }
}
