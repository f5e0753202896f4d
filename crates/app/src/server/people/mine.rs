//! What a person sees and says of themselves.

use super::forms::{AddressKnown, DelegateKnown, Said};
use super::organisation::{DatedLine, Organisation, organisation};
use super::write::write;
use crate::server::accounts::{Closing, address_of};
use crate::server::{ServerError, Viewer};
use jiff::civil::Date;
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Facts, Org, Version};

/// Delegates of one person; more are a mistake.
const MOST_DELEGATES: usize = 20;

/// Somebody's own place in the organisation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AboutMe {
    /// Lines to those they report or reported to, with the name of each.
    pub above: Vec<(DatedLine, String)>,
    /// Lines from those who report or reported to them, with the name of each.
    pub below: Vec<(DatedLine, String)>,
    /// Their other addresses; false: they alone say so.
    pub others: Vec<(String, bool)>,
    /// Addresses of those who may move their 1:1s for them.
    pub delegates: Vec<String>,
}

/// The viewer's own place. Of lines that ended they see those that were theirs, as they were part of them.
pub fn about_me(organisation: &Organisation, viewer: &Viewer) -> AboutMe {
    let me = viewer.person();
    let called = |address: &str| organisation.shown(address);
    let [above, below] = own_lines(organisation.lines.iter(), me, called);
    AboutMe {
        above,
        below,
        others: organisation
            .others
            .iter()
            .filter(|(_, other)| other.person == me)
            .map(|(address, other)| (address.clone(), !other.own_word))
            .collect(),
        delegates: organisation
            .delegates
            .iter()
            .filter(|(person, _)| person == me)
            .map(|(_, delegate)| delegate.clone())
            .collect(),
    }
}

/// Of `lines` those to whom `me` reports, and those who report to them, with what each is called.
pub(in crate::server) fn own_lines<'a>(
    lines: impl Iterator<Item = &'a DatedLine>,
    me: &str,
    called: impl Fn(&str) -> String,
) -> [Vec<(DatedLine, String)>; 2] {
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for line in lines {
        if line.report == me {
            above.push((line.clone(), called(&line.manager)));
        }
        if line.manager == me {
            below.push((line.clone(), called(&line.report)));
        }
    }
    for lines in [&mut above, &mut below] {
        // Those that go on first, then the newest.
        lines.sort_by_key(|(line, _)| {
            let newest = std::cmp::Reverse(line.from.unwrap_or(Date::MIN));
            (line.to.is_some(), newest)
        });
    }
    [above, below]
}

/// Says that `delegate` may move the viewer's 1:1s for them: then a change that carries their name is told as theirs.
///
/// # Errors
/// [`ServerError::Input`] for no address, or too many; [`ServerError::Busy`]; [`ServerError::Store`].
pub async fn name_delegate<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    delegate: &str,
) -> Result<(), ServerError> {
    let delegate = address_of(delegate)?;
    let known = organisation(store, viewer).await?;
    let delegates = about_me(&known, viewer).delegates;
    if delegate == viewer.person() {
        return Err(ServerError::Input(
            "this is your own address".to_owned(),
            "write the address of whoever moves meetings for you".to_owned(),
        ));
    }
    if delegates.contains(&delegate) {
        return Ok(());
    }
    if delegates.len() >= MOST_DELEGATES {
        return Err(ServerError::Input(
            format!("{MOST_DELEGATES} people may move your 1:1s already"),
            "take away one who does not any more".to_owned(),
        ));
    }
    say_delegate(store, viewer, now, (&known, delegate), true).await
}

/// Says that `delegate` may not any more.
///
/// # Errors
/// [`ServerError::NotFound`] when they are no delegate of the viewer's; [`ServerError::Busy`]; [`ServerError::Store`].
pub async fn unname_delegate<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    delegate: &str,
) -> Result<(), ServerError> {
    let known = organisation(store, viewer).await?;
    let delegates = about_me(&known, viewer).delegates;
    let delegate = delegates.into_iter().find(|one| one == delegate);
    let delegate = delegate.ok_or(ServerError::NotFound)?;
    say_delegate(store, viewer, now, (&known, delegate), false).await
}

