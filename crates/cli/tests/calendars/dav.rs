//! People who work in their calendars on a real server, by requests as their programs send them.

use steadfast_calendar::Instant;
use steadfast_testkit::servers::{Office, Reply};

/// Everybody's zone, as calendars carry it.
pub(crate) const BERLIN: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\n\
    TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// An object with these components.
pub(crate) fn object(components: &[String]) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{BERLIN}{}END:VCALENDAR\r\n",
        components.concat()
    )
}

/// `20260301T090000Z` of a moment.
pub(crate) fn stamp(at: Instant) -> String {
    let text = at.timestamp().to_string();
    text.replace(['-', ':'], "")
}

/// A person of that name on a server.
pub(crate) struct Person<'a> {
    pub(crate) office: &'a Office,
    pub(crate) name: &'static str,
}

impl Person<'_> {
    pub(crate) fn email(&self) -> String {
        format!("{}@example.org", self.name)
    }

    /// Where the calendars are.
    pub(crate) fn home(&self) -> String {
        self.office.home(self.name)
    }

    /// Where what they are invited to is.
    pub(crate) fn calendar(&self) -> String {
        self.office.calendar(self.name)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.office.port(), self.home())
    }

    pub(crate) fn request(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
        self.office.request(method, path, self.name, headers, body)
    }

    /// Writes an object of the default calendar.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = format!("{}{name}", self.calendar());
        self.put_at(&path, text);
    }

    pub(crate) fn put_at(&self, path: &str, text: &str) {
        let reply = self.request("PUT", path, &["Content-Type: text/calendar"], text);
        assert!(
            matches!(reply.status, 200 | 201 | 204),
            "{path}: {}",
            reply.text
        );
    }

    pub(crate) fn delete(&self, name: &str) {
        let path = format!("{}{name}", self.calendar());
        let reply = self.request("DELETE", &path, &[], "");
        assert!(matches!(reply.status, 200 | 204), "{path}: {}", reply.text);
    }

    /// Paths of all objects of the default calendar.
    pub(crate) fn paths(&self) -> Vec<String> {
        let path = self.calendar();
        let body = "<d:propfind xmlns:d=\"DAV:\"><d:prop><d:getetag/></d:prop></d:propfind>";
        let headers = ["Depth: 1", "Content-Type: application/xml"];
        let reply = self.request("PROPFIND", &path, &headers, body);
        let hrefs = reply
            .text
            .split("href>")
            .filter(|part| part.starts_with(&path));
        let paths = hrefs.filter_map(|part| part.split('<').next());
        let mut paths: Vec<String> = paths.filter(|p| **p != path).map(str::to_owned).collect();
        paths.sort();
        paths
    }

    /// The text of an object.
    pub(crate) fn get(&self, path: &str) -> String {
        let reply = self.request("GET", path, &[], "");
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        let (_, body) = reply.text.split_once("\r\n\r\n").unwrap();
        body.to_owned()
    }

    /// All objects of the default calendar, one after another.
    pub(crate) fn everything(&self) -> String {
        self.paths().iter().map(|path| self.get(path)).collect()
    }

    /// The default calendar as one, as a feed gives it.
    pub(crate) fn feed(&self) -> String {
        let all = self.everything();
        let events: Vec<&str> = all
            .split("BEGIN:VEVENT")
            .skip(1)
            .filter_map(|rest| rest.split("END:VEVENT\r\n").next())
            .collect();
        let events: String = events
            .iter()
            .map(|lines| format!("BEGIN:VEVENT{lines}END:VEVENT\r\n"))
            .collect();
        object(&[events])
    }

    /// Where the object with that UID is.
    pub(crate) fn find(&self, uid: &str) -> Option<String> {
        let line = format!("UID:{uid}\r\n");
        self.paths()
            .into_iter()
            .find(|path| self.get(path).contains(&line))
    }
}
