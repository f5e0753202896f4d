//! How mail is sent, as it is in force.

use super::{From, Mailing, Origin, Setting, maybe, path, text, usual};
use crate::error::{CommandError, Kind, reading};
use std::net::IpAddr;
use std::path::PathBuf;
use steadfast_connect::Secret;
use steadfast_connect::mail::{MailServer, Security, Sender};
use url::Url;

/// How mail is sent. What hangs together is checked by [`MailSettings::server`].
pub(crate) struct MailSettings {
    pub(crate) smtp: Setting<Option<String>>,
    /// Where the password comes from; the password itself where the environment holds it.
    pub(crate) password: Setting<Option<Password>>,
    pub(crate) from: Setting<Option<String>>,
    /// Where people open this server, without a slash at the end.
    pub(crate) address: Setting<Option<String>>,
}

/// A password, or the file that it is in.
pub(crate) enum Password {
    Said(Secret),
    In(PathBuf),
}

impl MailSettings {
    /// What is in force; of the file: mail server and password's file, sender and address.
    pub(super) fn of(
        from: &From<'_>,
        said: Mailing,
        (smtp, password_file): (Option<String>, Option<PathBuf>),
        (sender, address): (Option<String>, Option<String>),
    ) -> Result<Self, CommandError> {
        let smtp = from.first(("smtp", said.smtp), "STEADFAST_SMTP", text, smtp)?;
        let file = (
            "smtp-password-file",
            said.smtp_password_file,
            "STEADFAST_SMTP_PASSWORD_FILE",
            password_file,
        );
        let password = Password::of(from, file, "STEADFAST_SMTP_PASSWORD")?;
        let sender = from.first(
            ("mail-from", said.mail_from),
            "STEADFAST_MAIL_FROM",
            text,
            sender,
        )?;
        let mut address = maybe(from.first(
            ("address", said.address),
            "STEADFAST_ADDRESS",
            text,
            address,
        )?);
        address.value = address
            .value
            .map(|address| address.trim_end_matches('/').to_owned());
        Ok(Self {
            smtp: maybe(smtp),
            password,
            from: maybe(sender),
            address,
        })
    }

    /// The mail server, and where people open this one; `None` where no mail is sent. The password's file is read.
    ///
    /// # Errors
    /// What is missing or does not fit, with what to do.
    pub(crate) fn server(
        &self,
        trust: Option<PathBuf>,
    ) -> Result<Option<(MailServer, String)>, CommandError> {
        let Some(smtp) = &self.smtp.value else {
            return Ok(None);
        };
        let place = Place::read(smtp).map_err(|(what, hint)| {
            wrong(
                &format!("the mail server ({}): {what}", self.smtp.from),
                hint,
            )
        })?;
        let from = self.from.value.as_deref().ok_or_else(|| {
            wrong(
                "a mail server is named, and no sender",
                "say from whom mail is: --mail-from \"Steadfast <steadfast@example.org>\"",
            )
        })?;
        let from = Sender::parse(from).map_err(|_| {
            wrong(
                &format!("the sender of mail is no address ({})", self.from.from),
                "write it as \"Steadfast <steadfast@example.org>\"",
            )
        })?;
        let (address, _) = self.opened_at()?.ok_or_else(|| {
            wrong(
                "a mail server is named, and not where people open this one",
                "say where links in mail lead: --address https://steadfast.example.org",
            )
        })?;
        let password = self.password()?;
        if place.user.is_some() != password.is_some() {
            return Err(wrong(
                "of the user name and the password for the mail server only one is given",
                "write the name into the address (smtps://USER@HOST) and the password into a file (--smtp-password-file)",
            ));
        }
        let server = MailServer {
            host: place.host,
            port: place.port,
            security: place.security,
            user: place.user,
            password,
            trusted_certificates: trust,
            from,
        };
        Ok(Some((server, address)))
    }

    /// Where people open this server, without a slash at the end, and its host; `None` where it is not said.
    ///
    /// # Errors
    /// When it is no address that can be given to people.
    pub(crate) fn opened_at(&self) -> Result<Option<(String, String)>, CommandError> {
        let Some(address) = self.address.value.as_deref() else {
            return Ok(None);
        };
        // As it was read: what would end a header's line is not in it.
        let url = Url::parse(address).ok().filter(|url| {
            let is_plain = url.query().is_none() && url.fragment().is_none();
            let is_here = url
                .host_str()
                .is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]"));
            let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_here);
            is_safe && url.has_host() && is_plain
        });
        let Some(url) = url else {
            return Err(wrong(
                &format!(
                    "where people open this server is no address ({})",
                    self.address.from
                ),
                "write it as https://steadfast.example.org; http only for this machine itself",
            ));
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        let address = url.as_str().trim_end_matches('/').to_owned();
        Ok(Some((address, host)))
    }

    fn password(&self) -> Result<Option<Secret>, CommandError> {
        self.password.value.as_ref().map(Password::read).transpose()
    }

    /// Where the password comes from, for people.
    pub(crate) fn password_shown(&self) -> String {
        Password::shown(&self.password)
    }
}

