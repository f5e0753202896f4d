//! Files that people hand in to a server, taken apart by what also reads files from disk.

use std::io::{self, Read};
use steadfast_app::server::ServerError;
use steadfast_app::server::ledger::{Document, Offered};
use steadfast_calendar::Instant;
use steadfast_connect::{DocumentName, Intake, Limits, Options, SetAside};

/// What one file may unpack to: it is held in memory, and two may be there at once.
const UNPACKED: u64 = 256 << 20;

#[derive(Default)]
struct Collected(Offered);

/// The calendars in a file.
pub(crate) fn open(name: &str, bytes: Vec<u8>) -> Result<Offered, ServerError> {
    let options = Options {
        limits: Limits {
            unpacked_bytes: UNPACKED,
            ..Limits::default()
        },
        ..Options::default()
    };
    let mut collected = Collected::default();
    steadfast_connect::read_bytes(name, &bytes, &options, &mut collected)
        .map_err(|error| ServerError::Input(error.to_string(), error.hint().to_owned()))?;
    Ok(collected.0)
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
