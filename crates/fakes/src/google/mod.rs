//! Google Calendar (API v3) and Google's OAuth 2.0, as far as they are asked.
//!
//! Several people with a calendar each (and further ones), who invite each other: an organiser's changes come into the
//! copies of whoever is invited, answers into the organiser's. Lists in pages, sync tokens (410 when forgotten), partial
//! answers, ETags with If-Match, push channels that expire. All of a series shares one ETag and one `updated`, and comes
//! into a list of changes together, as recorded of Google.
//!
//! It does not: expand series (`singleEvents`; of `events.instances` it knows the one that is asked for by `originalStart`),
//! search, filter by time, import, move, share calendars, answer free-busy queries, or send mail. Such requests get the status
//! 501, so that no test passes by them. Whether a series' rule gives the day of an instance is taken on the asker's word.
//!
//! Every request to the API and every answer is held against Google's own description ([`Google::violations`]).

mod channels;
mod description;
mod fields;
mod instance;
mod invite;
mod oauth;
mod read;
mod refusal;
mod service;
mod stage;
mod world;
mod write;

pub use crate::faults::Fault;
pub use channels::Push;

use crate::faults::{self, Ways};
use crate::http::{Request, Response, Server};
use jiff::Timestamp;
use refusal::{BAD, BAD_BODY, NO_SCOPE, NO_TOKEN, NOT_FOUND, NOT_HERE, Refusal};
use serde_json::{Value, json};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use steadfast_calendar::Event;
use world::{Calendar, World};

/// A Google on a free port of this machine. It stops when dropped. Its clock stands still but for [`Google::pass`] and
/// [`Google::set_clock`].
#[derive(Debug)]
pub struct Google {
    server: Server,
    world: Arc<Mutex<World>>,
}

