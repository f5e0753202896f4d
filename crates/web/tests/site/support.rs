//! A server with a clock that stands where a test puts it, and browsers to ask it with.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use futures_util::StreamExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use steadfast_app::server::chat::Message;
use steadfast_app::server::demo;
use steadfast_app::server::ledger::{Document, Offered};
use steadfast_app::server::mail::{Mail, Office, Posted};
use steadfast_app::server::sync::{
    Access, Channel, Found, FoundCalendar, NewChannel, News, Object, Trouble, Watched,
};
use steadfast_store::seal::Keyring;
use steadfast_store::{Micros, Store};
use steadfast_web::{
    Argon2Passwords, Chats, Demo, Mailing, Posting, Posts, Server, Watches, Watching, World,
};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const DAY: i64 = 86_400 * SECOND;
pub(crate) const PASSWORD: &str = "correct horse battery";

/// What stands at addresses.
type Calendars = Arc<std::sync::Mutex<std::collections::HashMap<String, String>>>;

/// What a mail server took.
pub(crate) type Taken = Arc<std::sync::Mutex<Vec<Mail>>>;

/// A mail server.
struct Takes(Taken);

/// A chat that takes messages at addresses that hold "secret".
struct TakesSecrets;

impl Chats for TakesSecrets {
    fn chat(&self, message: Message) -> Posting {
        let posted = if message.address.contains("secret") {
            Posted::Taken
        } else {
            Posted::Refused { code: Some(404) }
        };
        Box::pin(async move { posted })
    }
}

/// A Google on which no calendar can be watched.
struct OpensNone;

impl Watches for OpensNone {
    fn watchable(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn watch(&self, _: Access, _: Vec<NewChannel>, _: Vec<Channel>) -> Watching {
        Box::pin(async { Watched::default() })
    }
}

impl Posts for Takes {
    fn post(&self, mail: Mail) -> Posting {
        self.0.lock().unwrap().push(mail);
        Box::pin(async { Posted::Taken })
    }
}

/// A server of its own.
pub(crate) struct Site {
    pub(crate) server: Server,
    pub(crate) store: Store,
    clock: Arc<AtomicI64>,
    pub(crate) log: Arc<std::sync::Mutex<Vec<String>>>,
    calendars: Calendars,
    _folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The session cookie that was set, as a browser would send it.
    pub(crate) fn cookie(&self) -> String {
        let set = self.header("set-cookie");
        set.split(';').next().unwrap_or_default().to_owned()
    }
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::with(None).await
    }

    pub(crate) async fn with(demo: Option<Demo>) -> Self {
        Self::made(demo, None).await
    }

    /// One that is given a mail server, which takes everything; and what it took.
    pub(crate) async fn mailing() -> (Self, Taken) {
        let taken = Taken::default();
        let mail = mailing_to(&taken);
        (Self::made(None, Some(mail)).await, taken)
    }

    /// One with a key of an organisation at Google that opens the calendars of example.com, and that Google may tell what
    /// changed.
    pub(crate) async fn by_key() -> Self {
        Self::lent(None, |world| World {
            watches: Some(Box::new(OpensNone)),
            domains: vec!["example.com".to_owned()],
            ..world
        })
        .await
    }

    async fn made(demo: Option<Demo>, mail: Option<Mailing>) -> Self {
        Self::lent(demo, |world| World { mail, ..world }).await
    }

