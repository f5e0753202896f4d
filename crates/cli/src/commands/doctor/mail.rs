//! The mail server: reached, encrypted and signed in to; nothing is sent.

use super::examine::{Found, is_open_to_others};
use crate::settings::{Password, Settings};
use steadfast_connect::mail::{self, Stage};
use tokio::task::spawn_blocking;

pub(super) async fn examine(settings: &Settings, found: &mut Found) {
    if let Some(Password::In(file)) = &settings.mail.password.value
        && is_open_to_others(file)
    {
        let shown = file.display();
        found.wrong(
            "smtp_password_open",
            format!("{shown} can be read by others than its owner"),
            format!("chmod 600 {shown}"),
        );
    }
    let server = match settings.mail.server(settings.trust.value.clone()) {
        Ok(Some((server, _))) => server,
        Ok(None) => return found.stands("mail", "none is sent"),
        Err(error) => return found.wrong("smtp", error.what, error.hint),
    };
    match spawn_blocking(move || mail::check(&server)).await {
        Ok(Ok(())) => found.stands("mail", "the mail server lets this one in"),
        Ok(Err(error)) => {
            found.stands("mail", "the mail server does not let this one in");
            let because = if error.because.is_empty() {
                String::new()
            } else {
                format!(": {}", error.because)
            };
            let todo = match error.stage {
                Stage::SignIn => "see the user name in --smtp and the password in its file",
                Stage::Encrypt => {
                    "see that it speaks TLS the way --smtp says (smtps:// at once, smtp:// after STARTTLS), and --trust"
                }
                _ => "see host and port in --smtp, and that this machine may reach them",
            };
            found.wrong("smtp", format!("{error}{because}"), todo);
        }
        Err(_) => found.wrong("smtp", "the look at the mail server broke off", "try again"),
    }
}