impl Google {
    /// Starts one in which nobody is, at this moment of its own clock.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(now: Timestamp) -> io::Result<Self> {
        let world = Arc::new(Mutex::new(World::new(now)));
        let inside = Arc::clone(&world);
        let server = Server::start(move |request| {
            let mut world = inside.lock().unwrap_or_else(PoisonError::into_inner);
            answer(&mut world, request)
        })?;
        Ok(Self { server, world })
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `http://127.0.0.1:PORT/`: below it are the API (`calendar/v3/`), the page (`o/oauth2/v2/auth`), `token` and `revoke`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.server.address)
    }

    /// Gives somebody a calendar, in a time zone.
    pub fn join(&self, address: &str, zone: &str) {
        self.add_calendar(address, address, address, zone);
    }

    /// Gives somebody a further calendar.
    pub fn add_calendar(&self, owner: &str, id: &str, summary: &str, zone: &str) {
        let calendar = Calendar {
            owner: owner.to_owned(),
            summary: summary.to_owned(),
            zone: zone.to_owned(),
            ..Calendar::default()
        };
        self.world().calendars.insert(id.to_owned(), calendar);
    }

    /// Takes a calendar away, with all that is on it.
    pub fn remove_calendar(&self, id: &str) {
        self.world().calendars.remove(id);
    }

    /// Registers a program that may ask people, and the address that they come back to.
    pub fn register(&self, client: &str, secret: &str, redirect: &str) {
        let known = (secret.to_owned(), redirect.to_owned());
        self.world()
            .allowed
            .clients
            .insert(client.to_owned(), known);
    }

    /// Somebody signs in in the browser at hand; on the page they allow at once, but for the scopes that they untick.
    pub fn sign_in(&self, address: Option<&str>, unticked: &[&str]) {
        let allowed = &mut self.world().allowed;
        allowed.signed_in = address.map(str::to_owned);
        allowed.unticked = unticked.iter().map(|scope| (*scope).to_owned()).collect();
    }

    /// Allows a registered program something without a page; the refresh token.
    pub fn allow(&self, person: &str, client: &str, scopes: &[&str]) -> String {
        self.world().allowed.allow(person, client, scopes)
    }

    /// Lets a service account ask for the people of a domain, for these scopes; its key file.
    pub fn delegate(&self, domain: &str, scopes: &[&str]) -> String {
        let (email, service, file) = service::made(domain, scopes);
        self.world().services.insert(email, service);
        file
    }

    /// From now on each person is answered so many requests a minute of the clock, and no more.
    pub fn allow_a_minute(&self, requests: Option<usize>) {
        self.world().a_minute = requests;
    }

    /// Somebody takes back whatever they allowed.
    pub fn take_back(&self, person: &str) {
        self.world().allowed.take_back(person);
    }

    /// Whether anything that somebody allowed is still good.
    pub fn has_allowed(&self, person: &str) -> bool {
        self.world().allowed.has_any(person)
    }

    /// All access tokens expire now.
    pub fn expire(&self) {
        self.world().allowed.expire();
    }

    /// All sync tokens of a calendar so far are forgotten.
    pub fn forget(&self, calendar: &str) {
        let mut world = self.world();
        world.version += 1;
        let version = world.version;
        if let Some(calendar) = world.calendars.get_mut(calendar) {
            calendar.oldest_token = version;
        }
    }

    /// What goes wrong with the next request that has `part` in its method and path (`PATCH /calendar/v3/…`).
    pub fn fault(&self, part: &str, fault: Fault) {
        self.world().faults.add(part, fault);
    }

    /// How many faults still wait for their request.
    pub fn faults_left(&self) -> usize {
        self.world().faults.left()
    }

    /// Puts at most so many events on a page, whatever is asked for.
    pub fn page(&self, events: usize) {
        self.world().page = events;
    }

    /// Sets the clock.
    pub fn set_clock(&self, now: Timestamp) {
        self.world().now = now;
    }

    /// Lets the clock go on.
    pub fn pass(&self, seconds: i64) {
        self.world().pass(seconds);
    }

    /// Sets somebody's calendar to these events of iCalendar, as if its people had done it. With `shared_moments` all of a
    /// series says that it changed when any of it last did, as Google does; without, each says when itself did.
    pub fn stage(&self, owner: &str, events: &[Event], shared_moments: bool) {
        stage::stage(&mut self.world(), owner, events, shared_moments);
    }

    /// Does one request to the API as somebody, without a network or a token; status and body.
    pub fn ask(
        &self,
        person: &str,
        method: &str,
        path: &str,
        etag: Option<&str>,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut parts = vec!["calendar".to_owned(), "v3".to_owned()];
        parts.extend(path.split('/').map(str::to_owned));
        let query = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let request = Request {
            method: method.to_owned(),
            path: parts,
            raw_path: path.to_owned(),
            query,
            headers: etag
                .map(|etag| ("if-match".to_owned(), etag.to_owned()))
                .into_iter()
                .collect(),
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        };
        let response = api(&mut self.world(), &request, |_, _| Ok(person.to_owned()));
        let body = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        (response.status, body)
    }

    /// What in requests and answers was not as Google describes it.
    pub fn violations(&self) -> Vec<String> {
        self.world().violations.clone()
    }

    /// The methods of the API that were called so far, in their order.
    pub fn asked(&self) -> Vec<String> {
        self.world().asked.clone()
    }

    /// What was asked to be changed so far, each with whom it was to be told to (`sendUpdates`): `patch all`, `insert none`, ….
    pub fn changed(&self) -> Vec<String> {
        self.world().changed.clone()
    }

    /// The calendars of the push channels that are open, by name.
    pub fn watched(&self) -> Vec<String> {
        let world = self.world();
        world.channels.watched(world.now)
    }

    /// The messages of push channels so far.
    pub fn pushes(&self) -> Vec<Push> {
        self.world().channels.pushes.clone()
    }

    /// Loses the next so many messages of push channels.
    pub fn lose_pushes(&self, number: usize) {
        self.world().channels.lost = number;
    }
}

/// What in `value` is not as Google describes the shape `name` (`Event`, `Events`, `CalendarListEntry`, …).
pub fn against_description(name: &str, value: &Value) -> Vec<String> {
    description::against_schema(name, value)
}

/// How Google says what goes wrong.
const WAYS: Ways = Ways {
    items: "items",
    refused: |status, reason| Refusal::new(status, reason, "It goes wrong.").body(),
    too_often: "rateLimitExceeded",
    empty: |request| {
        let is_first = request.parameter("pageToken").is_none();
        is_first.then(|| json!({"items": [], "nextPageToken": read::first_page(request)}))
    },
};

