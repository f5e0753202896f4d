//! How the server sends mail: lent by the program, like everything outside.

use crate::free_busy;
use crate::ledger;
use crate::me::Me;
use crate::server::Server;
use crate::world::World;
use std::future::Future;
use std::pin::Pin;
use steadfast_app::server::ServerError;
use steadfast_app::server::chat::Message;
use steadfast_app::server::guard::{self, ToPick};
use steadfast_app::server::imip;
use steadfast_app::server::mail::{self, Lent, Mail, Office, Post, Posted, Step};
use steadfast_calendar::Instant;

/// What will have come of sending.
pub type Posting = Pin<Box<dyn Future<Output = Posted> + Send>>;

/// Sends mail; see [`Post`].
pub trait Posts: Send + Sync {
    /// [`Post::post`].
    fn post(&self, mail: Mail) -> Posting;
}

/// Posts messages to chats; see [`Post`].
pub trait Chats: Send + Sync {
    /// [`Post::chat`].
    fn chat(&self, message: Message) -> Posting;
}

/// How people are told something beside their page, and from where that comes.
pub struct Mailing {
    /// Who sends mail; `None`: there is no mail server.
    pub posts: Option<Box<dyn Posts>>,
    /// Who posts to chats.
    pub chats: Box<dyn Chats>,
    /// From where.
    pub office: Office,
}

impl Post for Mailing {
    async fn post(&self, mail: &Mail) -> Posted {
        match &self.posts {
            Some(posts) => posts.post(mail.clone()).await,
            None => Posted::Later {
                why: "there is no mail server".to_owned(),
            },
        }
    }

    async fn chat(&self, message: &Message) -> Posted {
        self.chats.chat(message.clone()).await
    }

    fn has_mail(&self) -> bool {
        self.posts.is_some()
    }
}

/// Whether this server sends mail.
pub(crate) fn is_sent(world: &World) -> bool {
    world.mail.as_ref().is_some_and(Post::has_mail)
}

/// Takes the tap of whoever read what is mailed in their name: of which deed, and the mark of what was shown.
pub(crate) async fn approve(
    server: &Server,
    me: &Me,
    (deed, mark): (&str, &str),
) -> Result<usize, ServerError> {
    let (store, world, viewer) = (&server.0.store, &server.0.world, me.0.viewer());
    let Some(office) = office(world) else {
        // Whose it is comes first: of what is somebody else's not even this is said.
        imip::preview(store, viewer, deed, None, world.instant()).await?;
        return Err(no_mail());
    };
    let ahead = ledger::ahead(server, viewer).await?;
    let about = (deed, mark);
    imip::approve(store, viewer, &ahead, office, world.instant(), about).await
}

/// What would be mailed to a report who has not joined, that they may pick a time.
pub(crate) async fn to_pick(
    server: &Server,
    me: &Me,
    about: (&str, Instant),
) -> Result<ToPick, ServerError> {
    let (store, world, viewer) = (&server.0.store, &server.0.world, me.0.viewer());
    // The times are those of the card that the way to here stands on.
    let ahead = free_busy::deciding(server, viewer, ledger::ahead(server, viewer).await?).await;
    // Whose 1:1 it is comes first.
    let places = (&world.keyring, office(world).unwrap_or(&NOWHERE));
    let shown = guard::to_pick(store, places, viewer, &ahead, world.instant(), about).await?;
    office(world).map(|_| shown).ok_or_else(no_mail)
}

/// Takes the tap of whoever read it: the 1:1, the promise, and the mark of what was shown.
pub(crate) async fn approve_pick(
    server: &Server,
    me: &Me,
    about: (&str, Instant, &str),
) -> Result<(), ServerError> {
    let (store, world, viewer) = (&server.0.store, &server.0.world, me.0.viewer());
    let Some(office) = office(world) else {
        // Whose 1:1 it is comes first.
        to_pick(server, me, (about.0, about.1)).await?;
        return Err(no_mail());
    };
    let ahead = free_busy::deciding(server, viewer, ledger::ahead(server, viewer).await?).await;
    let (places, now) = ((&world.keyring, office), world.instant());
    guard::approve_pick(store, places, viewer, &ahead, now, about).await
}

/// Stands for a server that sends no mail: what would be mailed is not shown there.
static NOWHERE: Office = Office {
    address: String::new(),
    domain: String::new(),
    from: String::new(),
};

/// From where mail goes, where this server sends any.
fn office(world: &World) -> Option<&Office> {
    let way = world.mail.as_ref().filter(|way| way.has_mail());
    way.map(|way| &way.office)
}

fn no_mail() -> ServerError {
    ServerError::Input(
        "this server sends no mail".to_owned(),
        "tell them yourself, or ask whoever runs it to give it a mail server".to_owned(),
    )
}

impl Server {
    /// Sends one mail in somebody's name, if one is due; gives whether one was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tell(&self) -> Result<bool, ServerError> {
        let server = self.clone();
        ledger::apart(async move || {
            let (store, world) = (&server.0.store, &server.0.world);
            let chance = || world.chance();
            let machine = world.machine(&chance);
            let Some(post) = world.mail.as_ref().filter(|way| way.has_mail()) else {
                return imip::pass(store, machine).await;
            };
            let lent = imip::Lent {
                post,
                eyes: world,
                office: &post.office,
                keyring: &world.keyring,
                program: &world.program,
            };
            let step = imip::step(store, &lent, machine).await?;
            if let Some(line) = told(step) {
                (world.log)(&line);
            }
            Ok(step != imip::Step::Idle)
        })
        .await
    }

    /// Sends one mail, if one is due; gives whether one was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn mail(&self) -> Result<bool, ServerError> {
        let server = self.clone();
        ledger::apart(async move || {
            let (store, world) = (&server.0.store, &server.0.world);
            let chance = || world.chance();
            let machine = world.machine(&chance);
            let Some(post) = &world.mail else {
                return mail::pass(store, machine).await;
            };
            let lent = Lent {
                post,
                office: &post.office,
                keyring: &world.keyring,
                program: &world.program,
                noted: &server.0.noted,
            };
            let step = mail::step(store, &lent, machine).await?;
            if let Some(line) = line(step) {
                (world.log)(&line);
            }
            Ok(step != Step::Idle)
        })
        .await
    }
}

/// What whoever runs the server reads of it: that a mail went or did not, and nothing of whom or what.
fn line(step: Step) -> Option<String> {
    match step {
        Step::Idle | Step::Nothing => None,
        Step::Sent => Some("mail.sent".to_owned()),
        Step::Again => Some("mail.later".to_owned()),
        Step::GivenUp => Some("mail.given_up".to_owned()),
        Step::Refused(Some(code)) => Some(format!("mail.refused response.code={code}")),
        Step::Refused(None) => Some("mail.refused".to_owned()),
    }
}

/// The same of mail in somebody's name.
fn told(step: imip::Step) -> Option<String> {
    match step {
        imip::Step::Idle => None,
        imip::Step::Sent => Some("imip.sent".to_owned()),
        imip::Step::Dropped => Some("imip.dropped".to_owned()),
        imip::Step::Again => Some("imip.later".to_owned()),
        imip::Step::GivenUp => Some("imip.given_up".to_owned()),
        imip::Step::Refused(Some(code)) => Some(format!("imip.refused response.code={code}")),
        imip::Step::Refused(None) => Some("imip.refused".to_owned()),
    }
}