async fn say_delegate<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    (known, delegate): (&Organisation, String),
    holds: bool,
) -> Result<(), ServerError> {
    let said = Said::Delegate(DelegateKnown {
        person: viewer.person().to_owned(),
        delegate,
        holds,
    });
    say(store, viewer, now, known.version, said).await
}

/// Says that an address is not the viewer's, whoever said it was.
///
/// # Errors
/// [`ServerError::NotFound`] when nobody said so; [`ServerError::Busy`]; [`ServerError::Store`].
pub async fn forget_address<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    address: &str,
) -> Result<(), ServerError> {
    let known = organisation(store, viewer).await?;
    let said = known.not_theirs(viewer.person(), address)?;
    say(store, viewer, now, known.version, said).await
}

/// Keeps one thing that closes nobody's account.
async fn say<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    version: Version,
    said: Said,
) -> Result<(), ServerError> {
    write(store, viewer, now, version, &[said], &Closing::default()).await
}

/// An address that a person may take for their own on their own calendars: it is nobody else's here.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    from: Organisation,
    said: Option<Said>,
}

impl Claim {
    /// `address` as the viewer's own, by their own word; `None` where it is somebody else's, or may be.
    ///
    /// # Errors
    /// [`ServerError::Store`].
    pub(crate) async fn of<S: Accounts + Facts>(
        store: &S,
        viewer: &Viewer,
        address: &str,
    ) -> Result<Option<Self>, ServerError> {
        let from = organisation(store, viewer).await?;
        let me = viewer.person();
        let joined = store.account_by_email(viewer.org(), address).await?;
        let others = from.others.get(address);
        let is_mine = others.is_some_and(|other| other.person == me);
        let is_taken = joined.is_some()
            || address == me
            || from.people.contains_key(address)
            || from.stands_in_a_line(address)
            || (others.is_some() && !is_mine);
        let said = Said::Address(AddressKnown {
            person: me.to_owned(),
            address: address.to_owned(),
            own_word: true,
            holds: true,
        });
        Ok((!is_taken).then_some(Self {
            from,
            said: (!is_mine).then_some(said),
        }))
    }

    /// Keeps it.
    ///
    /// # Errors
    /// [`ServerError::Busy`]; [`ServerError::Store`].
    pub(crate) async fn keep<S: Facts>(
        self,
        store: &S,
        viewer: &Viewer,
        now: Instant,
    ) -> Result<(), ServerError> {
        let said: Vec<Said> = self.said.into_iter().collect();
        write(
            store,
            viewer,
            now,
            self.from.version,
            &said,
            &Closing::default(),
        )
        .await
    }
}

/// Somebody makes an account with that address: it is theirs, and no longer another one of anybody's.
///
/// # Errors
/// [`ServerError::Busy`]; [`ServerError::Store`].
pub(crate) async fn let_go<S: Facts>(
    store: &S,
    org: &Org,
    now: Instant,
    address: &str,
) -> Result<(), ServerError> {
    let viewer = Viewer::signed_in(org.clone(), address);
    let known = organisation(store, &viewer).await?;
    let Some(other) = known.others.get(address) else {
        return Ok(());
    };
    let said = known.not_theirs(&other.person.clone(), address)?;
    say(store, &viewer, now, known.version, said).await
}

impl Organisation {
    /// That an address is not `person`'s.
    pub(super) fn not_theirs(&self, person: &str, address: &str) -> Result<Said, ServerError> {
        let other = self.others.get(address);
        let other = other.filter(|other| other.person == person);
        let other = other.ok_or(ServerError::NotFound)?;
        Ok(Said::Address(AddressKnown {
            person: person.to_owned(),
            address: address.to_owned(),
            own_word: other.own_word,
            holds: false,
        }))
    }

    pub(super) fn stands_in_a_line(&self, address: &str) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| line.manager == address || line.report == address)
    }
}
