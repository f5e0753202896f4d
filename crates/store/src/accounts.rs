//! Organisations, and who may sign in to them.

use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// An organisation as it was created.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    /// Its key.
    pub org: Org,
    /// What people call it.
    pub name: String,
    /// Since when.
    pub created: Micros,
}

/// An account to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAccount {
    /// Its key in the organisation.
    pub account: String,
    /// Whose it is: the person of the ledger.
    pub person: String,
    /// The address to sign in with, kept in lower case.
    pub email: String,
    /// The hash of the password with everything to verify it; none for whoever signs in otherwise.
    pub password: Option<Vec<u8>>,
    /// What the account may do; the form is the caller's.
    pub role: String,
    /// When it is made.
    pub created: Micros,
}

/// An account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its key in the organisation.
    pub account: String,
    /// Whose it is.
    pub person: String,
    /// In lower case.
    pub email: String,
    /// As given.
    pub password: Option<Vec<u8>>,
    /// As given.
    pub role: String,
    /// When it was made.
    pub created: Micros,
    /// From when on nobody may come in with it: closed, or to be closed at a moment that lies ahead.
    pub disabled: Option<Micros>,
}

impl Account {
    /// Whether nobody may come in with it at `now`.
    pub fn is_closed(&self, now: Micros) -> bool {
        self.disabled.is_some_and(|at| at <= now)
    }
}

/// When an account closes, as something decided elsewhere has it: it is kept in the same stroke.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closes<'a> {
    /// The address of the account, in whatever case; one without an account is passed over.
    pub email: &'a str,
    /// From when on nobody may come in with it; none: it is not to close any more.
    pub at: Option<Micros>,
    /// When that was decided. What is closed already then stays closed as it is.
    pub now: Micros,
}

/// What is to be different about an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccountChange {
    /// Another address.
    Email(String),
    /// Another password, or none; ends all its sessions and all tokens of its programs.
    Password(Option<Vec<u8>>),
    /// Another role.
    Role(String),
    /// Nobody may come in from this moment on; or people may again. Either way whoever came in before has to come in anew.
    Disabled(Option<Micros>),
}

/// Organisations and accounts.
///
/// An account's key and its address are each unique in the organisation. Addresses are compared in lower case.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Accounts: Sync {
    /// Makes an organisation. Nothing else can be kept before.
    ///
    /// # Errors
    /// [`StoreError::Exists`].
    fn create_organisation(
        &self,
        org: &Org,
        name: &str,
        now: Micros,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// All organisations, by key.
    ///
    /// # Errors
    /// See the trait.
    fn organisations(&self) -> impl Future<Output = Result<Vec<Organisation>, StoreError>> + Send;

    /// Makes an account.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the key or the address is taken; [`StoreError::Missing`] without the organisation.
    fn create_account(
        &self,
        org: &Org,
        account: &NewAccount,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The account with that key.
    ///
    /// # Errors
    /// See the trait.
    fn account(
        &self,
        org: &Org,
        account: &str,
    ) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;

    /// The account with that address, in whatever case it is typed.
    ///
    /// # Errors
    /// See the trait.
    fn account_by_email(
        &self,
        org: &Org,
        email: &str,
    ) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;

    /// Which of these addresses have an account that somebody may sign in with at `now`, in no order.
    ///
    /// # Errors
    /// See the trait.
    fn which_have_joined(
        &self,
        org: &Org,
        emails: &[&str],
        now: Micros,
    ) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// Accounts after a key, by key.
    ///
    /// # Errors
    /// See the trait.
    fn accounts(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Account>, StoreError>> + Send;

    /// Changes an account.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when it is not there; [`StoreError::Exists`] when the address is another's.
    fn change_account(
        &self,
        org: &Org,
        account: &str,
        change: &AccountChange,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Deletes an account with its sessions and passkeys; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn erase_account(
        &self,
        org: &Org,
        account: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

/// An address as it is kept and compared.
pub(crate) fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}

impl Accounts for Store {
    async fn create_organisation(
        &self,
        org: &Org,
        name: &str,
        now: Micros,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.create_organisation(org, name, now).await)
    }

    async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        on_engine!(self, repo => repo.organisations().await)
    }

    async fn create_account(&self, org: &Org, account: &NewAccount) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.create_account(org, account).await)
    }

    async fn account(&self, org: &Org, account: &str) -> Result<Option<Account>, StoreError> {
        on_engine!(self, repo => repo.account(org, account).await)
    }

    async fn account_by_email(
        &self,
        org: &Org,
        email: &str,
    ) -> Result<Option<Account>, StoreError> {
        on_engine!(self, repo => repo.account_by_email(org, email).await)
    }

    async fn which_have_joined(
        &self,
        org: &Org,
        emails: &[&str],
        now: Micros,
    ) -> Result<Vec<String>, StoreError> {
        on_engine!(self, repo => repo.which_have_joined(org, emails, now).await)
    }

    async fn accounts(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        on_engine!(self, repo => repo.accounts(org, after, limit).await)
    }

    async fn change_account(
        &self,
        org: &Org,
        account: &str,
        change: &AccountChange,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.change_account(org, account, change).await)
    }

    async fn erase_account(&self, org: &Org, account: &str) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.erase_account(org, account).await)
    }
}
