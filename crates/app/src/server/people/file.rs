//! The organisation from a file, the one that `audit --org` takes: what it would change, and changing it.
//!
//! A file adds and changes; nobody is taken out because a file does not name them. Feeding the same file twice changes
//! nothing. Where a file gives no first day, a line that is known is meant, else one as of today; a report who has another
//! manager now than before then leaves the one before the day before.

use super::administrator::Administrator;
use super::mistyped::{Unlisted, unlisted};
use super::near::name_of;
use super::organisation::{DatedLine, Known, Organisation, organisation};
use super::plan::{Difference, Draft, no};
use super::write::write;
use super::zone::own_today;
use crate::audit::FileError;
use crate::audit::org_file::{self, OrgRow};
use crate::server::ServerError;
use crate::server::accounts::{address_of, closing, members, name_typed};
use crate::server::sync::micros;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;
use steadfast_ledger::people::Kind;
use steadfast_store::{Accounts, Facts, Sources, Version, Views};

/// Rows of one file; a larger organisation feeds it in parts.
const MOST_ROWS: usize = 20_000;

/// What a file would change.
#[derive(Clone, Debug)]
pub struct Offer {
    /// In the order of the file, people first.
    pub differences: Vec<Difference>,
    /// Rows that are left out: the line in the file, what is wrong, what to do.
    pub wrong: Vec<FileError>,
    /// Those that others report to by this file, whom neither it nor the list says anything else of.
    pub unlisted: Vec<Unlisted>,
    /// Those whom it names though they were taken out with a last day.
    pub left: Vec<Left>,
    /// People who are known and not in the file. Nothing is changed about them.
    pub not_named: usize,
    /// The state of the organisation that it was made from.
    pub from: Version,
    organisation: Organisation,
}

/// Somebody whom a file names though they were taken out with a last day: nothing of what it says of them, or of lines to them, is
/// taken in, unless it is chosen that they stay after all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left {
    /// Their address.
    pub address: String,
    /// What to call them.
    pub name: String,
    /// Their last day.
    pub last: Date,
    /// Whether it is chosen that they stay.
    pub stays: bool,
}

impl Offer {
    /// What to call whoever has that address, with the file in.
    pub fn name(&self, address: &str) -> String {
        self.organisation.shown(address)
    }
}

/// What the file would change; `stays`: who of those that leave or have left is to stay after all.
///
/// # Errors
/// [`ServerError::Input`] for what is no such file; [`ServerError::Store`].
pub async fn offer<S: Accounts + Facts + Sources + Views>(
    store: &S,
    keeper: &Administrator,
    now: Instant,
    (text, stays): (&str, &BTreeSet<String>),
) -> Result<Offer, ServerError> {
    let known = organisation(store, keeper.viewer()).await?;
    let today = own_today(store, &known, keeper.viewer(), now).await?;
    let joined = joined(store, keeper, now).await?;
    let before: BTreeSet<String> = known.people.keys().cloned().collect();
    let mut draft = Draft::of(known, &joined, keeper.viewer().person());
    let from = draft.organisation.version;
    let leavers: BTreeMap<String, (String, Date)> = (draft.organisation.who_left())
        .map(|(address, last)| {
            (
                address.to_owned(),
                (draft.organisation.shown(address), last),
            )
        })
        .collect();
    let (wrong, named) = draft.feed(today, (text, stays))?;
    let left = leavers
        .into_iter()
        .filter(|(address, _)| named.contains(address));
    let left = left.map(|(address, (name, last))| Left {
        stays: stays.contains(&address),
        address,
        name,
        last,
    });
    let left: Vec<Left> = left.collect();
    let new = draft.organisation.people.keys();
    let new = new.filter(|one| !before.contains(*one) && !named.contains(*one));
    let unlisted = unlisted(&draft.organisation, new.map(String::as_str));
    let people = draft.organisation.people.keys();
    Ok(Offer {
        not_named: people.filter(|known| !named.contains(*known)).count(),
        differences: draft.differences,
        unlisted,
        left,
        wrong,
        from,
        organisation: draft.organisation,
    })
}

