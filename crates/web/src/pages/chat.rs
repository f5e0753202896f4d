//! Where somebody is told in a chat instead of by mail: their webhook, tried before it is kept, and taken away again. It
//! stands on the page of mail to them, which chooses what is told and when.

use crate::form::{Field, Wrong, field};
use crate::limits::Tried;
use crate::me::Me;
use crate::pages::mail;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::chat::{self, Hook, Sort};
use steadfast_app::server::mail::{Channel, Wish, choose, chosen};

/// A webhook.
#[derive(Deserialize)]
pub(crate) struct Typed {
    sort: Sort,
    address: String,
}

/// Tries it, keeps it, and goes by it from now on.
pub(crate) async fn connect(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let (store, world) = (&server.0.store, &server.0.world);
    let tried = Tried::CalendarBy(me.0.account().to_owned());
    if !server.0.limits.allow(tried, world.now()) {
        return Err(Refusal::TooOften);
    }
    let Some(way) = &world.mail else {
        let said = Wrong::new(
            "this server cannot write to chats yet",
            "whoever runs it has to say where people open it (--address)",
        );
        return mail::answer(&server, &me, Some(&said)).await;
    };
    let hook = Hook {
        sort: typed.sort,
        address: typed.address.trim().to_owned(),
    };
    let there = (way, &way.office);
    match chat::connect(store, &world.keyring, me.0.viewer(), there, &hook).await {
        Ok(()) => go_by(&server, &me, Channel::Chat).await,
        Err(error) => match Wrong::of(&error) {
            Some(said) => mail::answer(&server, &me, Some(&said)).await,
            None => Err(error.into()),
        },
    }
}

/// Erases it; what there is to tell goes by mail again.
pub(crate) async fn disconnect(State(server): State<Server>, me: Me) -> Answered {
    // In this order: whatever breaks off, nobody is left with a way that is not there.
    let to = go_by(&server, &me, Channel::Mail).await?;
    chat::disconnect(&server.0.store, me.0.viewer()).await?;
    Ok(to)
}

async fn go_by(server: &Server, me: &Me, by: Channel) -> Answered {
    let (store, viewer) = (&server.0.store, me.0.viewer());
    let wish = Wish {
        by,
        ..chosen(store, viewer).await?.wish
    };
    choose(store, viewer, server.0.world.instant(), &wish).await?;
    Ok(Redirect::to("/mail").into_response())
}

/// What the page says of it.
pub(super) struct Standing {
    /// Whose chat it goes to, where it does.
    sort: Option<Sort>,
    /// Whether this server can write to chats at all.
    is_possible: bool,
}

impl Standing {
    pub(super) async fn of(server: &Server, me: &Me) -> Result<Self, ServerError> {
        let (store, world) = (&server.0.store, &server.0.world);
        Ok(Self {
            sort: chat::has_hook(store, &world.keyring, me.0.viewer()).await?,
            is_possible: world.mail.is_some(),
        })
    }

    /// The name of the chat that everything goes to; `None`: it goes by mail.
    pub(super) fn name(&self, by: Channel) -> Option<&'static str> {
        let sort = self.sort.filter(|_| by == Channel::Chat);
        sort.map(name)
    }

    pub(super) fn shown(&self, by: Channel) -> Markup {
        html! {
            section aria-labelledby="chat" {
                h2 id="chat" { "In a chat instead" }
                @if let Some(name) = self.name(by) {
                    p { "It goes to " (name) ", and not by mail." }
                    form method="post" action="/chat/away" { button { "Take the webhook away, and mail me again" } }
                } @else if self.is_possible {
                    (connecting())
                } @else {
                    p class="quiet" { "This server cannot write to chats: whoever runs it has not said where people open it." }
                }
            }
        }
    }
}

const fn name(sort: Sort) -> &'static str {
    match sort {
        Sort::Slack => "your Slack, Mattermost or Rocket.Chat",
        Sort::Teams => "your Microsoft Teams",
    }
}

fn connecting() -> Markup {
    let address = Field {
        name: "address",
        label: "Address of the webhook",
        kind: "url",
        value: "",
        autocomplete: "off",
        hint: "It is tried at once by a message that tells nothing, and kept sealed: whoever has it can write there.",
    };
    html! {
        p { "Each thing is then told there and not by mail: that one of your 1:1s was moved or is threatened, when it is, and a link. "
            b { "No names, and nothing of how it reads" } ": take a chat that only you read all the same." }
        details {
            summary { "How to get one" }
            p { "Slack: make an app of your own (api.slack.com/apps, “From scratch”), switch on “Incoming Webhooks”, add one to a "
                "direct message with yourself, and copy its address. Mattermost, Rocket.Chat: “Integrations”, “Incoming webhook”." }
            p { "Teams: in a chat with yourself, “Workflows”, “Send webhook alerts to a chat”, and copy the address at its end." }
        }
        form method="post" action="/chat" class="fields" {
            fieldset class="choices" {
                legend { "Whose it is" }
                @for (number, sort) in Sort::ALL.into_iter().enumerate() {
                    label {
                        input type="radio" name="sort" value=(sort.as_str()) checked[number == 0];
                        span { (match sort { Sort::Slack => "Slack, Mattermost or Rocket.Chat", Sort::Teams => "Microsoft Teams" }) }
                    }
                }
            }
            (field(&address))
            button { "Try it, and tell me there" }
        }
    }
}
