//! What people are called: a fact of their account, since a name is theirs to change.

use crate::server::ServerError;
use serde::{Deserialize, Serialize};
use steadfast_store::{Expected, Facts, Micros, NewFact, Org, StoreError, Version};

/// Facts read of an account at once; nobody is renamed as often.
const READ: u32 = 1_000;
const NAMED: &str = "account.named.v1";

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
}

pub(super) fn stream(account: &str) -> String {
    format!("account/{account}")
}

/// Records what the owner of `account` is called.
pub(crate) async fn call<S: Facts>(
    store: &S,
    org: &Org,
    account: &str,
    name: &str,
    now: Micros,
) -> Result<(), ServerError> {
    let named = Named {
        name: name.to_owned(),
    };
    let fact = NewFact {
        kind: NAMED.to_owned(),
        at: now,
        actor: account.to_owned(),
        payload: serde_json::to_vec(&named).unwrap_or_default(),
    };
    store
        .append(org, &stream(account), Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

/// What the owner of `account` is called, where they said so.
pub(crate) async fn name<S: Facts>(
    store: &S,
    org: &Org,
    account: &str,
) -> Result<Option<String>, StoreError> {
    let facts = store.read(org, &stream(account), Version(0), READ).await?;
    let last = facts.iter().rev().find(|fact| fact.kind == NAMED);
    Ok(last
        .and_then(|fact| serde_json::from_slice::<Named>(&fact.payload).ok())
        .map(|named| named.name))
}
