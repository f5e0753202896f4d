//! What somebody handed in on a page, taken apart: a calendar, or an archive of them.

use std::io::{self, Read, Write};
use steadfast_app::server::{
    ServerError,
    ledger::{Document, Offered},
};
use steadfast_calendar::Instant;
use steadfast_connect::{DocumentName, Intake, Options, SetAside, Source};

/// Takes `bytes` apart as `audit` would a file of that name. What it holds is bounded as there.
///
/// # Errors
/// [`ServerError::Input`] when it is neither a calendar nor an archive of them.
pub(crate) fn offered(file_name: &str, bytes: &[u8]) -> Result<Offered, ServerError> {
    let mut into = IntoOffered::default();
    let read = on_disk(file_name, bytes)
        .map_err(|_| unreadable("it could not be put aside to be read", "try again"))
        .and_then(|file| {
            let source = Source::Path(file.path().to_path_buf());
            steadfast_connect::read(&source, &Options::default(), &mut into)
                .map_err(|error| unreadable("it cannot be read", error.hint()))
        });
    match read {
        Err(error) if into.0.documents.is_empty() => Err(error),
        _ => Ok(into.0),
    }
}

fn unreadable(what: &str, hint: &str) -> ServerError {
    ServerError::Input(what.to_owned(), hint.to_owned())
}

/// An archive is read from its end: it has to be a file. Only this program can read it, and it goes when it is dropped.
fn on_disk(file_name: &str, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    // The ending says what it is; nothing else of the name is used.
    let ending = [".zip", ".tgz", ".tar.gz", ".ics"]
        .into_iter()
        .find(|ending| file_name.to_lowercase().ends_with(ending));
    let mut file = tempfile::Builder::new()
        .prefix("steadfast-")
        .suffix(ending.unwrap_or(".ics"))
        .tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

#[derive(Default)]
struct IntoOffered(Offered);

impl Intake for IntoOffered {
    fn calendar(&mut self, name: DocumentName, body: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)?;
        self.0.documents.push(Document {
            label: name.label,
            bytes,
        });
        Ok(())
    }

    fn snapshot(&mut self, _: Instant) {}

    fn gap(&mut self, _: Instant, _: Instant) {}

    fn gap_of(&mut self, _: &str, _: Instant, _: Instant) {}

    fn set_aside(&mut self, what: SetAside) {
        self.0.set_aside.push((what.label, what.why));
    }

    fn warning(&mut self, label: &str, message: String) {
        self.0.set_aside.push((label.to_owned(), message));
    }

    fn progress(&mut self, _: u64, _: Option<u64>) {}
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
