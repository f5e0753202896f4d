//! People who invite each other at the fake of Graph, and whoever reads their calendars: by links, in pages, with what
//! programs are allowed.

#![expect(
    clippy::unwrap_used,
    reason = "what does not answer fails the test, with its place"
)]

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use steadfast_fakes::graph::{Fault, Graph};
use url::Url;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const BACK: &str = "https://steadfast.example.com/back";
const WINDOW: &str = "startDateTime=2026-01-01T00:00:00Z&endDateTime=2026-02-01T00:00:00Z";

/// What came back.
struct Came {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

struct Office {
    graph: Graph,
    tokens: BTreeMap<String, String>,
}

impl Office {
    fn open() -> Self {
        let graph = Graph::start("2026-01-05T08:00:00Z".parse().unwrap()).unwrap();
        graph.register("client", "secret", BACK);
        let mut office = Self {
            graph,
            tokens: BTreeMap::new(),
        };
        for person in [MAYA, BEN] {
            office.graph.join(person);
            let given = office.permit(person, "Calendars.ReadWrite");
            let token = given["access_token"].as_str().unwrap().to_owned();
            office.tokens.insert(person.to_owned(), token);
        }
        office
    }

    fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Came {
        let address = Url::parse(&self.graph.url()).unwrap();
        let host = format!("127.0.0.1:{}", address.port().unwrap());
        let target = target
            .strip_prefix(&format!("http://{host}"))
            .unwrap_or(target);
        let mut stream = TcpStream::connect(&host).unwrap();
        let mut head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let lines = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        Came {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            headers: lines
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: serde_json::from_str(body).unwrap_or(Value::Null),
        }
    }

    /// The way of a code, for somebody who is signed in.
    fn permit(&self, person: &str, scope: &str) -> Value {
        self.graph.sign_in(Some(person));
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest("verifier"));
        let query = format!(
            "client_id=client&response_type=code&redirect_uri={BACK}&state=s&code_challenge={challenge}\
             &code_challenge_method=S256&scope=offline_access+{scope}"
        );
        let sent = self.send(
            "GET",
            &format!("/common/oauth2/v2.0/authorize?{query}"),
            &[],
            "",
        );
        let back = Url::parse(&sent.headers["location"]).unwrap();
        let code = back
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap()
            .1
            .into_owned();
        let form = format!(
            "grant_type=authorization_code&code={code}&code_verifier=verifier&redirect_uri={BACK}"
        );
        self.token(&form).body
    }

    fn token(&self, form: &str) -> Came {
        let form = format!("client_id=client&client_secret=secret&{form}");
        self.send("POST", "/common/oauth2/v2.0/token", &[], &form)
    }

    fn ask(&self, person: &str, method: &str, target: &str, body: Option<&Value>) -> Came {
        let token = format!("Bearer {}", self.tokens[person]);
        let body = body.map(Value::to_string).unwrap_or_default();
        let target = match target.starts_with("http") {
            true => target.to_owned(),
            false => format!("/v1.0/me/{target}"),
        };
        self.send(method, &target, &[("Authorization", &token)], &body)
    }

    fn done(&self, person: &str, method: &str, target: &str, body: Option<&Value>) -> Value {
        let came = self.ask(person, method, target, body);
        assert!(
            came.status < 300,
            "{method} {target}: {} {}",
            came.status,
            came.body
        );
        came.body
    }