fn answer(world: &mut World, request: &Request) -> Response {
    let asked = format!("{} {}", request.method, request.raw_path);
    let fault = world.faults.take(&asked);
    faults::play(fault, &WAYS, request, || routed(world, request))
}

fn routed(world: &mut World, request: &Request) -> Response {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match (request.method.as_str(), path.as_slice()) {
        ("GET", ["o", "oauth2", "v2", "auth"]) => {
            crate::oauth::authorize(&mut world.allowed, world.now, request)
        }
        ("POST", ["token"]) => oauth::token(world, request),
        ("POST", ["revoke"]) => oauth::revoke(world, request),
        _ => api(world, request, |world, method| {
            whose(world, request, method)
        }),
    }
}

/// Whose request it is, if they allowed it.
fn whose(world: &World, request: &Request, method: description::Method) -> Result<String, Refusal> {
    let token = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    let (person, _, scopes) = token
        .and_then(|token| world.allowed.whose(token, world.now))
        .ok_or(NO_TOKEN)?;
    if method.is_opened_by(&scopes) {
        Ok(person)
    } else {
        Err(NO_SCOPE)
    }
}

fn api(
    world: &mut World,
    request: &Request,
    whose: impl FnOnce(&World, description::Method) -> Result<String, Refusal>,
) -> Response {
    let Some((method, values)) = description::method(request) else {
        let line = format!("{} {}: no such method", request.method, request.raw_path);
        world.violations.push(line);
        return Response::json(404, &NOT_FOUND.body());
    };
    world.asked.push(method.id.to_owned());
    if let Some(name) = method
        .id
        .strip_prefix("calendar.events.")
        .filter(|_| request.method != "GET")
    {
        let told = request.parameter("sendUpdates").unwrap_or("none");
        world.changed.push(format!("{name} {told}"));
    }
    world.violations.extend(method.request(request));
    let done = whose(world, method).and_then(|person| {
        world.spend(&person)?;
        call(world, &person, method.id, &values, request)
    });
    let done = done.and_then(|body| match (body, request.parameter("fields")) {
        (Some(body), Some(fields)) => fields::chosen(body, fields).map(Some).ok_or(BAD),
        (body, _) => Ok(body),
    });
    match done {
        Ok(body) => {
            world.violations.extend(method.answer(body.as_ref()));
            match body {
                Some(body) => Response::json(200, &body),
                None => Response::nothing(204),
            }
        }
        Err(refusal) => Response::json(refusal.status, &refusal.body()),
    }
}

fn call(
    world: &mut World,
    person: &str,
    method: &str,
    values: &[(&'static str, String)],
    request: &Request,
) -> Result<Option<Value>, Refusal> {
    let value = |name: &str| {
        let found = values.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    };
    let (calendar, event) = (value("calendarId"), value("eventId"));
    let body = || serde_json::from_slice::<Value>(&request.body).map_err(|_| BAD_BODY);
    match method {
        "calendar.calendarList.list" => Ok(Some(read::calendars(world, person))),
        "calendar.calendarList.get" => read::calendar(world, person, calendar).map(Some),
        "calendar.events.list" => read::events(world, person, calendar, request).map(Some),
        "calendar.events.get" => read::event(world, person, calendar, event).map(Some),
        "calendar.events.instances" => {
            read::instances(world, person, calendar, event, request).map(Some)
        }
        "calendar.events.insert" => write::insert(world, person, calendar, request).map(Some),
        "calendar.events.patch" | "calendar.events.update" => {
            write::change(world, person, calendar, event, request).map(Some)
        }
        "calendar.events.delete" => {
            write::delete(world, person, calendar, event, request).map(|()| None)
        }
        "calendar.events.watch" => {
            let (calendar, _) = read::calendar_of(world, person, calendar)?;
            let now = world.now;
            world.channels.watch(&calendar, &body()?, now).map(Some)
        }
        "calendar.channels.stop" => world.channels.stop(&body()?).map(|()| None),
        _ => Err(NOT_HERE),
    }
}
