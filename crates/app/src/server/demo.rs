//! A made-up organisation to look around in, made by the same use cases as a real one: as it stands on any Sunday of a year.

mod office;
mod planned;

pub use office::Office;

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
use jiff::civil::{Date, date};
use jiff::{Span, tz::TimeZone};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_life::{World, story};
use steadfast_store::seal::Keyring;
use steadfast_store::{
    AccessLog, Accounts, ApiTokens, Claim, Facts, Jobs, Links, Micros, NewJob, Org, Secrets,
    Sessions, Sources, Views,
};

/// The last day of the story: the clock stands there unless it is set to another one.
const LAST: Date = date(2026, 11, 22);
/// The first day whose pages say something: two weeks of 1:1s are over.
const FIRST: Date = date(2025, 12, 7);
/// The day on which everybody joined.
const JOINED_ON: Date = date(2025, 11, 23);

/// Maya and Ben hand in an export every so many weeks, and one on the day itself.
const WEEKS_BETWEEN: usize = 6;

/// The moment at which the story is told.
pub fn now() -> Instant {
    morning(LAST)
}

/// The days that the clock can be set to, Sundays, the first one first; [`now`] is the morning of the last.
pub fn days() -> Vec<Date> {
    let mut day = FIRST;
    let mut days = Vec::new();
    while day <= LAST {
        days.push(day);
        day = day.saturating_add(Span::new().days(7));
    }
    days
}

/// Eight o'clock in the morning, UTC.
pub fn morning(day: Date) -> Instant {
    steadfast_calendar::when::resolve(day.at(8, 0, 0, 0), &TimeZone::UTC)
}

/// The one whose calendar it is.
const MAYA: (&str, &str) = ("Maya", "maya@example.com");
/// Those who joined, the auditor last. Dana and Noor did not: there is somebody to invite.
const JOINED: [(&str, &str); 5] = [
    ("Ben", "ben@example.com"),
    ("Ana", "ana@example.com"),
    ("Chidi", "chidi@example.com"),
    ("Petra", "petra@example.com"),
    ("Olga", AUDITOR),
];

/// Who may read who looked at what.
const AUDITOR: &str = "olga@example.com";

/// Who may move Maya's 1:1s for her. Nobody else knows of it, and in this story nothing was moved by it.
const DELEGATE: &str = "office@example.com";

/// When Maya answered the questions.
const ANSWERED: Date = date(2026, 10, 25);
/// What she answered; one question is still open.
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

/// Nobody signs in with a password: a demo lets people in by itself.
struct NoPassword;

impl Passwords for NoPassword {
    async fn seal(&self, _password: &str, _salt: [u8; 16]) -> Result<Vec<u8>, ServerError> {
        Ok(Vec::new())
    }

    async fn is(&self, _password: &str, _sealed: Option<&[u8]>) -> Result<bool, ServerError> {
        Ok(false)
    }
}