/// Changes what the file would change, in one stroke; rows that cannot be read are left out. `from` is the state that was
/// looked at.
///
/// # Errors
/// [`ServerError::Input`] for what is no such file, or when the organisation is in another state by now;
/// [`ServerError::Store`].
pub async fn apply<S: Accounts + Facts + Sources + Views>(
    store: &S,
    keeper: &Administrator,
    now: Instant,
    from: Version,
    (text, stays): (&str, &BTreeSet<String>),
) -> Result<usize, ServerError> {
    let known = organisation(store, keeper.viewer()).await?;
    let today = own_today(store, &known, keeper.viewer(), now).await?;
    let joined = joined(store, keeper, now).await?;
    let mut draft = Draft::of(known, &joined, keeper.viewer().person());
    draft.feed(today, (text, stays))?;
    let is_other = draft.organisation.version != from;
    let written = if is_other {
        Err(ServerError::Busy)
    } else {
        let org = keeper.viewer().org();
        let closing = closing(store, org, now, &draft.stays).await?;
        write(store, keeper.viewer(), now, from, &draft.said, &closing).await
    };
    match written {
        Err(ServerError::Busy) => no(
            "somebody changed the organisation meanwhile, and nothing of the file was taken in",
            "look at what it would change now",
        ),
        Err(error) => Err(error),
        Ok(()) => Ok(draft.differences.len()),
    }
}

async fn joined<S: Accounts>(
    store: &S,
    keeper: &Administrator,
    now: Instant,
) -> Result<BTreeSet<String>, ServerError> {
    let members = members(store, keeper.viewer(), micros(now)).await?;
    Ok(members.into_iter().map(|one| one.person).collect())
}

