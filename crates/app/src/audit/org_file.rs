//! The organisation file: `email,name,manager,from,to,aliases,kind,time_zone`.

use super::table::{FileError, Row, rows};
use jiff::{civil::Date, tz::TimeZone};
use std::sync::Arc;
use steadfast_ledger::people::{Directory, Kind, ReportingLine};

const HINT: &str =
    "the header is email,name,manager,from,to,aliases,kind,time_zone; only email is required";

/// One row as said.
#[derive(Clone, Debug, PartialEq)]
pub struct OrgRow {
    /// Main address, lower case.
    pub email: String,
    /// Name; may be empty.
    pub name: String,
    /// Address of the manager (for a delegate: of the one they act for); may be empty.
    pub manager: String,
    /// First day of that.
    pub from: Option<Date>,
    /// Last day of that.
    pub to: Option<Date>,
    /// Other addresses, lower case.
    pub aliases: Vec<String>,
    /// Person, delegate, room or bot.
    pub kind: Kind,
    /// Home zone.
    pub zone: Option<TimeZone>,
    /// Whether anybody said what they are; else the row tells of lines, addresses and whom they act for alone.
    pub is_told: bool,
}

/// Reads the organisation file. Several rows of one address are several reporting lines.
///
/// # Errors
/// The first line that cannot be read, with what is wrong and what to do.
pub fn parse(text: &str) -> Result<Vec<OrgRow>, FileError> {
    rows(text, &["email"], HINT)?
        .iter()
        .filter(|row| !row.get("email").is_empty())
        .map(org_row)
        .collect()
}

/// Rows with their lines in the file, and what is wrong with the others.
pub(crate) type ReadRows = (Vec<(u64, OrgRow)>, Vec<FileError>);

/// Reads the organisation file, each row with its line in the file, and the lines that cannot be read beside them.
///
/// # Errors
/// What is wrong with the file as a whole.
pub(crate) fn read(text: &str) -> Result<ReadRows, FileError> {
    let (mut read, mut wrong) = (Vec::new(), Vec::new());
    for row in rows(text, &["email"], HINT)? {
        if row.get("email").is_empty() {
            continue;
        }
        match org_row(&row) {
            Ok(said) => read.push((row.line, said)),
            Err(error) => wrong.push(error),
        }
    }
    Ok((read, wrong))
}

fn org_row(row: &Row) -> Result<OrgRow, FileError> {
    let date = |column: &str| match row.get(column) {
        "" => Ok(None),
        text => written(text).map(Some).map_err(|either| {
            let what = match either {
                Some([one, other]) => {
                    format!("`{text}` in column `{column}` may be {one} or {other}")
                }
                None => format!("`{text}` in column `{column}` is no date"),
            };
            row.error(what, "write dates as 2026-08-01, or as 1.8.2026")
        }),
    };
    let zone = match row.get("time_zone") {
        "" => None,
        name => Some(jiff::tz::TimeZone::get(name).map_err(|_| {
            row.error(
                format!("the time zone `{name}` is not known"),
                "use an IANA name such as Europe/Paris",
            )
        })?),
    };
    let kind = match row.get("kind").to_lowercase().as_str() {
        "" | "person" => Kind::Person,
        "delegate" => Kind::Delegate,
        "room" => Kind::Room,
        "bot" => Kind::Bot,
        other => {
            return Err(row.error(
                format!("`{other}` is no kind"),
                "a kind is person, delegate, room or bot",
            ));
        }
    };
    let address = |text: &str| address(text);
    Ok(OrgRow {
        email: address(row.get("email")),
        name: row.get("name").to_owned(),
        manager: address(row.get("manager")),
        from: date("from")?,
        to: date("to")?,
        aliases: row
            .get("aliases")
            .split([' ', ';'])
            .filter(|a| !a.is_empty())
            .map(address)
            .collect(),
        kind,
        zone,
        is_told: true,
    })
}

/// A date as people write it: 2026-08-01, 1.8.2026, which is the first of August everywhere, and 25/8/2026, which is so where no
/// month has as many. Else the two days that it may be, or nothing.
fn written(text: &str) -> Result<Date, Option<[Date; 2]>> {
    if let Ok(day) = text.parse::<Date>() {
        return Ok(day);
    }
    let between = if text.contains('.') { '.' } else { '/' };
    let mut parts = text.split(between).map(|part| part.trim().parse::<i16>());
    let (Some(Ok(first)), Some(Ok(second)), Some(Ok(year)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(None);
    };
    let of = |month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok().filter(|_| year >= 1900)
    };
    let day_first = of(second, first);
    let month_first = of(first, second).filter(|_| between == '/');
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => Err(Some([one, other])),
        (Some(day), _) | (None, Some(day)) => Ok(day),
        (None, None) => Err(None),
    }
}

