//! Microsoft Graph (v1.0), as far as a calendar is asked for, and Microsoft's OAuth 2.0.
//!
//! Several people with a mailbox each, who invite each other: an organiser's changes come into the copies of whoever is
//! invited, answers into the organiser's; what is cancelled stays with the others as cancelled. A series and its exceptions
//! share one change key and one moment, as they are one item to Exchange. `calendarView/delta` in pages, with links that are
//! forgotten (410) and what stands no more as `@removed`; ETags with If-Match; the permissions of a person, and of a program
//! in the mailboxes that it is confined to.
//!
//! It does not: filter, order, search or expand; tell on another clock than UTC; hold further or shared calendars; invite to
//! one instance alone; find times, send notices, or mail. Such requests get the status 501, so that no test passes by them.
//!
//! Every request to the API and every answer is held against Microsoft's own description ([`Graph::violations`]).

mod description;
mod oauth;
mod pattern;
mod read;
mod refusal;
mod world;
mod write;

pub use crate::faults::Fault;

use crate::faults::{self, Ways};
use crate::http::{Request, Response, Server};
use jiff::Timestamp;
use refusal::{NO_SCOPE, NO_TOKEN, NOT_FOUND, NOT_HERE, NOT_ME, Refusal};
use serde_json::{Value, json};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use world::{Mailbox, World};

/// A Graph on a free port of this machine. It stops when dropped. Its clock stands still but for [`Graph::pass`].
#[derive(Debug)]
pub struct Graph {
    server: Server,
    world: Arc<Mutex<World>>,
}

impl Graph {
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

    /// `http://127.0.0.1:PORT/`: below it are the API (`v1.0/`), and for any tenant the page (`common/oauth2/v2.0/authorize`)
    /// and `common/oauth2/v2.0/token`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.server.address)
    }

    /// Gives somebody a mailbox; the address in lower case.
    pub fn join(&self, address: &str) {
        let mailbox = Mailbox::default();
        self.world().mailboxes.insert(address.to_owned(), mailbox);
    }

    /// Registers a program that may ask people, and the address that they come back to.
    pub fn register(&self, client: &str, secret: &str, redirect: &str) {
        let known = (secret.to_owned(), redirect.to_owned());
        self.world()
            .allowed
            .clients
            .insert(client.to_owned(), known);
    }

    /// An administrator lets a registered program do that by itself (`Calendars.Read`, …), in these mailboxes or in all.
    pub fn consent(&self, client: &str, roles: &[&str], mailboxes: Option<&[&str]>) {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        let only = mailboxes.map(|only| only.iter().map(|one| (*one).to_owned()).collect());
        self.world()
            .programs
            .insert(client.to_owned(), (roles, only));
    }

    /// Somebody signs in in the browser at hand; on the page they allow at once. Nobody: they are asked and say no.
    pub fn sign_in(&self, address: Option<&str>) {
        self.world().allowed.signed_in = address.map(str::to_owned);
    }

    /// Somebody takes back whatever they allowed.
    pub fn take_back(&self, person: &str) {
        self.world().allowed.take_back(person);
    }

    /// All access tokens expire now.
    pub fn expire(&self) {
        self.world().allowed.expire();
    }

    /// All links of lists of a mailbox so far are forgotten.
    pub fn forget(&self, mailbox: &str) {
        self.world()
            .tokens
            .retain(|_, token| token.mailbox != mailbox);
    }

    /// From now on each mailbox is answered so many requests a minute of the clock, and no more.
    pub fn allow_a_minute(&self, requests: Option<usize>) {
        self.world().a_minute = requests;
    }

    /// What goes wrong with the next request that has `part` in its method and path (`GET /v1.0/me/…`).
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

    /// Lets the clock go on.
    pub fn pass(&self, seconds: i64) {
        self.world().pass(seconds);
    }

    /// Does one request below `v1.0/` as somebody, without a network or a token; status and body.
    pub fn ask(
        &self,
        person: &str,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut parts = vec!["v1.0".to_owned()];
        parts.extend(path.split('/').map(str::to_owned));
        let request = Request {
            method: method.to_owned(),
            path: parts,
            raw_path: format!("/v1.0/{path}"),
            query: url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            headers: Vec::new(),
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        };
        let response = api(&mut self.world(), &request, |_, _, _| Ok(person.to_owned()));
        let body = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        (response.status, body)
    }

    /// What in requests and answers was not as Microsoft describes it.
    pub fn violations(&self) -> Vec<String> {
        self.world().violations.clone()
    }

    /// The operations of the API that were called so far, in their order: `GET /me/events/{event-id}`, ….
    pub fn asked(&self) -> Vec<String> {
        self.world().asked.clone()
    }
}