impl Draft<'_> {
    /// Takes the file in. Gives the rows that are left out, and the addresses that it names.
    pub(super) fn feed(
        &mut self,
        today: Date,
        (text, stays): (&str, &BTreeSet<String>),
    ) -> Result<(Vec<FileError>, BTreeSet<String>), ServerError> {
        let (rows, mut wrong) = org_file::read(text)
            .map_err(|error| ServerError::Input(error.to_string(), error.hint))?;
        if rows.len() > MOST_ROWS {
            return no(
                format!("this file has more than {MOST_ROWS} rows"),
                "divide it, and feed one part after the other",
            );
        }
        let mut named = BTreeSet::new();
        let mut read = Vec::with_capacity(rows.len());
        // Whom rows are about that cannot be taken in.
        let mut unread = BTreeSet::new();
        // Whoever leaves, and is not to stay: what a file says of them, and of lines with them, is not taken in.
        let leave: BTreeSet<String> = (self.organisation.who_left())
            .map(|(address, _)| address.to_owned())
            .filter(|address| !stays.contains(address))
            .collect();
        let mut left = BTreeSet::new();
        for (line, row) in rows {
            let email = row.email.clone();
            match self.checked(row) {
                Ok(mut row) => {
                    named.insert(row.email.clone());
                    if leave.contains(&row.email) {
                        continue;
                    }
                    if leave.contains(&row.manager) {
                        named.insert(std::mem::take(&mut row.manager));
                        left.insert(row.email.clone());
                    }
                    read.push((line, row));
                }
                Err(error) => {
                    unread.insert(self.organisation.main(&email).to_owned());
                    wrong.push(at(line, &error));
                }
            }
        }
        for address in stays.iter().filter(|one| named.contains(*one)) {
            self.goes_on(address);
        }
        for (_, row) in &read {
            self.know(
                &row.email,
                Known {
                    name: row.name.clone(),
                    kind: name_of(row.kind).to_owned(),
                    zone: zone_name(row),
                },
            );
        }
        for (line, row) in &read {
            if let Err(error) = self.others_of(row) {
                wrong.push(at(*line, &error));
            }
        }
        let mut of_report: BTreeMap<&str, Vec<(u64, &OrgRow)>> = BTreeMap::new();
        for (line, row) in &read {
            let is_line = row.kind == Kind::Person && !row.manager.is_empty();
            if is_line && !left.contains(&row.email) {
                of_report.entry(&row.email).or_default().push((*line, row));
            }
        }
        for rows in of_report.values() {
            self.lines_in(today, rows, &unread, &mut wrong);
        }
        wrong.sort_by_key(|error| error.line);
        Ok((wrong, named))
    }

    /// The row with main addresses, as they would be typed.
    fn checked(&self, mut row: OrgRow) -> Result<OrgRow, ServerError> {
        let main = |typed: &str| -> Result<String, ServerError> {
            let address = address_of(typed).map_err(|_| {
                ServerError::Input(format!("\"{typed}\" is no e-mail address"), MAIL.to_owned())
            })?;
            Ok(self.organisation.main(&address).to_owned())
        };
        row.email = main(&row.email)?;
        if !row.manager.is_empty() {
            row.manager = main(&row.manager)?;
        }
        if !row.name.is_empty() {
            row.name = name_typed("the name", &row.name)?;
        }
        for alias in &mut row.aliases {
            *alias = address_of(alias).map_err(|_| {
                ServerError::Input(format!("\"{alias}\" is no e-mail address"), MAIL.to_owned())
            })?;
        }
        row.aliases.retain(|alias| *alias != row.email);
        if row.email == row.manager {
            return no(
                format!("{} would report to themselves", row.email),
                "write another manager, or none",
            );
        }
        Ok(row)
    }

    /// The other addresses of a row, and whom a delegate acts for.
    fn others_of(&mut self, row: &OrgRow) -> Result<(), ServerError> {
        if row.kind == Kind::Delegate && !row.manager.is_empty() {
            self.name(&row.manager);
            self.act_for(&row.manager, &row.email)?;
        }
        for alias in &row.aliases {
            self.also(&row.email, alias)?;
        }
        Ok(())
    }

    /// The lines that a file says of one report.
    fn lines_in(
        &mut self,
        today: Date,
        rows: &[(u64, &OrgRow)],
        unread: &BTreeSet<String>,
        wrong: &mut Vec<FileError>,
    ) {
        // What the file means is settled before anything is changed: lines it names, and when the newest of them begins.
        let mut meant: BTreeSet<(String, Option<Date>)> = BTreeSet::new();
        let mut since: Option<Option<Date>> = None;
        let before = wrong.len();
        for (line, row) in rows {
            match self.one_line(today, row) {
                Ok(drawn) => {
                    if drawn.to.is_none_or(|to| today <= to) {
                        let begins = Some(drawn.from);
                        since = since.max(begins);
                    }
                    meant.insert((drawn.manager, drawn.from));
                }
                Err(error) => wrong.push(at(*line, &error)),
            }
        }
        let (Some(since), Some((_, row))) = (since, rows.first()) else {
            return;
        };
        // What a row that is wrong means is not known: perhaps the very line that would be ended.
        if wrong.len() > before || unread.contains(row.email.as_str()) {
            return;
        }
        let last = since.unwrap_or(today).yesterday().unwrap_or(today);
        let over: Vec<DatedLine> = self
            .organisation
            .lines_of(&row.email)
            .filter(|line| line.to.is_none_or(|to| today <= to && last < to))
            .filter(|line| !meant.iter().any(|(manager, _)| *manager == line.manager))
            .cloned()
            .collect();
        for line in &over {
            self.end(line, last);
        }
    }

    /// The line that a row means, as it is from now on.
    fn one_line(&mut self, today: Date, row: &OrgRow) -> Result<DatedLine, ServerError> {
        let stored: Vec<DatedLine> = self.organisation.lines_of(&row.email).cloned().collect();
        let mut between = stored.iter().filter(|line| line.manager == row.manager);
        let known = match (row.from, row.to) {
            (Some(from), _) => {
                let exact = between.clone().find(|line| line.from == Some(from));
                exact.or_else(|| between.find(|line| line.meets(row.from, row.to)))
            }
            (None, None) => between.rfind(|line| line.to.is_none_or(|to| today <= to)),
            (None, Some(to)) => {
                let exact = between.clone().find(|line| line.to == Some(to));
                exact.or_else(|| between.rfind(|line| line.meets(None, row.to)))
            }
        };
        let from = match (row.from, known) {
            (Some(from), _) => Some(from),
            (None, Some(known)) => known.from,
            // Who has a manager already gets another one as of today.
            (None, None) if !stored.is_empty() && row.to.is_none() => Some(today),
            (None, None) => None,
        };
        let to = match (row.from, row.to, known) {
            (None, None, Some(known)) => known.to,
            (_, to, _) => to,
        };
        let line = DatedLine {
            report: row.email.clone(),
            from,
            to,
            manager: row.manager.clone(),
        };
        match known.cloned() {
            Some(known) => self.redraw(&known, &line)?,
            None => self.draw(&line)?,
        }
        Ok(line)
    }
}

const MAIL: &str = "write addresses as ben@example.com; several in one field with spaces between";

fn zone_name(row: &OrgRow) -> Option<String> {
    let zone = row.zone.as_ref()?;
    zone.iana_name().map(str::to_owned)
}

fn at(line: u64, error: &ServerError) -> FileError {
    FileError {
        line,
        what: error.to_string(),
        hint: error.hint().to_owned(),
    }
}