    /// Maya's weekly with Ben, on Tuesdays at three in Berlin.
    fn weekly(&self) -> String {
        let at = |time: &str| json!({"dateTime": format!("2026-01-06T{time}:00"), "timeZone": "W. Europe Standard Time"});
        let made = json!({
            "subject": "1:1", "start": at("15:00"), "end": at("15:30"),
            "attendees": [{"emailAddress": {"address": BEN, "name": "Ben"}, "type": "required"}],
            "recurrence": {
                "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"], "firstDayOfWeek": "sunday"},
                "range": {"type": "noEnd", "startDate": "2026-01-06"},
            },
        });
        let made = self.done(MAYA, "POST", "events", Some(&made));
        made["id"].as_str().unwrap().to_owned()
    }

    /// What stands on somebody's calendar in January: kind, start, own answer, whether cancelled.
    fn january(&self, person: &str) -> Vec<String> {
        let body = self.done(
            person,
            "GET",
            &format!("calendarView?{WINDOW}&$top=50"),
            None,
        );
        let all = body["value"].as_array().unwrap().iter();
        all.map(|event| {
            let start = event["start"]["dateTime"].as_str().unwrap();
            let answer = event["responseStatus"]["response"].as_str().unwrap();
            let off = if event["isCancelled"] == true {
                " off"
            } else {
                ""
            };
            format!(
                "{} {} {answer}{off}",
                event["type"].as_str().unwrap(),
                &start[5..16]
            )
        })
        .collect()
    }

    /// The id of somebody's instance that starts then.
    fn instance(&self, person: &str, start: &str) -> String {
        let body = self.done(
            person,
            "GET",
            &format!("calendarView?{WINDOW}&$top=50"),
            None,
        );
        let found = body["value"].as_array().unwrap().iter().find(|event| {
            let at = event["start"]["dateTime"].as_str().unwrap();
            at.starts_with(&format!("2026-{start}"))
        });
        found.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// One whole round from a link on: each element by its kind, or that it was removed; and the link of the next.
    fn round(&self, link: &str) -> (Vec<String>, String) {
        let (mut told, mut link) = (Vec::new(), link.to_owned());
        loop {
            let body = self.done(MAYA, "GET", &link, None);
            for event in body["value"].as_array().unwrap() {
                let start = event["start"]["dateTime"]
                    .as_str()
                    .map_or("", |start| &start[5..16]);
                let kind = event["type"].as_str().unwrap_or("removed");
                told.push(format!("{kind} {start}").trim_end().to_owned());
            }
            if let Some(last) = body["@odata.deltaLink"].as_str() {
                return (told, last.to_owned());
            }
            body["@odata.nextLink"]
                .as_str()
                .unwrap()
                .clone_into(&mut link);
        }
    }

    fn is_as_described(&self) {
        assert_eq!(self.graph.violations(), [] as [String; 0]);
    }
}

#[test]
fn an_invitation_its_answer_and_what_is_moved_reach_whom_they_concern() {
    let office = Office::open();
    let series = office.weekly();
    let tuesdays = |answer: &str| {
        ["06", "13", "20", "27"].map(|day| format!("occurrence 01-{day}T14:00 {answer}"))
    };
    assert_eq!(office.january(BEN), tuesdays("notResponded"));
    let bens = office.instance(BEN, "01-06");
    let bens = bens.split('.').next().unwrap();
    let yes = json!({"SendResponse": true});
    office.done(BEN, "POST", &format!("events/{bens}/accept"), Some(&yes));
    assert_eq!(office.january(BEN), tuesdays("accepted"));
    let mayas = office.done(MAYA, "GET", &format!("events/{series}"), None);
    assert_eq!(mayas["attendees"][0]["status"]["response"], "accepted");
    // One instance is moved: it is asked for again, and says which it was.
    let at = |time: &str| json!({"dateTime": format!("2026-01-14T{time}:00"), "timeZone": "UTC"});
    let moved = json!({"start": at("09:00"), "end": at("09:30")});
    let one = office.instance(MAYA, "01-13");
    let moved = office.done(MAYA, "PATCH", &format!("events/{one}"), Some(&moved));
    assert_eq!(moved["originalStart"], "2026-01-13T14:00:00Z");
    assert_eq!(moved["type"], "exception");
    assert_eq!(office.january(BEN)[1], "exception 01-14T09:00 notResponded");
    // Ben is not there on the 20th, and Maya calls the 27th off.
    let no = office.instance(BEN, "01-20");
    office.done(BEN, "POST", &format!("events/{no}/decline"), Some(&yes));
    let off = office.instance(MAYA, "01-27");
    office.done(MAYA, "DELETE", &format!("events/{off}"), None);
    let expected = [
        "occurrence 01-06T14:00 accepted",
        "exception 01-14T09:00 notResponded",
        "exception 01-27T14:00 accepted off",
    ];
    assert_eq!(office.january(BEN), expected);
    let declined = office.instance(MAYA, "01-20");
    let declined = office.done(MAYA, "GET", &format!("events/{declined}"), None);
    assert_eq!(declined["attendees"][0]["status"]["response"], "declined");
    assert_eq!(office.january(MAYA).len(), 3);
    // A guest changes nothing that is everybody's.
    let path = format!("events/{bens}");
    assert_eq!(
        office
            .ask(BEN, "PATCH", &path, Some(&json!({"subject": "x"})))
            .status,
        400
    );
    // All of it is cancelled: it stays with Ben, and says so.
    office.done(MAYA, "DELETE", &format!("events/{series}"), None);
    assert_eq!(office.january(MAYA), [] as [String; 0]);
    assert!(
        office
            .january(BEN)
            .iter()
            .all(|event| event.ends_with(" off"))
    );
    office.is_as_described();
}

