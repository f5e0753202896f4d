//! A CalDAV server with one calendar, as good or bad as a test wants it.

use crate::common::{Keeper, as_maya, calendar};
use crate::scripted::{Answer, Asked, Scripted};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// What a server says that does not know a token.
pub(crate) const UNKNOWN_TOKEN: &str = "<d:error xmlns:d=\"DAV:\"><d:valid-sync-token/></d:error>";

/// A kind of request, and what is answered to it for once.
pub(crate) type Instead = (&'static str, fn() -> Answer);

/// What a server holds, and how it behaves. Versions count up, and tokens are versions.
#[derive(Default)]
pub(crate) struct State {
    /// By name: the version it came with, its summary; without one it is deleted.
    pub(crate) objects: BTreeMap<String, (u32, Option<String>)>,
    pub(crate) version: u32,
    /// Results per answer.
    pub(crate) page: usize,
    /// Whether a cut answer says so.
    pub(crate) tells_cut: bool,
    /// What is answered to a token below this one.
    pub(crate) oldest: u32,
    pub(crate) to_old: Option<fn() -> Answer>,
    /// No sync-collection, and no tokens.
    pub(crate) no_tokens: bool,
    /// No getctag either.
    pub(crate) no_ctag: bool,
    pub(crate) no_etags: bool,
    /// Tokens are seconds, in which something may still happen, and ETags begin anew with every object.
    pub(crate) clock: bool,
    pub(crate) weak: bool,
    /// Objects that answer every request by an error.
    pub(crate) broken: Vec<String>,
    /// The requests of one kind that are answered otherwise.
    pub(crate) instead: Vec<Instead>,
}

/// A server with one calendar at `/cal/`.
pub(crate) struct Server {
    pub(crate) scripted: Scripted,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            page: 1000,
            tells_cut: true,
            ..State::default()
        }));
        let held = Arc::clone(&state);
        let scripted = Scripted::start(move |asked| held.lock().expect("a state").answer(asked));
        Self { scripted, state }
    }

    pub(crate) fn with(names: &[&str]) -> Self {
        let server = Self::start();
        for name in names {
            server.state().put(name, name);
        }
        server
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("a state")
    }

    pub(crate) fn keeper(&self) -> Keeper {
        let mut options = as_maya();
        options.limits.page = 2;
        Keeper::new(&self.scripted.url("/cal/"), &options)
    }

    /// The kinds of requests since the last call, in a row.
    pub(crate) fn asked(&self, since: &mut usize) -> Vec<String> {
        let all = self.scripted.asked();
        let new = all[*since..].to_vec();
        *since = all.len();
        new
    }
}

impl State {
    pub(crate) fn put(&mut self, name: &str, summary: &str) {
        self.version += 1;
        let object = (self.version, Some(summary.to_owned()));
        self.objects.insert(name.to_owned(), object);
    }

    pub(crate) fn delete(&mut self, name: &str) {
        self.version += 1;
        self.objects.insert(name.to_owned(), (self.version, None));
    }

    fn etag(&self, version: u32) -> String {
        let weak = if self.weak { "W/" } else { "" };
        if self.no_etags {
            return String::new();
        }
        if self.clock {
            return "<d:getetag>\"gcs00000000\"</d:getetag>".to_owned();
        }
        format!("<d:getetag>{weak}\"{version}\"</d:getetag>")
    }

    fn answer(&mut self, asked: &Asked) -> Answer {
        let kind = kind(asked);
        let says = |token: &str| {
            let element = format!("<d:sync-token>{token}</d:sync-token>");
            asked.body.contains(&element)
        };
        let is_this = |of: &str| {
            of == kind
                || of == "everything" && says("")
                || of.strip_prefix("since ").is_some_and(says)
        };
        if let Some((_, answer)) = self.instead.iter().find(|(of, _)| is_this(of)) {
            return answer();
        }
        match kind {
            "what" => {
                let token = self.token(self.version);
                let ctag = format!("<cs:getctag>{}</cs:getctag>", self.version);
                let marks = match (self.no_tokens, self.no_ctag) {
                    (false, _) => token,
                    (true, false) => ctag,
                    (true, true) => String::new(),
                };
                Answer::multistatus(&found("/cal/", &format!("{CALENDAR}{marks}")))
            }
            "sync" if self.no_tokens => Answer::status(501),
            "sync" => self.sync(asked),
            "members" | "query" => {
                let there = self.objects.iter().filter(|(_, (_, text))| text.is_some());
                let items =
                    there.map(|(name, (version, _))| found(&path(name), &self.etag(*version)));
                Answer::multistatus(&(found("/cal/", CALENDAR) + &items.collect::<String>()))
            }
            "multiget" => {
                let items = hrefs(asked).into_iter().map(|href| self.object(&href));
                Answer::multistatus(&items.collect::<String>())
            }
            _ => {
                let name = asked.path.trim_start_matches("/cal/");
                match self.objects.get(name) {
                    _ if self.broken.iter().any(|broken| broken == name) => Answer::status(500),
                    Some((_, Some(text))) => Answer::ok(calendar(name, text)),
                    _ => Answer::status(404),
                }
            }
        }
    }

