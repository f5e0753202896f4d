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

/// What stands between the columns: commas; semicolons where the header has these and no comma, as spreadsheets write it wherever a
/// comma stands before the tenths of a number.
fn between(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty());
    let header = header.unwrap_or_default();
    if header.contains(';') && !header.contains(',') {
        b';'
    } else {
        b','
    }
}

/// `sep=;` as the first line, by which a spreadsheet tells what stands between the columns: the rest, that, and the lines left out.
fn without_separator(text: &str) -> (&str, Option<u8>, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim().trim_matches('"');
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some([between]) => (rest, Some(*between), 1),
        // The blank of a tabulator is trimmed away.
        Some([]) => (rest, Some(b'\t'), 1),
        _ => (text, None, 0),
    }
}

/// The text of a file that people save from a spreadsheet: UTF-8, or what is called ANSI (Windows-1252).
///
/// # Errors
/// Where it is neither.
pub(super) fn text_of(bytes: &[u8]) -> Result<String, FileError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let is_text = |byte: &u8| *byte != 0;
    let letters = bytes.iter().filter(|byte| is_text(byte));
    let text: Option<String> = letters.map(|byte| windows_1252(*byte)).collect();
    match text.filter(|_| bytes.iter().all(is_text)) {
        Some(text) => Ok(text),
        None => Err(FileError {
            line: 0,
            what: "the letters of this file cannot be told: it is no text in UTF-8, and none in Windows-1252 (ANSI)".to_owned(),
            hint: "save it as “CSV UTF-8”".to_owned(),
        }),
    }
}

/// One letter of Windows-1252; five bytes mean none.
fn windows_1252(byte: u8) -> Option<char> {
    const FROM_80: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let letter = match byte {
        0x80..=0x9f => *FROM_80.get(usize::from(byte - 0x80))?,
        _ => char::from(byte),
    };
    (letter != '\0').then_some(letter)
}

/// That `column` is not in `header`: why, as far as it shows.
fn missing(column: &str, header: &[String], hint: &str) -> FileError {
    let whole = header.join(",");
    let mixed = |name: &String| {
        name.split([';', '\t', '|'])
            .any(|part| part.trim() == column)
    };
    let (what, hint) = if header.iter().any(mixed) {
        let what = format!("the columns of the header `{whole}` cannot be told apart");
        let hint = "put a comma between all columns, or a semicolon between all, in every line: a spreadsheet does that when it saves as CSV";
        (what, hint)
    } else if whole.is_empty() {
        (
            format!("the column `{column}` is missing: the file is empty"),
            hint,
        )
    } else {
        let read = header.iter().map(|name| format!("`{name}`"));
        let read: Vec<String> = read.collect();
        let what = format!(
            "the column `{column}` is missing; these were read: {}",
            read.join(" ")
        );
        (what, hint)
    };
    FileError {
        line: 1,
        what,
        hint: hint.to_owned(),
    }
}

/// All rows of `text`, which must have the columns `needed`; `hint` says what the header should be.
pub(super) fn rows(text: &str, needed: &[&str], hint: &str) -> Result<Vec<Row>, FileError> {
    let text = text.trim_start_matches('\u{feff}');
    let (text, said, skipped) = without_separator(text);
    // `csv` (BurntSushi, MIT/Unlicense): quoting and line ends as people's spreadsheets write them.
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(said.unwrap_or_else(|| between(text)))
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
            return Err(missing(column, &header, hint));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line) + skipped;
            fail(line, format!("not readable: {error}"))
        })?;
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        let values = header
            .iter()
            .cloned()
            .zip(record.iter().map(str::to_owned))
            .collect();
        rows.push(Row { line, values });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HINT: &str = "the header is email,name";

    fn read(text: &str) -> Result<Vec<String>, (String, String)> {
        let told = |row: &Row| {
            format!(
                "{}|{}|{}",
                row.get("email"),
                row.get("name"),
                row.get("aliases")
            )
        };
        match rows(text, &["email"], HINT) {
            Ok(rows) => Ok(rows.iter().map(told).collect()),
            Err(error) => Err((error.what, error.hint)),
        }
    }

    #[test]
    fn a_header_with_semicolons_and_no_comma_has_semicolons_between_its_columns() {
        let rows = ["ana@b.c|Lind, Ana|a@b.c;x@b.c", "ben@b.c||"];
        for text in [
            "email;name;aliases\nana@b.c;Lind, Ana;\"a@b.c;x@b.c\"\nben@b.c;;\n",
            "\u{feff}\r\nemail ; name ; aliases\r\nana@b.c;Lind, Ana;\"a@b.c;x@b.c\"\r\nben@b.c\r\n",
            "email,name,aliases\nana@b.c,\"Lind, Ana\",a@b.c;x@b.c\nben@b.c,,\n",
        ] {
            assert_eq!(read(text).unwrap(), rows, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_apart_is_told_with_what_to_do() {
        let mixed = read("email;name,manager\na@b.c;Ana,b@b.c\n").unwrap_err();
        assert_eq!(
            mixed.0,
            "the columns of the header `email;name,manager` cannot be told apart"
        );
        assert!(mixed.1.starts_with("put a comma between all columns"));
        let tabs = read("email\tname\na@b.c\tAna\n").unwrap_err();
        assert!(tabs.0.ends_with("cannot be told apart"), "{}", tabs.0);
        let other = read("mail;name\na@b.c;Ana\n").unwrap_err();
        assert_eq!(
            other,
            (
                "the column `email` is missing; these were read: `mail` `name`".to_owned(),
                HINT.to_owned()
            )
        );
        assert_eq!(
            read("").unwrap_err().0,
            "the column `email` is missing: the file is empty"
        );
    }
}
