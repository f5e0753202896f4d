//! What people said about single 1:1s: `report,date,says`.

use super::{
    org_file::address,
    table::{FileError, rows},
};
use jiff::civil::Date;
use steadfast_ledger::case::{ManagerSays, ReportSays};

const HINT: &str = "the header is report,date,says; says is one of asked, agreed, held, no_manager, no_me, not_held \
                    (the report's word) or manager_agreed, manager_held";

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The report's address, lower case.
    pub report: String,
    /// Day of the promise, in the report's zone.
    pub date: Date,
    /// What was said.
    pub says: Says,
}

/// Whose word it is, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The report's.
    Report(ReportSays),
    /// The manager's.
    Manager(ManagerSays),
}

/// Reads the answers.
///
/// # Errors
/// The first line that cannot be read, with what is wrong and what to do.
pub fn parse(text: &str) -> Result<Vec<Answer>, FileError> {
    rows(text, &["report", "date", "says"], HINT)?
        .iter()
        .map(|row| {
            let date = row.get("date").parse::<Date>().map_err(|_| {
                let what = format!("`{}` is no date", row.get("date"));
                row.error(what, "write dates as 2026-08-01")
            })?;
            let says = says(row.get("says"))
                .ok_or_else(|| row.error(format!("`{}` is no answer", row.get("says")), HINT))?;
            Ok(Answer {
                report: address(row.get("report")),
                date,
                says,
            })
        })
        .collect()
}

impl Says {
    /// Its word in the file.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Report(ReportSays::Asked) => "asked",
            Self::Report(ReportSays::Agreed) => "agreed",
            Self::Report(ReportSays::Held) => "held",
            Self::Report(ReportSays::NoManager) => "no_manager",
            Self::Report(ReportSays::NoMe) => "no_me",
            Self::Report(ReportSays::NotHeld) => "not_held",
            Self::Manager(ManagerSays::Agreed) => "manager_agreed",
            Self::Manager(ManagerSays::Held) => "manager_held",
        }
    }
}

fn says(text: &str) -> Option<Says> {
    Some(match text.to_lowercase().as_str() {
        "asked" => Says::Report(ReportSays::Asked),
        "agreed" => Says::Report(ReportSays::Agreed),
        "held" => Says::Report(ReportSays::Held),
        "no_manager" => Says::Report(ReportSays::NoManager),
        "no_me" => Says::Report(ReportSays::NoMe),
        "not_held" => Says::Report(ReportSays::NotHeld),
        "manager_agreed" => Says::Manager(ManagerSays::Agreed),
        "manager_held" => Says::Manager(ManagerSays::Held),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_an_unknown_word_is_named() {
        let answers = parse("report,date,says\nben@example.com,2026-03-03,asked\n").unwrap();
        assert_eq!(answers[0].says, Says::Report(ReportSays::Asked));
        let error = parse("report,date,says\nben@example.com,2026-03-03,maybe\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: `maybe` is no answer");
    }
}
