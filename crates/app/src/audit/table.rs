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
    // `csv` (BurntSushi, MIT/Unlicense): quoting and line ends as people's spreadsheets write them.
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(between(text))
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
