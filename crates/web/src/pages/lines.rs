//! The form in which somebody says who reports to whom.

use crate::pages::people::did_you_mean;
use maud::{Markup, html};
use std::collections::BTreeMap;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Person;
use steadfast_app::server::ledger::Declared;
use steadfast_app::server::people::meant;

/// What somebody is to the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Is {
    Report,
    Manager,
    Neither,
}

/// Everybody it may be asked about, with what is known. What the list of people says of a pair is not asked.
#[derive(Debug)]
pub(crate) struct Lines {
    asked: Vec<(Person, Option<Is>)>,
    by_organisation: bool,
    manager_is_known: bool,
}

impl Lines {
    /// Whoever the reader has a 1:1 with, should have one with, or said something about.
    pub(crate) fn of(report: &Report, declared: &Declared) -> Self {
        let me = report.me.as_ref().map(|me| me.address.clone());
        let mut known: BTreeMap<String, (Person, Option<Is>)> = BTreeMap::new();
        for pair in report.pairs.iter().filter(|pair| pair.ended.is_none()) {
            let other = parts::partner(report, pair);
            let manager = pair.manager.and_then(|index| pair.people.get(index));
            let is = manager.map(|manager| {
                if Some(&manager.address) == me.as_ref() {
                    Is::Report
                } else {
                    Is::Manager
                }
            });
            known.insert(other.address.to_string(), (other.clone(), is));
        }
        for (_, person) in parts::without(report) {
            known
                .entry(person.address.to_string())
                .or_insert_with(|| (person.clone(), None));
        }
        let mut say = |address: &str, is: Is| {
            let person = Person {
                address: address.into(),
                name: address.to_owned(),
            };
            known.entry(address.to_owned()).or_insert((person, None)).1 = Some(is);
        };
        declared.reports.iter().for_each(|one| say(one, Is::Report));
        declared
            .manager
            .iter()
            .for_each(|one| say(one, Is::Manager));
        known.retain(|address, _| Some(address.as_str()) != me.as_deref());
        let me = me.as_deref().unwrap_or_default();
        for partner in declared.partners(me) {
            known.remove(partner);
        }
        let above = declared.organisation.iter().any(|line| line.report == me);
        let asked: Vec<(Person, Option<Is>)> = known.into_values().collect();
        Self {
            by_organisation: !declared.organisation.is_empty(),
            manager_is_known: above || asked.iter().any(|(_, is)| *is == Some(Is::Manager)),
            asked,
        }
    }
}

/// What was said with the form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SaidLines {
    pub(crate) reports: Vec<String>,
    pub(crate) manager: Option<String>,
    /// What was typed of others who report, as it was.
    more: String,
    /// The same of the own manager.
    typed_manager: String,
    /// Those of the addresses that were typed of which it was said that they are somebody else's.
    sure: Vec<String>,
    /// What was chosen of each that was asked about.
    chosen: Vec<(String, String)>,
}

/// Reads the form: `is:ben@example.com=report`, and addresses in `more`.
pub(crate) fn said(typed: &[(String, String)]) -> SaidLines {
    let mut said = SaidLines::default();
    for (field, value) in typed {
        if let Some(address) = field.strip_prefix("is:") {
            said.chosen.push((address.to_owned(), value.clone()));
        }
        match field.as_str() {
            "more" => said.more.clone_from(value),
            "manager" => said.typed_manager.clone_from(value),
            "sure" => said.sure.push(value.clone()),
            _ => {}
        }
        match (field.strip_prefix("is:"), value.as_str()) {
            (Some(address), "report") => said.reports.push(address.to_owned()),
            (Some(address), "manager") => said.manager = Some(address.to_owned()),
            (None, more) if field == "more" => {
                let each = more.split([',', ';', ' ', '\n', '\r', '\t']);
                said.reports
                    .extend(each.filter(|one| !one.is_empty()).map(str::to_owned));
            }
            (None, other) if field == "manager" && !other.trim().is_empty() => {
                said.manager = Some(other.trim().to_owned());
            }
            _ => {}
        }
    }
    said
}

