//! Who reports to whom, as the two say.

use super::looks::{Whole, whole_stream};
use crate::server::accounts::is_address;
use crate::server::people::{DatedLine, Near};
use crate::server::{
    ServerError, Viewer,
    facts::{self, LINE, Line},
};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{Append, Expected, Fact, Facts, NewFact, Write};

/// Reports of one person; more are a mistake.
const MOST_REPORTS: usize = 200;

/// What is said about one person, by themselves or by the other one.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Declared {
    /// Addresses of those who report to them.
    pub reports: Vec<String>,
    /// Address of their manager; of several, the one said last.
    pub manager: Option<String>,
    /// Lines of theirs that the organisation says, by report and first day. What the two say of such a pair counts no
    /// more, and stands in neither of the above.
    pub organisation: Vec<DatedLine>,
}

impl Declared {
    /// The streams that it is told of.
    pub(in crate::server) fn streams(person: &str) -> [String; 3] {
        let [of, by] = streams(person);
        [of, by, Near::stream(person)]
    }

    /// Of those streams. What they say themselves counts last.
    pub(in crate::server) fn told(me: &str, whole: &Whole) -> Result<Self, ServerError> {
        let [of, by, about] = Self::streams(me);
        let near = Near::told(me, whole.facts(&about))?;
        let mut declared = Self {
            organisation: near.lines().cloned().collect(),
            ..Self::default()
        };
        for stream in [of, by] {
            for (manager, report) in said_in(whole.facts(&stream))? {
                if manager == me && !declared.reports.contains(&report) {
                    declared.reports.push(report);
                } else if report == me {
                    declared.manager = Some(manager);
                }
            }
        }
        let said: Vec<String> = declared.partners(me).map(str::to_owned).collect();
        declared.reports.retain(|report| !said.contains(report));
        declared.manager = declared.manager.filter(|manager| !said.contains(manager));
        Ok(declared)
    }

    /// Everybody with whom the organisation says a line of `person`'s, now or then.
    pub fn partners<'a>(&'a self, person: &'a str) -> impl Iterator<Item = &'a str> {
        self.organisation.iter().map(move |line| {
            if line.manager == person {
                line.report.as_str()
            } else {
                line.manager.as_str()
            }
        })
    }
}

/// Says who reports to the viewer and whom the viewer reports to; both replace what the viewer said before.
///
/// # Errors
/// [`ServerError::Input`] for something that is no address, or for the viewer themselves.
pub async fn declare<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    reports: &[String],
    manager: Option<&str>,
) -> Result<(), ServerError> {
    let me = viewer.person();
    if reports.len() > MOST_REPORTS {
        return Err(ServerError::Input(
            format!("more than {MOST_REPORTS} people cannot report to one"),
            "name those you meet alone".to_owned(),
        ));
    }
    let mut wanted: Vec<(String, String)> = Vec::new();
    for report in reports {
        wanted.push((me.to_owned(), address(viewer, report)?));
    }
    if let Some(manager) = manager.filter(|m| !m.trim().is_empty()) {
        wanted.push((address(viewer, manager)?, me.to_owned()));
    }
    let stream = facts::lines_said_by(me);
    let version = store.version(viewer.org(), &stream).await?;
    let known = said_by(store, viewer, &stream).await?;
    let line = |(manager, report): &(String, String), holds| Line {
        manager: manager.clone(),
        report: report.clone(),
        holds,
    };
    let over = known.iter().filter(|pair| !wanted.contains(pair));
    let new = wanted.iter().filter(|pair| !known.contains(pair));
    let changed: Vec<Line> = over
        .map(|pair| line(pair, false))
        .chain(new.map(|pair| line(pair, true)))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let fact = |line: &Line| facts::said(LINE, line, me, now);
    let mine: Vec<NewFact> = changed.iter().map(fact).collect();
    let of_others: Vec<(String, [NewFact; 1])> = changed
        .iter()
        .map(|line| {
            let other = if line.manager == me {
                &line.report
            } else {
                &line.manager
            };
            (facts::lines_said_of(other), [fact(line)])
        })
        .collect();
    let mut appends = vec![Append {
        stream: &stream,
        expected: Expected::Exactly(version),
        facts: &mine,
    }];
    appends.extend(of_others.iter().map(|(stream, facts)| Append {
        stream,
        expected: Expected::Any,
        facts,
    }));
    let write = Write {
        appends: &appends,
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    Ok(())
}

/// What is said about the viewer, by whomever of the two and by the organisation.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn declared<S: Facts>(store: &S, viewer: &Viewer) -> Result<Declared, ServerError> {
    let streams = Declared::streams(viewer.person());
    let names = streams.each_ref().map(String::as_str);
    let whole = Whole::of(store, viewer.org(), &names).await?;
    Declared::told(viewer.person(), &whole)
}

/// The streams that say whom `person` manages and reports to. What they say themselves counts last.
pub(super) fn streams(person: &str) -> [String; 2] {
    [facts::lines_said_of(person), facts::lines_said_by(person)]
}

/// The lines that a stream says hold: (manager, report), in the order they were said. Only one person says each: in their
/// own stream, and in the other one's.
async fn said_by<S: Facts>(
    store: &S,
    viewer: &Viewer,
    stream: &str,
) -> Result<Vec<(String, String)>, ServerError> {
    said_in(&whole_stream(store, viewer.org(), stream).await?)
}

/// The same, of the facts of the stream.
fn said_in(facts: &[Fact]) -> Result<Vec<(String, String)>, ServerError> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for fact in facts {
        let line: Line = facts::what_was_said(fact, LINE)?;
        let pair = (line.manager, line.report);
        lines.retain(|known| *known != pair);
        if line.holds {
            lines.push(pair);
        }
    }
    Ok(lines)
}

fn address(viewer: &Viewer, text: &str) -> Result<String, ServerError> {
    let address = text.trim().to_lowercase();
    if !is_address(&address) {
        return Err(ServerError::Input(
            format!(
                "\"{}\" is no e-mail address",
                address.chars().take(80).collect::<String>()
            ),
            "write addresses as ben@example.com, with commas between".to_owned(),
        ));
    }
    if address == viewer.person() {
        return Err(ServerError::Input(
            "nobody reports to themselves".to_owned(),
            "leave your own address out".to_owned(),
        ));
    }
    Ok(address)
}
