//! The user's own rules for meeting classes: `contains,class`.

use super::table::{FileError, rows};
use steadfast_ledger::{classes::ClassRule, occurrence::Class};

const HINT: &str = "the header is contains,class; class is one of leadership, customer, daily, status, team, personal, \
                    leave, other";

/// Reads the rules; the first one whose text a title contains decides.
///
/// # Errors
/// The first line that cannot be read, with what is wrong and what to do.
pub fn parse(text: &str) -> Result<Vec<ClassRule>, FileError> {
    rows(text, &["contains", "class"], HINT)?
        .iter()
        .map(|row| {
            let class = class(row.get("class"))
                .ok_or_else(|| row.error(format!("`{}` is no class", row.get("class")), HINT))?;
            Ok(ClassRule {
                contains: row.get("contains").to_lowercase(),
                class,
            })
        })
        .collect()
}

fn class(text: &str) -> Option<Class> {
    [
        Class::Leadership,
        Class::Customer,
        Class::Daily,
        Class::Status,
        Class::Team,
        Class::Personal,
        Class::Leave,
        Class::Other,
    ]
    .into_iter()
    .find(|class| class.as_str() == text.to_lowercase())
}
