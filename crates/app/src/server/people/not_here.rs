//! Who of those on a page of people has not joined, for whoever may invite them.

use super::chart::{Chart, ChartPerson};
use super::organisation::Organisation;
use crate::server::ServerError;
use crate::server::accounts::SignedIn;
use crate::server::sync::micros;
use steadfast_calendar::Instant;
use steadfast_store::Accounts;

/// Says of those in `chart` whom `me` may invite and who have no account, by which address: anybody for whoever set the server up, for
/// everybody else those they have a 1:1 or a reporting line with (`partners`). Nobody invites whoever leaves, a room or a note taker.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn not_here<S: Accounts>(
    store: &S,
    (me, partners): (&SignedIn, &[String]),
    now: Instant,
    organisation: &Organisation,
    chart: &mut Chart,
) -> Result<(), ServerError> {
    let may = |one: &ChartPerson| {
        let known = organisation.people.get(&one.address);
        let is_person = known.is_some_and(|known| known.kind == "person");
        is_person && !one.is_me && (me.is_owner() || partners.contains(&one.address))
    };
    let people = chart.people.iter().filter(|one| may(one));
    let asked: Vec<String> = people.map(|one| one.address.clone()).collect();
    let addresses: Vec<&str> = asked.iter().map(String::as_str).collect();
    let org = me.viewer().org();
    let joined = store
        .which_have_joined(org, &addresses, micros(now))
        .await?;
    for one in &mut chart.people {
        let is_missing = asked.contains(&one.address) && !joined.contains(&one.address);
        one.invite = is_missing.then(|| one.address.clone());
    }
    Ok(())
}