    fn object(&self, href: &str) -> String {
        let name = href.trim_start_matches("/cal/");
        match self.objects.get(name) {
            _ if self.broken.iter().any(|broken| broken == name) => only(href, 500),
            Some((version, Some(text))) => {
                let data = format!(
                    "<c:calendar-data>{}</c:calendar-data>",
                    calendar(name, text)
                );
                found(href, &(self.etag(*version) + &data))
            }
            _ => only(href, 404),
        }
    }

    fn sync(&self, asked: &Asked) -> Answer {
        let token = asked
            .body
            .split_once("<d:sync-token>")
            .and_then(|(_, rest)| rest.split_once("</d:sync-token>"))
            .map(|(token, _)| token)
            .expect("a token");
        let mut since = token.trim_start_matches("t-").parse().unwrap_or(0);
        if !token.is_empty() && since < self.oldest {
            match self.to_old {
                Some(answer) => return answer(),
                // As SOGo and DAViCal: everything, and nothing of what is gone.
                None => since = 0,
            }
        }
        let mut new: Vec<_> = self.objects.iter().collect();
        let since = if self.clock {
            since.saturating_sub(1)
        } else {
            since
        };
        new.retain(|(_, (version, text))| *version > since && (since > 0 || text.is_some()));
        new.sort_by_key(|(_, (version, _))| *version);
        let cut = new.len() > self.page;
        new.truncate(self.page);
        let last = new.last().filter(|_| cut);
        let next = last.map_or(self.version, |(_, (version, _))| *version);
        let items = new.iter().map(|(name, (version, text))| match text {
            Some(_) => found(&path(name), &self.etag(*version)),
            None => only(&path(name), 404),
        });
        let mut text: String = items.collect();
        if cut && self.tells_cut {
            text += &only("/cal/", 507);
        }
        Answer::multistatus(&(text + &self.token(next)))
    }

    fn token(&self, version: u32) -> String {
        let before = if self.clock { "" } else { "t-" };
        format!("<d:sync-token>{before}{version}</d:sync-token>")
    }
}

fn path(name: &str) -> String {
    format!("/cal/{name}")
}

/// A response element with found properties.
pub(crate) fn found(href: &str, properties: &str) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:propstat><d:prop>{properties}</d:prop>\
         <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )
}

/// A response element with an object's content, and no ETag.
pub(crate) fn data(href: &str, text: &str) -> String {
    found(href, &format!("<c:calendar-data>{text}</c:calendar-data>"))
}

/// A response element that says only a status.
pub(crate) fn only(href: &str, status: u16) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 {status} x</d:status></d:response>"
    )
}

pub(crate) const CALENDAR: &str = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>";

/// What a request is, in a word.
pub(crate) fn kind(asked: &Asked) -> &'static str {
    let all = [
        ("calendar-query", "query"),
        ("calendar-multiget", "multiget"),
        ("sync-collection", "sync"),
        ("current-user-principal", "what"),
        ("getcontenttype", "members"),
    ];
    all.iter()
        .find(|(word, _)| asked.body.contains(word))
        .map_or("get", |(_, kind)| kind)
}

/// The hrefs in a multiget.
pub(crate) fn hrefs(asked: &Asked) -> Vec<String> {
    let parts = asked.body.split("<d:href>").skip(1);
    parts
        .filter_map(|part| part.split("</d:href>").next().map(str::to_owned))
        .collect()
}