impl SaidLines {
    /// Of the addresses that were typed, each that nobody said is right with the one of `known` that it is near to.
    pub(crate) fn meant(&self, known: &[(String, String)]) -> Vec<(String, (String, String))> {
        let asked = |typed: &&str| !self.sure.iter().any(|sure| sure.trim() == *typed);
        let addresses = || known.iter().map(|(address, _)| address.as_str());
        let near = |typed: &str| -> Option<(String, (String, String))> {
            let near = meant(typed, addresses())?;
            let found = known.iter().find(|(address, _)| address == near)?;
            Some((typed.to_owned(), found.clone()))
        };
        let more = self.more.split([',', ';', ' ', '\n', '\r', '\t']);
        let typed = more.chain([self.typed_manager.trim()]);
        typed.filter(asked).filter_map(near).collect()
    }
}

/// What was sent and not taken, with whom each of its addresses may have been meant for.
#[derive(Debug, Default)]
pub(crate) struct Again {
    pub(crate) said: SaidLines,
    pub(crate) meant: Vec<(String, (String, String))>,
}

/// One question for each, and room for those whom the calendar does not show.
pub(crate) fn form(lines: &Lines, again: &Again) -> Markup {
    let said = &again.said;
    html! {
        @if lines.by_organisation {
            p { "What the list of " a href="/people" { "People" } " says of you is not asked here: it goes before what either of two says." }
        }
        form method="post" action="/one-on-ones/lines" class="lines" {
            @for (person, is) in &lines.asked {
                @let name = parts::name(person);
                @let field = format!("is:{}", person.address);
                @let mut chosen = said.chosen.iter();
                @let chosen = chosen.find(|(address, _)| **address == *person.address).map(|(_, is)| is.as_str());
                fieldset {
                    legend { bdi { (name) } }
                    @for (value, words, choice) in [
                        ("report", "reports to me", Is::Report),
                        ("manager", "is my manager", Is::Manager),
                        ("neither", "neither", Is::Neither),
                    ] {
                        label {
                            input type="radio" name=(field) value=(value) checked[chosen.map_or(*is == Some(choice), |chosen| chosen == value)];
                            " " (words)
                        }
                    }
                }
            }
            p class="field" {
                label for="more" { "Others who report to you" }
                input id="more" name="more" type="text" autocomplete="off" aria-describedby="more-hint" value=(said.more);
                span class="quiet small" id="more-hint" { "Their addresses, with commas between. Those without a 1:1 are said first." }
            }
            @for (typed, near) in &again.meant { (did_you_mean(Some(near), ("sure", typed))) }
            @if !lines.manager_is_known || !said.typed_manager.is_empty() {
                p class="field" {
                    label for="manager" { "Your own manager, if not above" }
                    input id="manager" name="manager" type="text" inputmode="email" autocomplete="off" aria-describedby="manager-hint"
                        value=(said.typed_manager);
                    span class="quiet small" id="manager-hint" { "One address." }
                }
            }
            p class="quiet small" {
                "Each of them sees that you said this of the two of you, and nobody else does. It decides from whose side a 1:1 is read, "
                "and you can change it at any time."
            }
            p { button class="first" { "Say so" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SaidLines, said};

    #[test]
    fn the_form_is_read_as_it_was_filled_in() {
        let typed = [
            ("is:ben@example.com", "report"),
            ("is:petra@example.com", "manager"),
            ("is:goran@example.com", "neither"),
            ("more", "noor@example.com, dana@example.com"),
            ("manager", " "),
        ]
        .map(|(field, value)| (field.to_owned(), value.to_owned()));
        let expected = SaidLines {
            reports: ["ben", "noor", "dana"]
                .map(|name| format!("{name}@example.com"))
                .to_vec(),
            manager: Some("petra@example.com".to_owned()),
            more: "noor@example.com, dana@example.com".to_owned(),
            typed_manager: " ".to_owned(),
            sure: Vec::new(),
            chosen: ["ben", "petra", "goran"]
                .map(|name| format!("{name}@example.com"))
                .into_iter()
                .zip(["report", "manager", "neither"].map(str::to_owned))
                .collect(),
        };
        assert_eq!(said(&typed), expected);
    }
}