/// Makes the organisation in an empty store, as it stood on the morning of `today`, with the calendars of those who have one
/// in `office`. Gives the name and the account of
/// everybody one can be, Maya first. `progress` is told how many of its weeks are made, and of how many.
///
/// # Errors
/// [`ServerError`], when the store or chance is not to be had.
pub async fn make<S>(
    store: &S,
    fresh: impl Fn() -> Result<Fresh, ServerError>,
    today: Date,
    (office, keyring): (&Office, &Keyring),
    progress: impl Fn(usize, usize),
) -> Result<Vec<(String, String)>, ServerError>
where
    S: AccessLog
        + Accounts
        + ApiTokens
        + Sessions
        + Links
        + Facts
        + Jobs
        + Secrets
        + Sources
        + Views,
{
    let world = story::maya_year();
    let at = morning(today);
    let (org, everybody) = join(store, &fresh).await?;
    let [maya, ..] = &everybody[..] else {
        return Err(ServerError::NotFound);
    };
    let mut file = String::new();
    let mut weeks = days();
    weeks.retain(|day| *day <= today);
    let all = weeks.len();
    for (week, day) in weeks.into_iter().enumerate() {
        progress(week, all);
        if week % WEEKS_BETWEEN == 0 || day == today {
            for person in &everybody {
                hand_in(store, &world, person, morning(day)).await?;
            }
        }
        let known = world.org_csv_on(day);
        if known != file {
            organise(store, maya, morning(day), &known).await?;
            file = known;
        }
        agree(store, &everybody, day).await?;
    }
    connect(store, &world, &everybody, &fresh, at, (office, keyring)).await?;
    people::name_delegate(store, maya.viewer(), morning(FIRST), DELEGATE).await?;
    let keeper = maya.administrator().ok_or(ServerError::NotFound)?;
    looked::name_auditor(store, &keeper, morning(FIRST), Some(AUDITOR)).await?;
    if today >= ANSWERED {
        for (question, choice, words) in ANSWERS {
            let answer = Some((choice, words));
            proof::answer(store, maya.viewer(), morning(ANSWERED), question, answer).await?;
        }
    }
    look(store, &everybody, at).await?;
    remember(store, maya, at).await?;
    give_up(store, &org, micros(at)).await?;
    let wanted = Wanted {
        name: "My weekly notes",
        scope: Scope::Read,
        days: 90,
    };
    // Nobody gets the token: one makes one's own, and this can be taken back.
    programs::make(store, maya, micros(at), &fresh()?, wanted).await?;
    let accounts = members(store, maya.viewer(), micros(at)).await?;
    Ok(everybody
        .iter()
        .filter_map(|person| {
            let address = person.viewer().person();
            let account = accounts.iter().find(|one| one.person == address)?;
            Some((person.name().to_owned(), account.account.clone()))
        })
        .collect())
}

/// Maya sets it up, and those who joined accept her invitations.
async fn join<S>(
    store: &S,
    fresh: &impl Fn() -> Result<Fresh, ServerError>,
) -> Result<(Org, Vec<SignedIn>), ServerError>
where
    S: Accounts + Sessions + Links + Facts + Jobs,
{
    let clock = micros(morning(JOINED_ON));
    let founder = Founder {
        organisation: "A made-up company".to_owned(),
        name: MAYA.0.to_owned(),
        email: MAYA.1.to_owned(),
        password: fresh()?.token().as_str().to_owned(),
    };
    let (org, token) = set_up(store, &NoPassword, clock, &fresh()?, &founder).await?;
    let maya = who(store, &org, clock, &token).await?;
    let mut everybody = vec![maya.clone()];
    for (name, address) in JOINED {
        let text = letter(&maya, name);
        let link = invite(store, &maya, &[], clock, &fresh()?, (address, &text)).await?;
        let password = fresh()?.token();
        let answer = (&link, name, password.as_str());
        let token = accept(store, &NoPassword, &org, clock, &fresh()?, answer).await?;
        everybody.push(who(store, &org, clock, &token).await?);
    }
    Ok((org, everybody))
}

fn micros(at: Instant) -> Micros {
    Micros(at.seconds() * 1_000_000)
}

/// The whole organisation, as its file says.
async fn organise<S: Accounts + Facts + Sources + Views>(
    store: &S,
    maya: &SignedIn,
    at: Instant,
    file: &str,
) -> Result<(), ServerError> {
    let keeper = maya.administrator().ok_or(ServerError::NotFound)?;
    let said = (file, &BTreeSet::new());
    let offer = people::offer(store, &keeper, at, said).await?;
    people::apply(store, &keeper, at, offer.from, said).await?;
    Ok(())
}

/// Chidi agrees to what Maya proposes; Ben proposes something, and waits.
const AGREED: [(&str, &str, Say, Date); 3] = [
    (
        "Maya",
        "chidi@example.com",
        Say::Propose(14),
        date(2026, 6, 14),
    ),
    ("Chidi", MAYA.1, Say::Agree(14), date(2026, 6, 14)),
    ("Ben", MAYA.1, Say::Propose(7), date(2026, 11, 15)),
];

