//! What goes of somebody who leaves by their own wish, in one stroke.

use super::{Knowers, names};
use crate::server::facts::{self, LINE, Line, WORD, WORDS, WordGiven};
use crate::server::ledger::whole_stream;
use crate::server::people::{self, Near};
use crate::server::{
    ServerError, Viewer, chat, guard, held, imip, ledger, log, mail, only_me, retention, sync,
};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use steadfast_store::{Facts, Gone, Job, Leaving, NewJob, Source, Version};

/// Streams listed at once.
const PAGE: u32 = 500;

/// What goes beside what is said by whose it is.
pub(super) struct Goes<'a> {
    /// Its key.
    pub(super) account: &'a str,
    /// Not of whoever set the server up.
    pub(super) with_account: bool,
    /// All of theirs.
    pub(super) sources: &'a [Source],
}

/// Erases it, and ends `job`; `jobs` are queued with it.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(super) async fn erase<S>(
    store: &S,
    viewer: &Viewer,
    goes: &Goes<'_>,
    jobs: &[NewJob],
    job: &Job,
) -> Result<(), ServerError>
where
    S: Facts + Leaving,
{
    let (org, person) = (viewer.org(), viewer.person());
    let mut words = private_words(store, viewer).await?;
    words.extend(lines_said_to_others(store, viewer).await?);
    let words: Vec<(&str, Version)> = words
        .iter()
        .map(|(stream, version)| (stream.as_str(), *version))
        .collect();
    let streams = streams(viewer, goes);
    let streams: Vec<&str> = streams.iter().map(String::as_str).collect();
    let mut owners = vec![chat::owner(person)];
    owners.extend(goes.sources.iter().map(|one| sync::owner(&one.source)));
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    let mut uniques: Vec<String> = ledger::jobs_of(person).into();
    // Mails in their name, those as well that were given up and lie as dead letters.
    let letters = imip::letters(store, viewer).await?;
    uniques.extend(letters.into_iter().map(|letter| letter.id));
    let uniques: Vec<&str> = uniques.iter().map(String::as_str).collect();
    let gone = Gone {
        person,
        streams: &streams,
        facts: &words,
        uniques: &uniques,
        owners: &owners,
        account: goes.account,
        with_account: goes.with_account,
        jobs,
        finish: Some(&job.lease),
    };
    store.erase_person(org, &gone).await?;
    Ok(store.forget().await?)
}

/// Every stream that is theirs alone. What whoever set the server up is called, and who knows an account, stay with the account.
fn streams(viewer: &Viewer, goes: &Goes<'_>) -> Vec<String> {
    let person = viewer.person();
    let mut streams = vec![
        facts::calendar_of(person),
        facts::lines_said_by(person),
        facts::acts_on(person),
        facts::proof_of(person),
        ledger::mattered_to(person),
        only_me::answers_to(person),
        retention::settled::settled_for(person),
        retention::folded(person),
        people::hours_of(person),
        guard::policies::chosen_by(person),
        guard::did_for(person),
        held::held_for(person),
        sync::said_to_key(person),
        mail::mail_of(person),
        imip::mail_in_name_of(person),
        log::noted::log_of(person),
    ];
    if goes.with_account {
        streams.extend([Knowers::stream(person), names::stream(goes.account)]);
    }
    streams
}

/// The facts of what the viewer said of lines, in the streams of the others whom it is about. What others said of the viewer
/// stays: it is theirs.
async fn lines_said_to_others<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(String, Version)>, ServerError> {
    let (org, me) = (viewer.org(), viewer.person());
    let mut others = BTreeSet::new();
    for fact in whole_stream(store, org, &facts::lines_said_by(me)).await? {
        let line: Line = facts::what_was_said(&fact, LINE)?;
        let is_mine = line.manager == me;
        others.insert(if is_mine { line.report } else { line.manager });
    }
    let mut said = Vec::new();
    for other in others {
        let stream = facts::lines_said_of(&other);
        let all = whole_stream(store, org, &stream).await?;
        let mine = all.into_iter().filter(|fact| fact.actor == me);
        said.extend(mine.map(|fact| (stream.clone(), fact.version)));
    }
    Ok(said)
}

/// The facts of what the viewer said about their 1:1s and did not share, or took back, or said otherwise later.
async fn private_words<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(String, Version)>, ServerError> {
    let org = viewer.org();
    let near: Near = people::near(store, org, viewer.person()).await?;
    let is_mine = |by: &str| by == viewer.person() || near.others(true).any(|other| other == by);
    let mut private = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.streams(org, WORDS, after.as_deref(), PAGE).await?;
        for (stream, _) in &page {
            // On one day one word stands: the last. Were only that taken away, the one before it would stand again.
            let mut last: HashMap<Date, (Version, bool)> = HashMap::new();
            for fact in whole_stream(store, org, stream).await? {
                let given: WordGiven = facts::what_was_said(&fact, WORD)?;
                if !is_mine(&given.by) {
                    continue;
                }
                let stays = given.shared && given.word.is_some();
                let before = last.insert(given.date, (fact.version, stays));
                private.extend(before.map(|(version, _)| (stream.clone(), version)));
            }
            let not_shared = last.into_values().filter(|(_, stays)| !stays);
            private.extend(not_shared.map(|(version, _)| (stream.clone(), version)));
        }
        match page.last() {
            Some((last, _)) => after = Some(last.clone()),
            None => return Ok(private),
        }
    }
}