    /// One to which something else of the world is lent.
    pub(crate) async fn lent(demo: Option<Demo>, lend: impl FnOnce(World) -> World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("store.db").display());
        let store = Store::open(&address).await.unwrap();
        let clock = Arc::new(AtomicI64::new(demo::now().seconds() * SECOND));
        let log = Arc::new(std::sync::Mutex::new(Vec::new()));
        let calendars = Calendars::default();
        let world = lend(world(clock.clone(), log.clone(), calendars.clone()));
        let passwords = Argon2Passwords::new([7; 16]).unwrap();
        Self {
            server: Server::new(store.clone(), world, passwords, demo),
            store,
            clock,
            log,
            calendars,
            _folder: folder,
        }
    }

    /// From now on a calendar that says `text` stands at `address`; nothing does without one.
    pub(crate) fn stands(&self, address: &str, text: Option<&str>) {
        let mut all = self.calendars.lock().unwrap();
        match text {
            Some(text) => all.insert(address.to_owned(), text.to_owned()),
            None => all.remove(address),
        };
    }

    /// Today, in UTC.
    pub(crate) fn server_day(&self) -> String {
        let seconds = self.clock.load(Ordering::Relaxed) / SECOND;
        let now = steadfast_calendar::Instant::from_seconds(seconds);
        now.date(&jiff::tz::TimeZone::UTC).to_string()
    }

    /// Lets time go by.
    pub(crate) fn seconds(&self) -> i64 {
        self.clock.load(Ordering::Relaxed) / SECOND
    }

    /// From now on it is so much later.
    pub(crate) fn wait(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::Relaxed);
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.server.router().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let bytes = if kind.is_some_and(|kind| kind == "text/event-stream") {
            // It goes on for ever; its beginning is what is looked at.
            let first = body.into_data_stream().next().await;
            first.unwrap().unwrap()
        } else {
            to_bytes(body, usize::MAX).await.unwrap()
        };
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(request("GET", path, cookie).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form from a page of this server.
    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let request = request("POST", path, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded(form)))
            .unwrap();
        self.send(request).await
    }

    /// Drops a file on the first page.
    pub(crate) async fn upload(&self, cookie: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"calendar\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let request = request("POST", "/start", cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sets the server up as Maya; gives her cookie.
    pub(crate) async fn set_up(&self) -> String {
        let path = self.server.set_up_path().await.unwrap().unwrap();
        let answer = self
            .post(
                &path,
                "",
                &[
                    ("organisation", "Acme"),
                    ("name", "Maya"),
                    ("email", "maya@example.com"),
                    ("password", PASSWORD),
                ],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie()
    }

    /// Invites an address as whoever has that cookie; gives the path of the link.
    pub(crate) async fn invite(&self, cookie: &str, email: &str) -> String {
        let answer = self
            .post("/invite", cookie, &[("email", email), ("text", "Join us")])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let (_, after) = answer.body.split_once("/invitations/").unwrap();
        let token: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
        format!("/invitations/{token}")
    }

    /// Invites and joins; gives the new cookie.
    pub(crate) async fn join(&self, cookie: &str, email: &str, name: &str) -> String {
        let link = self.invite(cookie, email).await;
        let form = [("name", name), ("password", PASSWORD)];
        let answer = self.post(&link, "", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie()
    }
}

/// A mail server that takes everything; and what it took.
pub(crate) fn mailing_to(taken: &Taken) -> Mailing {
    Mailing {
        posts: Some(Box::new(Takes(taken.clone()))),
        chats: Box::new(TakesSecrets),
        office: Office {
            address: "https://steadfast.example.org".to_owned(),
            domain: "example.org".to_owned(),
            from: "steadfast@example.org".to_owned(),
        },
    }
}

/// A request as a browser sends it from a page of this server.
pub(crate) fn request(method: &str, path: &str, cookie: &str) -> axum::http::request::Builder {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:7373");
    if method == "POST" {
        request = request.header("sec-fetch-site", "same-origin");
    }
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    request
}

pub(crate) fn encoded(form: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let fields: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    fields.join("&")
}

/// What an address of an account begins with; every other one is a feed.
pub(crate) const ACCOUNTS: &str = "https://account.example/";

/// A feed that says that, or an account with one object in its one calendar.
fn found(text: String, address: &str) -> Found {
    let is_account = address.starts_with(ACCOUNTS);
    let named = |name: &str| {
        if is_account {
            name.to_owned()
        } else {
            String::new()
        }
    };
    let object = Object {
        href: named("one.ics"),
        lines: text.into_bytes(),
    };
    let calendar = FoundCalendar {
        id: named("/maya/work/"),
        name: String::new(),
        owner: None,
        news: News::Whole {
            objects: vec![object],
            kept: Vec::new(),
            blind: false,
        },
    };
    Found {
        calendars: vec![calendar],
        ..Found::default()
    }
}

fn nothing(address: &str) -> Trouble {
    Trouble {
        after: None,
        what: format!("nothing answers at {address}"),
        hint: "give another address".to_owned(),
        stops: false,
    }
}

fn world(
    clock: Arc<AtomicI64>,
    log: Arc<std::sync::Mutex<Vec<String>>>,
    calendars: Calendars,
) -> World {
    let drawn = AtomicU64::new(1);
    World {
        now: Box::new(move || Micros(clock.load(Ordering::Relaxed))),
        elapsed: Box::new(|| 0),
        random: Box::new(move |bytes| {
            // Never the same twice is all that a test needs of chance.
            for chunk in bytes.chunks_mut(8) {
                let next = drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                chunk.copy_from_slice(&next[..chunk.len()]);
            }
            Ok(())
        }),
        open: Box::new(|name, bytes| {
            Ok(Offered {
                documents: vec![Document {
                    label: name.to_owned(),
                    bytes,
                }],
                ..Offered::default()
            })
        }),
        ask: Box::new(move |access, _| {
            let said = calendars.lock().unwrap().get(&access.address).cloned();
            Box::pin(async move {
                let said = said.map(|text| found(text, &access.address));
                said.ok_or_else(|| nothing(&access.address))
            })
        }),
        writes: Box::new(steadfast_web::WritesNothing),
        google: None,
        watches: None,
        domains: Vec::new(),
        mail: None,
        keyring: Keyring::new("k", [7; 32]).unwrap(),
        every: 900 * SECOND,
        program: "test".to_owned(),
        node: "test".to_owned(),
        log: Box::new(move |line| log.lock().unwrap().push(line.to_owned())),
    }
}