#[test]
fn a_list_is_gone_on_with_by_its_links() {
    let office = Office::open();
    let series = office.weekly();
    office.graph.page(2);
    let first = format!("/v1.0/me/calendarView/delta?{WINDOW}");
    let first = format!("{}{}", office.graph.url().trim_end_matches('/'), first);
    let all = [
        "seriesMaster 01-06T14:00",
        "occurrence 01-06T14:00",
        "occurrence 01-13T14:00",
        "occurrence 01-20T14:00",
        "occurrence 01-27T14:00",
    ];
    let (told, link) = office.round(&first);
    assert_eq!(told, all);
    let (told, link) = office.round(&link);
    assert_eq!(told, [] as [String; 0]);
    // One is called off: all of the series is told anew, and what is gone by its id alone.
    let off = office.instance(MAYA, "01-13");
    office.done(MAYA, "DELETE", &format!("events/{off}"), None);
    let (told, next) = office.round(&link);
    assert_eq!(told, [all[0], all[1], all[3], all[4], "removed"]);
    // The link before can be asked again.
    assert_eq!(office.round(&link).0, told);
    // All goes, and the series with it.
    office.done(MAYA, "DELETE", &format!("events/{series}"), None);
    assert_eq!(office.round(&next).0, ["removed"; 4]);
    office.graph.forget(MAYA);
    let lost = office.ask(MAYA, "GET", &next, None);
    assert_eq!(
        (lost.status, &lost.body["error"]["code"]),
        (410, &json!("SyncStateNotFound"))
    );
    office.is_as_described();
}

#[test]
fn a_change_is_made_on_the_state_that_was_read_or_not_at_all() {
    let office = Office::open();
    let series = office.weekly();
    let path = format!("/v1.0/me/events/{series}");
    let read = office.done(MAYA, "GET", &format!("events/{series}"), None);
    let etag = read["@odata.etag"].as_str().unwrap();
    let token = format!("Bearer {}", office.tokens[MAYA]);
    let headers = [("Authorization", token.as_str()), ("If-Match", etag)];
    let renamed = json!({"subject": "1:1 with Ben"}).to_string();
    assert_eq!(office.send("PATCH", &path, &headers, &renamed).status, 200);
    assert_eq!(office.send("PATCH", &path, &headers, &renamed).status, 412);
    let now = office.done(MAYA, "GET", &format!("events/{series}"), None);
    assert_ne!(
        (&now["@odata.etag"], &now["changeKey"]),
        (&read["@odata.etag"], &read["changeKey"])
    );
    office.is_as_described();
}

