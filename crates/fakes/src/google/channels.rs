//! Push channels: who is told that something changed, until the channel expires, which nobody is told.

use super::refusal::{BAD, NOT_FOUND, NOT_HTTPS, Refusal};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// Seconds for which a channel is good if nobody says: a week.
const GOOD_FOR: i64 = 604_800;

/// A message to whoever watches. It says that something changed, and not what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// `X-Goog-Channel-ID`.
    pub channel: String,
    /// `X-Goog-Channel-Token`.
    pub token: String,
    /// `X-Goog-Resource-State`: `sync` at the beginning, then `exists`.
    pub state: &'static str,
    /// `X-Goog-Message-Number`: grows, with gaps.
    pub number: u64,
    /// Where it goes to.
    pub address: String,
}

#[derive(Debug)]
struct Channel {
    id: String,
    resource: String,
    calendar: String,
    token: String,
    address: String,
    until: Timestamp,
    number: u64,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Channels {
    open: Vec<Channel>,
    pub(super) pushes: Vec<Push>,
    /// How many of the next messages are lost.
    pub(super) lost: usize,
    made: u64,
}

impl Channels {
    /// `events.watch`.
    pub(super) fn watch(
        &mut self,
        calendar: &str,
        body: &Value,
        now: Timestamp,
    ) -> Result<Value, Refusal> {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let id = text("id").filter(|id| !id.is_empty()).ok_or(BAD)?;
        let address = text("address").ok_or(BAD)?;
        if !matches!(text("type"), Some("web_hook" | "webhook"))
            || self.open.iter().any(|open| open.id == id)
        {
            return Err(BAD);
        }
        if !address.starts_with("https://") {
            return Err(NOT_HTTPS);
        }
        let longest = now
            .saturating_add(SignedDuration::from_secs(GOOD_FOR))
            .unwrap_or(now);
        let asked = text("expiration").and_then(|text| text.parse().ok());
        let asked = asked.and_then(|at| Timestamp::from_millisecond(at).ok());
        let until = asked.unwrap_or(longest).min(longest);
        self.made += 1;
        let channel = Channel {
            id: id.to_owned(),
            resource: format!("resource{}", self.made),
            calendar: calendar.to_owned(),
            token: text("token").unwrap_or_default().to_owned(),
            address: address.to_owned(),
            until,
            number: 1,
        };
        self.pushes.push(push(&channel, "sync"));
        let answer = json!({
            "kind": "api#channel", "id": channel.id, "resourceId": channel.resource, "token": channel.token,
            "resourceUri": format!("https://www.googleapis.com/calendar/v3/calendars/{calendar}/events?alt=json"),
            "expiration": until.as_millisecond().to_string(),
        });
        self.open.push(channel);
        Ok(answer)
    }

    /// `channels.stop`.
    pub(super) fn stop(&mut self, body: &Value) -> Result<(), Refusal> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let known = self.open.len();
        self.open
            .retain(|open| open.id != text("id") || open.resource != text("resourceId"));
        if self.open.len() < known {
            Ok(())
        } else {
            Err(NOT_FOUND)
        }
    }

    /// The calendars of those that are open, by name.
    pub(super) fn watched(&self, now: Timestamp) -> Vec<String> {
        let open = self.open.iter().filter(|open| now < open.until);
        let mut calendars: Vec<String> = open.map(|open| open.calendar.clone()).collect();
        calendars.sort();
        calendars
    }

    /// Something changed in a calendar.
    pub(super) fn tell(&mut self, calendar: &str, now: Timestamp) {
        self.open.retain(|open| now < open.until);
        for open in self
            .open
            .iter_mut()
            .filter(|open| open.calendar == calendar)
        {
            // Numbers have gaps.
            open.number += 3;
            if self.lost > 0 {
                self.lost -= 1;
            } else {
                self.pushes.push(push(open, "exists"));
            }
        }
    }
}

fn push(channel: &Channel, state: &'static str) -> Push {
    Push {
        channel: channel.id.clone(),
        token: channel.token.clone(),
        state,
        number: channel.number,
        address: channel.address.clone(),
    }
}
