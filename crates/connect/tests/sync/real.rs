//! Real servers, seen alike. They have to be there: `cargo xtask test` installs them.

use crate::common::{Keeper, as_maya};
use std::time::Duration;
use steadfast_connect::sync::Round;
use steadfast_connect::{Options, Secret};
use steadfast_testkit::servers::{Cyrus, Davical, Radicale, Reply, Sogo, Xandikos};

/// A server with one user, `maya`.
pub(crate) enum Server {
    Radicale(Radicale),
    Cyrus(Cyrus),
    Xandikos(Xandikos),
    Sogo(Sogo),
    Davical(Davical),
}

impl Server {
    pub(crate) fn radicale() -> Self {
        Self::Radicale(Radicale::start(&["maya"]))
    }

    pub(crate) fn cyrus() -> Self {
        Self::Cyrus(Cyrus::start(&["maya"]))
    }

    pub(crate) fn xandikos() -> Self {
        Self::Xandikos(Xandikos::start(&["maya"]))
    }

    pub(crate) fn sogo() -> Self {
        Self::Sogo(Sogo::start(&["maya"]))
    }

    pub(crate) fn davical() -> Self {
        Self::Davical(Davical::start(&["maya"]))
    }

    /// Whether it can have forgotten a token. One whose tokens are moments never has: it tells of all that happened
    /// since, however long ago that was.
    pub(crate) fn forgets(&self) -> bool {
        !matches!(self, Self::Sogo(_))
    }

    /// Where her calendars are.
    pub(crate) fn home(&self) -> &'static str {
        match self {
            Self::Radicale(_) => "/maya/",
            Self::Cyrus(_) => "/dav/calendars/user/maya/",
            Self::Xandikos(_) => "/maya/calendars/",
            Self::Sogo(_) => "/SOGo/dav/maya/Calendar/",
            Self::Davical(_) => "/caldav.php/maya/",
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        let port = match self {
            Self::Radicale(server) => server.port,
            Self::Cyrus(server) => server.port,
            Self::Xandikos(server) => server.port,
            Self::Sogo(server) => server.port,
            Self::Davical(server) => server.port,
        };
        format!("http://127.0.0.1:{port}{path}")
    }

    fn request(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
        let path = format!("{}{path}", self.home());
        match self {
            Self::Radicale(server) => server.request(method, &path, "maya", headers, body),
            Self::Cyrus(server) => server.request(method, &path, "maya", headers, body),
            Self::Xandikos(server) => server.request(method, &path, "maya", headers, body),
            Self::Sogo(server) => server.request(method, &path, "maya", headers, body),
            Self::Davical(server) => server.request(method, &path, "maya", headers, body),
        }
    }

    pub(crate) fn make(&self, name: &str) {
        let body = format!(
            "<?xml version=\"1.0\"?><c:mkcalendar xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><d:set><d:prop>\
             <d:displayname>The {name}</d:displayname></d:prop></d:set></c:mkcalendar>"
        );
        let headers = ["Content-Type: application/xml"];
        let reply = self.request("MKCALENDAR", &format!("{name}/"), &headers, &body);
        assert_eq!(reply.status, 201, "{name}: {}", reply.text);
    }

    pub(crate) fn put(&self, place: &str, text: &str) {
        let reply = self.request("PUT", place, &["Content-Type: text/calendar"], text);
        assert!(
            matches!(reply.status, 200 | 201 | 204),
            "{place}: {}",
            reply.text
        );
    }

    pub(crate) fn delete(&self, place: &str) {
        let reply = self.request("DELETE", place, &[], "");
        assert!(matches!(reply.status, 200 | 204), "{place}: {}", reply.text);
    }

    /// Keeps up with the whole account.
    pub(crate) fn keeper(&self) -> Keeper {
        Keeper::new(&self.url(self.home()), &patient("secret"))
    }
}

/// Options for a real server on a loaded machine.
pub(crate) fn patient(password: &str) -> Options {
    let mut options = as_maya();
    options.password = Some(Secret::new(password));
    options.limits.answer = Duration::from_secs(30);
    options.limits.whole = Duration::from_secs(60);
    options
}

/// A round without the calendar that some servers make by themselves, and with ids below the home.
pub(crate) fn own(server: &Server, mut round: Round) -> Round {
    let made =
        ["Default/", "calendar/", "personal/"].map(|name| format!("{}{name}", server.home()));
    round
        .calendars
        .retain(|calendar| !made.contains(&calendar.id));
    let ids = round.calendars.iter_mut().map(|calendar| &mut calendar.id);
    for id in ids.chain(round.gone.iter_mut()) {
        *id = id.replacen(server.home(), "", 1);
    }
    round
}