/// The text of such a file: UTF-8, or Windows-1252 (ANSI), as spreadsheets save it.
///
/// # Errors
/// Where it is neither.
pub fn text_of(bytes: &[u8]) -> Result<String, FileError> {
    super::table::text_of(bytes)
}

/// An address as it is compared: lower case, without `mailto:`.
pub(crate) fn address(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower.strip_prefix("mailto:").unwrap_or(&lower).to_owned()
}

/// Writes the rows of an organisation file into `directory`: who is not in it is somebody from outside.
pub(super) fn declare(rows: &[OrgRow], directory: &mut Directory) {
    // A file that only says who is a room or a note taker is no organisation: without a line nobody would have a 1:1.
    let reports = |row: &OrgRow| row.kind == Kind::Person && !row.manager.is_empty();
    directory.has_organisation = rows.iter().any(reports);
    declare_some(rows, directory);
}

/// Writes what is known of some people into `directory`: it says nothing of anybody else.
pub(crate) fn declare_some(rows: &[OrgRow], directory: &mut Directory) {
    for row in rows {
        let id = directory.meet(&row.email);
        for alias in &row.aliases {
            directory.alias(Arc::from(alias.as_str()), id);
        }
        if row.is_told {
            directory.declare(id);
            directory.declare_kind(id, row.kind);
        }
        if !row.name.is_empty() {
            directory.declare_name(id, &row.name);
        }
        if let Some(zone) = &row.zone {
            directory.declare_zone(id, zone.clone());
        }
    }
    for row in rows.iter().filter(|row| !row.manager.is_empty()) {
        let id = directory.meet(&row.email);
        let manager = directory.meet(&row.manager);
        if row.kind == Kind::Delegate {
            directory.declare_assistant(id, manager);
            continue;
        }
        directory.declare(manager);
        directory.declare(id);
        match row.kind {
            Kind::Person if id != manager => directory.lines.push(ReportingLine {
                manager,
                report: id,
                from: row.from,
                to: row.to,
            }),
            Kind::Person | Kind::Delegate | Kind::Room | Kind::Bot => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_cannot_be_read_is_named_with_what_to_do() {
        for (text, line, what) in [
            (
                "mail\na@b.c\n",
                1,
                "the column `email` is missing; these were read: `mail`",
            ),
            (
                "email,from\na@b.c,32.8.2026\n",
                2,
                "`32.8.2026` in column `from` is no date",
            ),
            (
                "email,from\na@b.c,6/5/2026\n",
                2,
                "`6/5/2026` in column `from` may be 2026-05-06 or 2026-06-05",
            ),
            (
                "sep=;\nemail;from\na@b.c;soon\n",
                3,
                "`soon` in column `from` is no date",
            ),
            ("email,kind\na@b.c,robot\n", 2, "`robot` is no kind"),
            (
                "email,time_zone\na@b.c,Mars\n",
                2,
                "the time zone `Mars` is not known",
            ),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.line, error.what.as_str()), (line, what));
            assert!(!error.hint.is_empty());
        }
    }

    #[test]
    fn files_are_read_as_spreadsheets_write_them() {
        let bytes = b"sep=;\r\nemail;name;from;to\r\njuergen@example.com;J\xfcrgen \x80;25.05.2026;5/25/2027\r\n";
        let rows = parse(&text_of(bytes).unwrap()).unwrap();
        let row = &rows[0];
        assert_eq!(
            (row.email.as_str(), row.name.as_str()),
            ("juergen@example.com", "Jürgen €")
        );
        let day = |year| jiff::civil::date(year, 5, 25);
        assert_eq!((row.from, row.to), (Some(day(2026)), Some(day(2027))));
        assert_eq!(text_of("J\u{fc}rgen".as_bytes()).unwrap(), "Jürgen");
        // Two bytes for each letter, and bytes that mean none.
        for odd in [&b"e\0m\0\xff\0"[..], &b"\xfc \x81"[..]] {
            assert!(text_of(odd).unwrap_err().hint.contains("CSV UTF-8"));
        }
        for same in ["4/4/2026", "4.4.2026", "2026-04-04"] {
            assert_eq!(written(same), Ok(jiff::civil::date(2026, 4, 4)), "{same}");
        }
    }

    #[test]
    fn only_the_address_is_required() {
        let rows = parse("email\nAna@Example.com\n\n").unwrap();
        assert_eq!(rows[0].email, "ana@example.com");
    }
}
