//! The files in one.

use super::Files;
use crate::server::ServerError;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip of them; the same files give the same bytes.
///
/// # Errors
/// [`ServerError::Input`] when they are too large for one.
pub fn zipped(files: &Files) -> Result<Vec<u8>, ServerError> {
    written(files).map_err(|error| {
        ServerError::Input(
            format!("the files do not fit into a zip: {error}"),
            "ask whoever runs this server for a folder of them".to_owned(),
        )
    })
}

fn written(files: &Files) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