/// What in `value` is not as Microsoft describes the shape `name` (`microsoft.graph.event`, …).
pub fn against_description(name: &str, value: &Value) -> Vec<String> {
    description::against_schema(name, value)
}

/// How Graph says what goes wrong.
const WAYS: Ways = Ways {
    items: "value",
    refused: |status, reason| Refusal::new(status, reason, "It goes wrong.").body(),
    too_often: "ApplicationThrottled",
    empty: |request| {
        let is_first = request.parameter("$skiptoken").is_none();
        is_first.then(|| json!({"value": [], "@odata.nextLink": read::link(request, &[])}))
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
        ("GET", [_, "oauth2", "v2.0", "authorize"]) => {
            crate::oauth::authorize(&mut world.allowed, world.now, request)
        }
        ("POST", [_, "oauth2", "v2.0", "token"]) => oauth::token(world, request),
        _ => api(world, request, |world, path, values| {
            whose(world, path, values, request)
        }),
    }
}

fn api(
    world: &mut World,
    request: &Request,
    whose: impl FnOnce(&World, &str, &[String]) -> Result<String, Refusal>,
) -> Response {
    let Some((operation, values)) = description::operation(request) else {
        let line = format!("{} {}: no such operation", request.method, request.raw_path);
        world.violations.push(line);
        return Response::json(404, &NOT_FOUND.body());
    };
    world
        .asked
        .push(format!("{} {}", request.method, operation.path));
    world.violations.extend(operation.request(request));
    let done = whose(world, operation.path, &values).and_then(|who| {
        world.spend(&who)?;
        call(world, &who, operation.path, &values, request)
    });
    let (status, body) = match done {
        Ok((status, body)) => (status, body),
        Err(refusal) => (refusal.status, Some(refusal.body())),
    };
    world
        .violations
        .extend(operation.answer(status, body.as_ref()));
    let mut response = match body {
        Some(body) => Response::json(status, &body),
        None => Response::nothing(status),
    };
    if status == 429 {
        let wait = 60 - world.now.as_second().rem_euclid(60);
        response.headers.push(("Retry-After", wait.to_string()));
    }
    response
}

/// Whose mailbox is asked for, if whoever asks may.
fn whose(
    world: &World,
    path: &str,
    values: &[String],
    request: &Request,
) -> Result<String, Refusal> {
    let token = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    let known = token.and_then(|token| world.allowed.whose(token, world.now));
    let (person, client, scopes) = known.ok_or(NO_TOKEN)?;
    if !oauth::opens(&scopes, request.method == "GET") {
        return Err(NO_SCOPE);
    }
    let named = path
        .starts_with("/users/")
        .then(|| values.first().cloned().unwrap_or_default());
    if !person.is_empty() {
        return match named {
            Some(named) if named != person => Err(NO_SCOPE),
            _ => Ok(person),
        };
    }
    let named = named.ok_or(NOT_ME)?;
    let only = world
        .programs
        .get(&client)
        .and_then(|(_, only)| only.as_ref());
    if only.is_some_and(|only| !only.contains(&named)) {
        return Err(NO_SCOPE);
    }
    Ok(named)
}

fn call(
    world: &mut World,
    who: &str,
    path: &str,
    values: &[String],
    request: &Request,
) -> Result<(u16, Option<Value>), Refusal> {
    let below = path
        .strip_prefix("/me")
        .or(path.strip_prefix("/users/{user-id}"));
    let event = values.last().map_or("", String::as_str);
    let given = |value| Ok((200, Some(value)));
    match (request.method.as_str(), below.ok_or(NOT_HERE)?) {
        ("GET", "/calendarView/microsoft.graph.delta()") => {
            read::delta(world, who, request).and_then(given)
        }
        ("GET", "/calendarView") => read::view(world, who, None, request).and_then(given),
        ("GET", "/events/{event-id}/instances") => {
            read::view(world, who, Some(event), request).and_then(given)
        }
        ("GET", "/events/{event-id}") => read::event(world, who, event, request).and_then(given),
        ("POST", "/events") => Ok((201, Some(write::create(world, who, request)?))),
        ("PATCH", "/events/{event-id}") => {
            write::change(world, who, event, request).and_then(given)
        }
        ("DELETE", "/events/{event-id}") => {
            write::delete(world, who, event, request).map(|()| (204, None))
        }
        ("POST", answer) => {
            let said = match answer.strip_prefix("/events/{event-id}/microsoft.graph.") {
                Some("accept") => "accepted",
                Some("decline") => "declined",
                Some("tentativelyAccept") => "tentativelyAccepted",
                _ => return Err(NOT_HERE),
            };
            write::answer(world, who, event, said, request)?;
            Ok((202, None))
        }
        _ => Err(NOT_HERE),
    }
}
