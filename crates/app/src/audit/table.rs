//! Reading the small CSV files that people write: header by name, any order, errors with a line.

use std::{collections::HashMap, fmt};

/// What is wrong with a file that declares something, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileError {
    /// Line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.what),
            line => write!(f, "line {line}: {}", self.what),
        }
    }
}

impl std::error::Error for FileError {}

/// One row: values by column name, trimmed.
pub(super) struct Row {
    pub line: u64,
    values: HashMap<String, String>,
}

impl Row {
    /// The value in `column`; empty where there is none.
    pub(super) fn get(&self, column: &str) -> &str {
        self.values.get(column).map_or("", String::as_str)
    }

    pub(super) fn error(&self, what: String, hint: &str) -> FileError {
        FileError {
            line: self.line,
            what,
            hint: hint.to_owned(),
        }
    }
}

/// All rows of `text`, which must have the columns `needed`; `hint` says what the header should be.
pub(super) fn rows(text: &str, needed: &[&str], hint: &str) -> Result<Vec<Row>, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    // `csv` (BurntSushi, MIT/Unlicense): quoting and line ends as people's spreadsheets write them.
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let fail = |line, what: String| FileError {
        line,
        what,
        hint: hint.to_owned(),
    };
    let header: Vec<String> = reader
        .headers()
        .map_err(|error| fail(1, format!("not a CSV file: {error}")))?
        .iter()
        .map(str::to_lowercase)
        .collect();
    for column in needed {
        if !header.iter().any(|name| name == column) {
            return Err(fail(1, format!("the column `{column}` is missing")));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            fail(line, format!("not readable: {error}"))
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let values = header
            .iter()
            .cloned()
            .zip(record.iter().map(str::to_owned))
            .collect();
        rows.push(Row { line, values });
    }
    Ok(rows)
}
