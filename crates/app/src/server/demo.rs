//! A made-up organisation to look around in, made by the same use cases as a real one.

use super::ServerError;
use super::accounts::{
    self, Founder, Fresh, Passwords, SignedIn, Token, accept, invite, letter, members, session,
    set_up,
};
use super::cadence::{self, Say};
use super::ledger::{self, Document, Offered};
use super::log::noted::{self, Happened};
use super::looked::{self, Kind, Noted};
use super::people;
use super::programs::{self, Scope, Wanted};
use super::{proof, sync};
use crate::audit::pair_id;
use crate::proof::Question;
use jiff::civil::date;
use steadfast_calendar::Instant;
use steadfast_life::{World, story};
use steadfast_store::{
    AccessLog, Accounts, ApiTokens, Claim, Facts, Jobs, Links, Micros, NewJob, Org, Sessions,
    Sources,
};

/// The moment at which the story is told: its clock stands there.
pub fn now() -> Instant {
    let told = date(2026, 11, 22).at(8, 0, 0, 0);
    steadfast_calendar::when::resolve(told, &jiff::tz::TimeZone::UTC)
}

/// The one whose calendar it is.
const MAYA: (&str, &str) = ("Maya", "maya@example.com");
/// Those who joined. Dana and Noor did not: there is somebody to invite.
const JOINED: [(&str, &str); 4] = [
    ("Ben", "ben@example.com"),
    ("Ana", "ana@example.com"),
    ("Chidi", "chidi@example.com"),
    ("Petra", "petra@example.com"),
];

/// Who may move Maya's 1:1s for her. Nobody else knows of it, and in this story nothing was moved by it.
const DELEGATE: &str = "office@example.com";

/// What Maya answered; one question is still open.
const ANSWERS: [(Question, &str, &str); 7] = [
    (Question::Work, "people", ""),
    (
        Question::Measured,
        "people",
        "The release, and who is still here after it.",
    ),
    (Question::Alone, "no", ""),
    (Question::Team, "each", ""),
    (Question::Whole, "each", ""),
    (
        Question::Leaving,
        "months",
        "It took until May to find Dana.",
    ),
    (Question::Boss, "very", ""),
];

/// Makes the organisation in an empty store. Gives the name and the account of everybody one can be, Maya first.
///
/// # Errors
/// [`ServerError`], when the store or chance is not to be had.
pub async fn make<S, P>(
    store: &S,
    passwords: &P,
    fresh: impl Fn() -> Result<Fresh, ServerError>,
) -> Result<Vec<(String, String)>, ServerError>
where
    S: AccessLog + Accounts + ApiTokens + Sessions + Links + Facts + Jobs + Sources,
    P: Passwords,
{
    let world = story::maya();
    let at = now();
    let clock = Micros(at.seconds() * 1_000_000);
    let founder = Founder {
        organisation: "A made-up company".to_owned(),
        name: MAYA.0.to_owned(),
        email: MAYA.1.to_owned(),
        // Nobody signs in with it: a demo lets people in by itself.
        password: fresh()?.token().as_str().to_owned(),
    };
    let (org, token) = set_up(store, passwords, clock, &fresh()?, &founder).await?;
    let maya = who(store, &org, clock, &token).await?;
    let mut everybody = vec![maya.clone()];
    for (name, address) in JOINED {
        let text = letter(&maya, name);
        let link = invite(store, &maya, &[], clock, &fresh()?, (address, &text)).await?;
        let password = fresh()?.token();
        let answer = (&link, name, password.as_str());
        let token = accept(store, passwords, &org, clock, &fresh()?, answer).await?;
        everybody.push(who(store, &org, clock, &token).await?);
    }
    for person in &everybody {
        hand_in(store, &world, person, at).await?;
    }
    organise(store, &maya, at, &world.org_csv()).await?;
    for (question, choice, words) in ANSWERS {
        proof::answer(store, maya.viewer(), at, question, Some((choice, words))).await?;
    }
    agree(store, &everybody, at).await?;
    look(store, &everybody, at).await?;
    remember(store, &maya, at).await?;
    give_up(store, &org, clock).await?;
    let wanted = Wanted {
        name: "My weekly notes",
        scope: Scope::Read,
        days: 90,
    };
    // Nobody gets the token: one makes one's own, and this can be taken back.
    programs::make(store, &maya, clock, &fresh()?, wanted).await?;
    let accounts = members(store, maya.viewer()).await?;
    Ok(everybody
        .iter()
        .filter_map(|person| {
            let address = person.viewer().person();
            let account = accounts.iter().find(|one| one.person == address)?;
            Some((person.name().to_owned(), account.account.clone()))
        })
        .collect())
}

