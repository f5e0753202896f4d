//! Argon2id, off the threads that answer, and few at once.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::Arc;
use steadfast_app::server::{ServerError, accounts::Passwords};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// At once: each takes 19 MiB and a core for tens of milliseconds, and signing in must not starve everybody else.
const AT_ONCE: usize = 2;

/// Passwords by Argon2id with OWASP's parameters (19 MiB, 2 passes, 1 lane), which are the crate's defaults.
#[derive(Clone, Debug)]
pub struct Argon2Passwords {
    permits: Arc<Semaphore>,
    /// What a password is compared with where there is no account: the same work, and never the same password.
    nobody: Arc<str>,
}

impl Argon2Passwords {
    /// Ready to seal. `salt` is for the password that nobody has.
    ///
    /// # Errors
    /// [`ServerError::Input`] when the machine cannot do Argon2.
    pub fn new(salt: [u8; 16]) -> Result<Self, ServerError> {
        Ok(Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: Arc::from(sealed("nobody has this password", salt)?),
        })
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServerError> + Send + 'static,
    ) -> Result<T, ServerError> {
        let _permit = self.permits.acquire().await.map_err(|_| cannot())?;
        spawn_blocking(work).await.map_err(|_| cannot())?
    }
}

impl Passwords for Argon2Passwords {
    async fn seal(&self, password: &str, salt: [u8; 16]) -> Result<Vec<u8>, ServerError> {
        let password = password.to_owned();
        self.work(move || sealed(&password, salt).map(String::into_bytes))
            .await
    }

    async fn is(&self, password: &str, sealed: Option<&[u8]>) -> Result<bool, ServerError> {
        // What was not sealed here, as in a demo, is nobody's password.
        let known = sealed
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .filter(|text| PasswordHash::new(text).is_ok());
        let (password, has_one) = (password.to_owned(), known.is_some());
        let against = known.unwrap_or(&self.nobody).to_owned();
        self.work(move || {
            let hash = PasswordHash::new(&against).map_err(|_| cannot())?;
            let fits = Argon2::default().verify_password(password.as_bytes(), &hash);
            Ok(fits.is_ok() && has_one)
        })
        .await
    }
}

fn sealed(password: &str, salt: [u8; 16]) -> Result<String, ServerError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| cannot())?;
    Ok(hash.to_string())
}

fn cannot() -> ServerError {
    ServerError::Input(
        "the password could not be worked with".to_owned(),
        "try again; the server may be short of memory".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_and_what_was_not_sealed_here_is_nobodys() {
        let passwords = Argon2Passwords::new([1; 16]).unwrap();
        let sealed = passwords.seal("correct horse", [2; 16]).await.unwrap();
        for (password, sealed, is) in [
            ("correct horse", Some(&*sealed), true),
            ("battery staple", Some(&*sealed), false),
            ("nobody has this password", None, false),
            ("", Some(&b""[..]), false),
            ("x", Some(&b"x"[..]), false),
        ] {
            assert_eq!(
                passwords.is(password, sealed).await.unwrap(),
                is,
                "{password}"
            );
        }
    }
}