#[test]
fn what_was_allowed_opens_no_more_than_that() {
    let office = Office::open();
    let given = office.permit(MAYA, "Calendars.Read");
    let asked = |token: &str, method: &str, path: &str, body: &str| {
        let token = format!("Bearer {token}");
        office
            .send(method, path, &[("Authorization", &token)], body)
            .status
    };
    let view = format!("/v1.0/me/calendarView?{WINDOW}");
    let access = given["access_token"].as_str().unwrap();
    assert_eq!(asked(access, "GET", &view, ""), 200);
    assert_eq!(asked(access, "POST", "/v1.0/me/events", "{}"), 403);
    let bens = format!("/v1.0/users/{BEN}/calendarView?{WINDOW}");
    assert_eq!(asked(access, "GET", &bens, ""), 403);
    // A token for an hour, one after the other.
    office.graph.expire();
    assert_eq!(asked(access, "GET", &view, ""), 401);
    let refresh = given["refresh_token"].as_str().unwrap();
    let again = office
        .token(&format!("grant_type=refresh_token&refresh_token={refresh}"))
        .body;
    assert_ne!(again["refresh_token"], given["refresh_token"]);
    assert_eq!(
        asked(again["access_token"].as_str().unwrap(), "GET", &view, ""),
        200
    );
    office.graph.take_back(MAYA);
    let refresh = again["refresh_token"].as_str().unwrap();
    let refused = office.token(&format!("grant_type=refresh_token&refresh_token={refresh}"));
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (400, &json!("invalid_grant"))
    );
    office.is_as_described();
}

#[test]
fn a_program_by_itself_reads_the_mailboxes_that_it_is_confined_to() {
    let office = Office::open();
    office
        .graph
        .consent("client", &["Calendars.Read"], Some(&[MAYA]));
    let form = "grant_type=client_credentials&scope=https://graph.microsoft.com/.default";
    let given = office.token(form).body;
    assert_eq!(given.get("refresh_token"), None);
    let token = format!("Bearer {}", given["access_token"].as_str().unwrap());
    let asked = |whose: &str| {
        let path = format!("/v1.0/{whose}/calendarView?{WINDOW}");
        office
            .send("GET", &path, &[("Authorization", &token)], "")
            .status
    };
    assert_eq!(asked(&format!("users/{MAYA}")), 200);
    assert_eq!(asked(&format!("users/{BEN}")), 403);
    assert_eq!(asked("me"), 400);
    assert_eq!(
        office
            .token("grant_type=client_credentials&scope=Calendars.Read")
            .status,
        400
    );
    office.is_as_described();
}

#[test]
fn what_goes_wrong_on_demand_goes_wrong_once() {
    let office = Office::open();
    office.weekly();
    let path = format!("calendarView/delta?{WINDOW}");
    let count = || {
        let body = office.ask(MAYA, "GET", &path, None).body;
        body["value"].as_array().map(Vec::len)
    };
    office.graph.fault("/delta", Fault::After(7));
    let busy = office.ask(MAYA, "GET", &path, None);
    assert_eq!(
        (busy.status, busy.headers["retry-after"].as_str()),
        (429, "7")
    );
    for (fault, expected) in [
        (Fault::Twice, Some(10)),
        (Fault::EmptyPage, Some(0)),
        (Fault::Garbage, None),
        (Fault::Status(503, "serviceNotAvailable"), None),
    ] {
        office.graph.fault("/delta", fault);
        assert_eq!(count(), expected, "{fault:?}");
        assert_eq!(count(), Some(5), "{fault:?}");
    }
    assert_eq!(office.graph.faults_left(), 0);
    // So many a minute, and how long the others have to wait.
    office.graph.allow_a_minute(Some(1));
    assert_eq!(office.ask(MAYA, "GET", &path, None).status, 200);
    let busy = office.ask(MAYA, "GET", &path, None);
    assert_eq!(
        (busy.status, busy.headers["retry-after"].as_str()),
        (429, "60")
    );
    office.graph.pass(60);
    assert_eq!(office.ask(MAYA, "GET", &path, None).status, 200);
    // What it does not do is said, and fails whoever relies on it.
    office.graph.allow_a_minute(None);
    assert_eq!(
        office
            .ask(MAYA, "GET", &format!("{path}&$filter=x"), None)
            .status,
        501
    );
    office.is_as_described();
}