impl Password {
    /// What is in force: of a file, or of the environment's own.
    pub(super) fn of(
        from: &From<'_>,
        file: (&'static str, Option<PathBuf>, &'static str, Option<PathBuf>),
        variable: &'static str,
    ) -> Result<Setting<Option<Self>>, CommandError> {
        let (flag, said, of_file, in_file) = file;
        let named = from.first((flag, said), of_file, path, in_file)?;
        let in_clear = from.first(("", None), variable, text, None)?;
        Ok(match (named, in_clear) {
            (Some(Setting { value, from }), _) => Setting {
                value: Some(Self::In(value)),
                from,
            },
            (None, Some(Setting { value, from })) => Setting {
                value: Some(Self::Said(Secret::new(value))),
                from,
            },
            (None, None) => usual(None),
        })
    }

    /// The password itself; its file is read.
    pub(super) fn read(&self) -> Result<Secret, CommandError> {
        match self {
            Self::Said(secret) => Ok(secret.clone()),
            Self::In(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| reading(path, &error))?;
                Ok(Secret::new(text.trim_end_matches(['\r', '\n'])))
            }
        }
    }

    /// Where one comes from, for people.
    pub(super) fn shown(setting: &Setting<Option<Self>>) -> String {
        match (&setting.value, &setting.from) {
            (Some(Self::In(path)), _) => format!("in {}", path.display()),
            (Some(Self::Said(_)), Origin::Environment(_)) => "set".to_owned(),
            _ => "none".to_owned(),
        }
    }
}

/// What the address of a mail server says.
struct Place {
    host: String,
    port: u16,
    security: Security,
    user: Option<String>,
}

impl Place {
    fn read(text: &str) -> Result<Self, (&'static str, &'static str)> {
        const HINT: &str = "write it as smtps://USER@HOST or smtp://USER@HOST:PORT";
        let url = Url::parse(text).map_err(|_| ("this is no address", HINT))?;
        if url.password().is_some() {
            return Err((
                "a password stands in its address, where others see it",
                "write it into a file of its own and name that with --smtp-password-file",
            ));
        }
        let host = url.host_str().ok_or(("no host is named", HINT))?;
        let host = host.trim_matches(['[', ']']);
        let is_plain = match url.query() {
            None => false,
            Some("tls=none") => true,
            Some(_) => return Err(("after ? only tls=none may stand", HINT)),
        };
        // Of such schemes the parser takes numbers for a name.
        let is_here = host == "localhost"
            || host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        let (security, usual) = match (url.scheme(), is_plain) {
            ("smtps", false) => (Security::Implicit, 465),
            ("smtp", false) => (Security::StartTls, 587),
            ("smtp", true) if is_here => (Security::None, 25),
            ("smtp", true) => {
                return Err((
                    "unencrypted mail goes to a mail server on this machine only",
                    "take ?tls=none away, or name 127.0.0.1",
                ));
            }
            _ => return Err(("it begins with neither smtp:// nor smtps://", HINT)),
        };
        let user = Some(url.username()).filter(|user| !user.is_empty());
        let user = user.map(|user| unescaped(user).ok_or(("the user name is not UTF-8", HINT)));
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(usual),
            security,
            user: user.transpose()?,
        })
    }
}

/// A user name is often an address: its @ is written as %40.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
        (rest, bytes) = match (*first == b'%', byte) {
            (true, Some(byte)) => (
                after.get(2..).unwrap_or_default(),
                [bytes, vec![byte]].concat(),
            ),
            _ => (after, [bytes, vec![*first]].concat()),
        };
    }
    String::from_utf8(bytes).ok()
}

fn wrong(what: &str, hint: &str) -> CommandError {
    CommandError::new(Kind::Usage, what, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_the_way_is_encrypted() {
        let read = |text: &str| {
            Place::read(text).map(|place| (place.host, place.port, place.security, place.user))
        };
        let host = || "mail.example.org".to_owned();
        assert_eq!(
            read("smtps://steadfast%40example.org@mail.example.org"),
            Ok((
                host(),
                465,
                Security::Implicit,
                Some("steadfast@example.org".to_owned())
            ))
        );
        assert_eq!(
            read("smtp://mail.example.org:2525"),
            Ok((host(), 2525, Security::StartTls, None))
        );
        let here = "127.0.0.1".to_owned();
        assert_eq!(
            read("smtp://127.0.0.1:25?tls=none"),
            Ok((here, 25, Security::None, None))
        );
        for wrong in [
            "smtp://mail.example.org?tls=none",
            "smtps://127.0.0.1?tls=none",
            "smtp://maya:secret@mail.example.org",
            "smtp://mail.example.org?tls=maybe",
            "https://mail.example.org",
            "mail.example.org",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