/// The whole organisation, as its file says, and whoever may move Maya's 1:1s.
async fn organise<S: Accounts + Facts>(
    store: &S,
    maya: &SignedIn,
    at: Instant,
    file: &str,
) -> Result<(), ServerError> {
    let keeper = maya.administrator().ok_or(ServerError::NotFound)?;
    let offer = people::offer(store, &keeper, at, file).await?;
    people::apply(store, &keeper, at, offer.from, file).await?;
    people::name_delegate(store, maya.viewer(), at, DELEGATE).await
}

/// Chidi agreed to what Maya proposed; Ben proposes something, and waits.
async fn agree<S: Facts + Sources>(
    store: &S,
    everybody: &[SignedIn],
    at: Instant,
) -> Result<(), ServerError> {
    for (name, other, say) in [
        ("Maya", "chidi@example.com", Say::Propose(14)),
        ("Chidi", MAYA.1, Say::Agree(14)),
        ("Ben", MAYA.1, Say::Propose(7)),
    ] {
        if let Some(person) = everybody.iter().find(|one| one.name() == name) {
            let pair = pair_id(person.viewer().person(), other);
            cadence::say(store, person.viewer(), at, &pair, say).await?;
        }
    }
    Ok(())
}

/// Three weeks ago Maya connected her calendar, took it away again, and hands in exports since.
async fn remember<S: Facts>(store: &S, maya: &SignedIn, at: Instant) -> Result<(), ServerError> {
    let label = || "maya at calendar.example.com".to_owned();
    let problem = "it does not take the password any more; give a new one on the page Calendars";
    for (hours, happened) in [
        (22 * 24, Happened::Connected { label: label() }),
        (
            17 * 24,
            Happened::Silent {
                label: label(),
                problem: problem.to_owned(),
                stops: true,
            },
        ),
        (16 * 24 + 3, Happened::Mended { label: label() }),
        (
            16 * 24 + 3,
            Happened::Answers {
                label: label(),
                since: Some(at.plus_seconds(-17 * 86_400).seconds()),
            },
        ),
        (9 * 24, Happened::Disconnected { label: label() }),
    ] {
        let then = at.plus_seconds(-hours * 3_600);
        let viewer = maya.viewer();
        noted::note(store, viewer.org(), viewer.person(), then, &happened).await?;
    }
    Ok(())
}

/// A round that nobody could do, so that there is one to read.
async fn give_up<S: Jobs>(store: &S, org: &Org, now: Micros) -> Result<(), ServerError> {
    let due = now.plus(-3 * 86_400_000_000);
    let job = NewJob {
        kind: sync::JOB.to_owned(),
        unique: None,
        payload: Vec::new(),
        due,
        max_attempts: 1,
    };
    store.enqueue(org, &[job]).await?;
    let claim = Claim {
        kinds: &[sync::JOB],
        node: "demo",
        now: due,
        until: now,
        limit: 1,
    };
    for job in store.claim(claim).await? {
        let said = "the source did not answer";
        store.fail(&job.lease, due, None, said).await?;
    }
    Ok(())
}

/// Who looked at what, so many days before.
const LOOKS: [(&str, &str, Kind, &[i64]); 5] = [
    (
        "Maya",
        "ben@example.com",
        Kind::Together,
        &[2, 9, 10, 16, 23, 30],
    ),
    ("Maya", "ben@example.com", Kind::OneOnOne, &[9]),
    ("Ben", MAYA.1, Kind::OneOnOne, &[1, 8, 22]),
    ("Petra", MAYA.1, Kind::Together, &[13]),
    ("Chidi", MAYA.1, Kind::Agreed, &[5]),
];

async fn look<S: AccessLog>(
    store: &S,
    everybody: &[SignedIn],
    at: Instant,
) -> Result<(), ServerError> {
    for (name, whose, kind, days) in LOOKS {
        for person in everybody.iter().filter(|one| one.name() == name) {
            for day in days {
                let then = at.plus_days(-day);
                let noted = Noted::default();
                looked::note(store, &noted, person.viewer(), then, kind, &[whose]).await?;
            }
        }
    }
    Ok(())
}

async fn who<S: Accounts + Sessions + Facts>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<SignedIn, ServerError> {
    let found = session(store, org, now, token).await?;
    accounts::sign_out(store, org, token).await?;
    found.ok_or(ServerError::NotFound)
}

/// Hands in the export of their calendar, if the story has one.
async fn hand_in<S: Facts + Sources>(
    store: &S,
    world: &World,
    person: &SignedIn,
    now: Instant,
) -> Result<(), ServerError> {
    let Some(bytes) = world.final_export(person.viewer().person()) else {
        return Ok(());
    };
    let offered = Offered {
        documents: vec![Document {
            label: format!("{}.ics", person.viewer().person()),
            bytes,
        }],
        set_aside: Vec::new(),
    };
    let prepared = ledger::prepare(person.viewer(), offered)?;
    ledger::take_in(store, person.viewer(), now, prepared).await?;
    Ok(())
}
