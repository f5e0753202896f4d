//! Whether a mail in somebody's name may still go, and one that offers times to pick from.

use super::forms::How;
use super::step::{Desk, Not};
use crate::server::ServerError;
use crate::server::guard;
use crate::server::mail::Mail;
use steadfast_store::{Accounts, Facts, Intents, Jobs};

impl<S> Desk<'_, S>
where
    S: Accounts + Facts + Intents + Jobs,
{
    /// Whether its sender's policy lets it go.
    pub(super) async fn may(
        &self,
        ahead: &guard::Ahead,
        text: &str,
        proposes: Option<guard::Proposes<'_>>,
    ) -> Result<Result<(), Not>, ServerError> {
        let asked = guard::Mail {
            deed: &self.letter.deed,
            to: &self.letter.to,
            text,
            was_sent: self.was_sent(),
            proposes,
        };
        match guard::may_mail(self.store, &self.viewer, ahead, self.now(), asked).await {
            Ok(()) => Ok(Ok(())),
            Err(ServerError::Input(why, _)) => Ok(Err(Not::SoAnyMore(why))),
            Err(ServerError::NotFound) => {
                let why = "there is no such 1:1 any more";
                Ok(Err(Not::SoAnyMore(why.to_owned())))
            }
            Err(error) => Err(error),
        }
    }

    /// A mail that offers times, if it is so still, to the byte that was read.
    pub(super) async fn to_pick(
        &self,
        ahead: &guard::Ahead,
        ready: guard::Ready,
    ) -> Result<Result<Mail, Not>, ServerError> {
        let (viewer, letter) = (&self.viewer, &self.letter);
        if ready.mark != letter.mark {
            let why = "it would not be to the word what you read";
            return Ok(Err(Not::SoAnyMore(why.to_owned())));
        }
        if let Err(not) = self.may(ahead, &ready.text, None).await? {
            return Ok(Err(not));
        }
        Ok(Ok(Mail {
            to: letter.to.clone(),
            id: letter.id.clone(),
            at: letter.at,
            subject: ready.subject,
            text: ready.text,
            html: None,
            off: None,
            reply_to: Some(viewer.person().to_owned()),
            calendar: None,
        }))
    }

    /// Whether one about the same to the same went out before.
    fn was_sent(&self) -> bool {
        let mut letters = self.state.letters.iter();
        letters.any(|letter| {
            let is_sent = matches!(letter.end, Some((_, How::Sent, ..)));
            is_sent && letter.deed == self.letter.deed && letter.to == self.letter.to
        })
    }
}
