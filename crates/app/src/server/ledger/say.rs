//! The right of reply: what one of the two says about a single 1:1.

use super::{looks::whole_stream, offered, view::report};
use crate::audit::answers_file::Says;
use crate::report::model::Pair;
use crate::report::seat::{manager, subordinate};
use crate::server::accounts::Knowers;
use crate::server::people::near;
use crate::server::{
    ServerError, Viewer,
    facts::{self, WORD, WordGiven},
};
use jiff::civil::Date;
use steadfast_calendar::Instant;
use steadfast_ledger::case::{ManagerSays, ReportSays};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{Expected, Facts, Sources};

/// What can be said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// "I asked for this change." Only the report's.
    Asked,
    /// "We agreed on it."
    Agreed,
    /// "It took place."
    Held,
    /// "My manager did not come." Only the report's.
    NoManager,
    /// "It did not happen." Only the report's.
    NotHeld,
    /// "I could not come." Only the report's.
    NoMe,
}

impl Word {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Asked,
        Self::Agreed,
        Self::Held,
        Self::NoManager,
        Self::NotHeld,
        Self::NoMe,
    ];

    /// The word of the product, as in JSON and in answers files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Held => "held",
            Self::NoManager => "no_manager",
            Self::NotHeld => "not_held",
            Self::NoMe => "no_me",
        }
    }

    /// The word written so.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.as_str() == text)
    }

    /// What it means for the ledger; `None` where a manager cannot say it.
    pub(super) const fn says(self, as_manager: bool) -> Option<Says> {
        Some(match (self, as_manager) {
            (Self::Agreed, true) => Says::Manager(ManagerSays::Agreed),
            (Self::Held, true) => Says::Manager(ManagerSays::Held),
            (_, true) => return None,
            (Self::Asked, false) => Says::Report(ReportSays::Asked),
            (Self::Agreed, false) => Says::Report(ReportSays::Agreed),
            (Self::Held, false) => Says::Report(ReportSays::Held),
            (Self::NoManager, false) => Says::Report(ReportSays::NoManager),
            (Self::NotHeld, false) => Says::Report(ReportSays::NotHeld),
            (Self::NoMe, false) => Says::Report(ReportSays::NoMe),
        })
    }
}

/// Something said that the viewer may see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Day of the promise, in the report's zone.
    pub date: Date,
    /// What.
    pub word: Word,
    /// Whether the other one of the two sees it.
    pub shared: bool,
    /// Whether the viewer said it.
    pub mine: bool,
    /// Whether it was said as the manager of the two.
    pub as_manager: bool,
}