async fn agree<S: Facts + Sources>(
    store: &S,
    everybody: &[SignedIn],
    today: Date,
) -> Result<(), ServerError> {
    for (name, other, say, _) in AGREED.into_iter().filter(|one| one.3 == today) {
        if let Some(person) = everybody.iter().find(|one| one.name() == name) {
            let pair = pair_id(person.viewer().person(), other);
            cadence::say(store, person.viewer(), morning(today), &pair, say).await?;
        }
    }
    Ok(())
}

/// Three weeks before the end Maya connected her calendar, took it away again, and hands in exports since.
async fn remember<S: Facts>(store: &S, maya: &SignedIn, today: Instant) -> Result<(), ServerError> {
    let at = now();
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
                since: Some(at.plus_days(-17).seconds()),
            },
        ),
        (9 * 24, Happened::Disconnected { label: label() }),
    ] {
        let then = at.plus_seconds(-hours * 3_600);
        let viewer = maya.viewer();
        if then <= today {
            noted::note(store, viewer.org(), viewer.person(), then, &happened).await?;
        }
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

/// Who looks at what, every so many days, and last so many days before the end.
const LOOKS: [(&str, &str, Kind, i64, i64); 3] = [
    ("Maya", "ben@example.com", Kind::Together, 7, 2),
    ("Maya", "ben@example.com", Kind::OneOnOne, 28, 9),
    ("Petra", MAYA.1, Kind::Together, 49, 13),
];

async fn look<S: AccessLog>(
    store: &S,
    everybody: &[SignedIn],
    today: Instant,
) -> Result<(), ServerError> {
    let earlier = now().seconds_since(today).div_euclid(86_400);
    for (name, whose, kind, every, last) in LOOKS {
        for person in everybody.iter().filter(|one| one.name() == name) {
            // Of older ones nobody is told any more.
            let kept = 0..looked::KEPT_DAYS;
            for day in
                kept.filter(|day| day + earlier >= last && (day + earlier - last) % every == 0)
            {
                let then = today.plus_days(-day);
                let noted = Noted::default();
                if then >= morning(FIRST) {
                    looked::note(store, &noted, person.viewer(), then, kind, &[whose]).await?;
                }
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

/// Everybody whose calendar the story has connects it, as it stands then.
async fn connect<S>(
    store: &S,
    world: &World,
    everybody: &[SignedIn],
    fresh: &impl Fn() -> Result<Fresh, ServerError>,
    at: Instant,
    (office, keyring): (&Office, &Keyring),
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Jobs + Secrets + Sources,
{
    let now = || micros(at);
    let machine = sync::Machine {
        now: &now,
        chance: &|| 0,
        node: "demo",
        every: 7 * 86_400_000_000,
    };
    let maya = world.export_on(MAYA.1, at).unwrap_or_default();
    let maya = String::from_utf8_lossy(&maya).into_owned();
    for person in everybody {
        let viewer = person.viewer();
        let Some(export) = world.export_on(viewer.person(), at) else {
            continue;
        };
        let export = String::from_utf8_lossy(&export).into_owned();
        let export = planned::with_it(export, viewer.person(), (at.date(&TimeZone::UTC), &maya));
        office.put(viewer.person(), &export);
        let access = Office::access(viewer.person());
        let fresh = fresh()?;
        sync::connect(
            store, keyring, office, viewer, machine, &fresh, &access, None,
        )
        .await?;
    }
    Ok(())
}

/// Hands in the export of their calendar as it stands then, if the story has one.
async fn hand_in<S: Facts + Sources>(
    store: &S,
    world: &World,
    person: &SignedIn,
    now: Instant,
) -> Result<(), ServerError> {
    let Some(bytes) = world.export_on(person.viewer().person(), now) else {
        return Ok(());
    };
    let offered = Offered {
        documents: vec![Document {
            label: format!("{}.ics", person.viewer().person()),
            bytes,
        }],
        ..Offered::default()
    };
    let prepared = ledger::prepare(person.viewer(), offered)?;
    ledger::take_in(store, person.viewer(), now, prepared).await?;
    Ok(())
}
