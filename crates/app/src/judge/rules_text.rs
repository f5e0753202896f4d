//! `rules list` and `rules explain ID`: what the rules say of themselves, as text and as JSON.

use serde_json::{Value, json};
use std::fmt;
use steadfast_ledger::rules::{ALL, Rule, find};

/// Columns of the prose: comfortable in any terminal.
const WIDTH: usize = 78;

/// There is no rule of that id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    id: String,
}

impl UnknownRule {
    /// What to do about it.
    pub fn hint(&self) -> String {
        let meant = ALL.iter().find(|rule| {
            let short = short(rule);
            short.starts_with(&self.id) || self.id.contains(short)
        });
        match meant {
            Some(rule) if !self.id.is_empty() => format!("did you mean {}?", rule.id),
            _ => "`steadfast rules list` shows them all".to_owned(),
        }
    }
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule {:?}", self.id)
    }
}

impl std::error::Error for UnknownRule {}

/// All rules, one line each.
pub fn list() -> String {
    let widest = ALL.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    ALL.iter()
        .map(|rule| format!("{:widest$}  {}\n", rule.id, rule.title))
        .collect()
}

/// All rules, complete.
pub fn list_json() -> Value {
    json!({ "rules": ALL.iter().map(value).collect::<Vec<_>>() })
}

/// One rule, with its limits and the reason of each. `id` may be short: `moved` for `one_on_one.moved`.
///
/// # Errors
/// [`UnknownRule`].
pub fn explain(id: &str) -> Result<String, UnknownRule> {
    let rule = known(id)?;
    let mut text = format!("{}\n{}\n\n", rule.id, rule.title);
    wrap(&mut text, rule.meaning, 0);
    for threshold in rule.thresholds {
        text.push('\n');
        let limit = format!("{}: {}", threshold.name, threshold.value);
        wrap(&mut text, &limit, 2);
        wrap(&mut text, threshold.why, 4);
    }
    text.push_str(&format!(
        "\nDecides {}. Written in {}.\n",
        rule.decides, rule.file
    ));
    Ok(text)
}

/// One rule, complete.
///
/// # Errors
/// [`UnknownRule`].
pub fn explain_json(id: &str) -> Result<Value, UnknownRule> {
    known(id).map(value)
}

fn known(id: &str) -> Result<&'static Rule, UnknownRule> {
    find(id)
        .or_else(|| ALL.iter().find(|rule| short(rule) == id))
        .ok_or_else(|| UnknownRule { id: id.to_owned() })
}

fn short(rule: &Rule) -> &'static str {
    rule.id.split_once('.').map_or(rule.id, |(_, short)| short)
}

fn value(rule: &Rule) -> Value {
    let thresholds: Vec<Value> = rule
        .thresholds
        .iter()
        .map(|threshold| {
            json!({
                "name": threshold.name,
                "value": threshold.value.to_string(),
                "why": threshold.why,
            })
        })
        .collect();
    json!({
        "id": rule.id,
        "title": rule.title,
        "decides": rule.decides,
        "meaning": rule.meaning,
        "thresholds": thresholds,
        "file": rule.file,
    })
}

fn wrap(text: &mut String, prose: &str, indent: usize) {
    let mut column = 0;
    for word in prose.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            text.push('\n');
            column = 0;
        }
        if column == 0 {
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_rule_has_an_id_of_its_own_and_tells_itself() {
        let ids: HashSet<&str> = ALL.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), ALL.len());
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for rule in ALL {
            assert!(rule.meaning.len() > 40, "{}", rule.id);
            assert!(root.join(rule.file).is_file(), "{}", rule.file);
            assert!(
                rule.thresholds.iter().all(|limit| limit.why.len() > 3),
                "{}",
                rule.id
            );
            assert!(explain(rule.id).is_ok());
        }
    }

    #[test]
    fn no_rule_file_is_left_out_of_the_list() {
        let told: HashSet<&str> = ALL.iter().map(|rule| rule.file).collect();
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = "crates/ledger/src/rules";
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let text = std::fs::read_to_string(root.join(folder).join(&name)).unwrap();
            let path = format!("{folder}/{name}");
            assert_eq!(
                text.contains("pub const RULE: Rule"),
                told.contains(&*path),
                "{path}"
            );
        }
    }

    #[test]
    fn a_rule_is_explained_in_words() {
        let expected = "\
one_on_one.nudged
Nudged

A little earlier or later on the same day of the report. It costs the report
little unless it is announced at the last minute.

  start earlier or later by at most: 120 min
    within two hours it stays in the same half of the day: the rest of the day
    need not be planned anew

Decides outcome. Written in crates/ledger/src/rules/nudged.rs.
";
        assert_eq!(explain("one_on_one.nudged").unwrap(), expected);
        assert_eq!(explain("nudged").unwrap(), expected);
    }

    #[test]
    fn an_unknown_rule_is_answered_with_what_was_meant() {
        let error = explain("mov").unwrap_err();
        assert_eq!(error.to_string(), "there is no rule \"mov\"");
        assert_eq!(error.hint(), "did you mean one_on_one.moved?");
        assert_eq!(
            explain("xyz").unwrap_err().hint(),
            "`steadfast rules list` shows them all"
        );
    }

    #[test]
    fn the_list_has_a_line_for_each_rule() {
        let list = list();
        assert_eq!(list.lines().count(), ALL.len());
        assert!(list.contains("one_on_one.moved         Moved\n"), "{list}");
        assert_eq!(list_json()["rules"][2]["id"], "one_on_one.kept");
        assert_eq!(
            explain_json("cut").unwrap()["thresholds"][1]["value"],
            "1/2"
        );
    }
}