/// Says `word` about the 1:1 of `pair_id` promised on `date`, or takes back what was said; private unless `shared`.
///
/// # Errors
/// [`ServerError::NotFound`] when the viewer has no such 1:1; [`ServerError::Input`] for a word that is not theirs to
/// say, or that its page does not offer.
pub async fn say<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    pair_id: &str,
    date: Date,
    word: Option<Word>,
    shared: bool,
) -> Result<(), ServerError> {
    let view = report(store, viewer, now).await?;
    let view = view.ok_or(ServerError::NotFound)?;
    let pair = view.pairs.iter().find(|pair| pair.id == pair_id);
    let pair = pair.ok_or(ServerError::NotFound)?;
    let is_me = |address: Option<&str>| address == Some(viewer.person());
    let as_manager = is_me(manager(pair).map(|person| &*person.address));
    let as_report = is_me(subordinate(pair).map(|person| &*person.address));
    let on_that_day = |o: &&Occurrence| o.promised.start.date(&view.zone) == date;
    let promised: Vec<&Occurrence> = pair.occurrences.iter().filter(on_that_day).collect();
    if promised.is_empty() {
        return Err(ServerError::NotFound);
    }
    if !as_manager && !as_report {
        return Err(ServerError::Input(
            "who of the two reports to whom is not declared yet".to_owned(),
            "say who reports to whom first, on the page of your 1:1s".to_owned(),
        ));
    }
    if word.is_some_and(|word| word.says(as_manager).is_none()) {
        return Err(ServerError::Input(
            "only the report can say this".to_owned(),
            "a manager can say that it took place, or that both agreed".to_owned(),
        ));
    }
    if let Some(word) = word {
        may_be_said(pair, &promised, viewer.person(), word)?;
    }
    let given = WordGiven {
        by: viewer.person().to_owned(),
        as_manager,
        date,
        word: word.map(|word| word.as_str().to_owned()),
        shared,
    };
    let fact = facts::said(WORD, &given, viewer.person(), now);
    let stream = facts::words_on(pair_id);
    store
        .append(viewer.org(), &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

/// Refuses a word that no page offers: what is still to come has not happened otherwise yet, and one that changes nothing
/// would stand there as if it did. Taking a word back is always possible.
fn may_be_said(
    pair: &Pair,
    promised: &[&Occurrence],
    person: &str,
    word: Word,
) -> Result<(), ServerError> {
    let words: Vec<Word> = promised
        .iter()
        .flat_map(|one| offered(pair, one, person))
        .map(|(word, _)| word)
        .collect();
    if words.contains(&word) {
        return Ok(());
    }
    let all = |outcome| promised.iter().all(|one| one.verdict.outcome == outcome);
    let (what, to_do) = if all(Outcome::Open) {
        (
            "this 1:1 is still to come, and nothing can be said of it yet".to_owned(),
            "say it once its time is over".to_owned(),
        )
    } else if words.is_empty() {
        (
            "no word changes how this 1:1 counts".to_owned(),
            "see its page for what is known of it".to_owned(),
        )
    } else {
        let names: Vec<&str> = words.into_iter().map(Word::as_str).collect();
        (
            format!("“{}” changes nothing in how this 1:1 counts", word.as_str()),
            format!("what can be said of it: {}", names.join(", ")),
        )
    };
    Err(ServerError::Input(what, to_do))
}

/// What was said about the 1:1s of `pair_id`, as far as the viewer may see it: their own words, and what the other one
/// shared; the last word of each on each day. Whoever is not one of the two sees nothing: nobody else's words are
/// theirs or shared with them.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn said<S: Facts>(
    store: &S,
    viewer: &Viewer,
    pair_id: &str,
    other: &str,
) -> Result<Vec<Said>, ServerError> {
    if crate::audit::pair_id(viewer.person(), other) != pair_id {
        return Err(ServerError::NotFound);
    }
    let last = last_words(store, viewer, other).await?;
    Ok(last
        .into_iter()
        .filter_map(|(_, given)| {
            Some(Said {
                date: given.date,
                word: Word::named(given.word.as_deref()?)?,
                shared: given.shared,
                mine: given.by == viewer.person(),
                as_manager: given.as_manager,
            })
        })
        .collect())
}

/// The last word of each of the two on each day, with when it was given: the viewer's own, and what `other` shared. One
/// that takes back what was said has no word in it.
pub(in crate::server) async fn last_words<S: Facts>(
    store: &S,
    viewer: &Viewer,
    other: &str,
) -> Result<Vec<(Instant, WordGiven)>, ServerError> {
    // What the viewer said while the other one went by another address was said of the same 1:1s.
    let near = near(store, viewer.org(), other).await?;
    let mut streams: Vec<String> = near
        .others(false)
        .map(|address| facts::words_on(&crate::audit::pair_id(viewer.person(), address)))
        .collect();
    streams.push(facts::words_on(&crate::audit::pair_id(
        viewer.person(),
        other,
    )));
    let mut last: Vec<(Instant, WordGiven)> = Vec::new();
    for stream in streams {
        for fact in whole_stream(store, viewer.org(), &stream).await? {
            let given: WordGiven = facts::what_was_said(&fact, WORD)?;
            last.retain(|(_, known)| (&known.by, known.date) != (&given.by, given.date));
            last.push((facts::at(&fact), given));
        }
    }
    let knowers = Knowers::of(store, viewer.org(), viewer.person()).await?;
    let is_theirs = |given: &WordGiven| given.by == other && knowers.include(other);
    let is_seen =
        |given: &WordGiven| given.by == viewer.person() || (is_theirs(given) && given.shared);
    last.retain(|(_, given)| is_seen(given));
    Ok(last)
}
