//! Google's own description of the API (its discovery document), and what in a request or an answer is not as it says. The
//! document is Google's and is not kept here: `cargo xtask tools` fetches it with google-api-python-client, and
//! `STEADFAST_GOOGLE_DESCRIPTION` names another copy.

use crate::http::Request;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::LazyLock;

/// Methods that this fake speaks; others are not found.
const METHODS: [&str; 12] = [
    "calendar.calendarList.get",
    "calendar.calendarList.list",
    "calendar.channels.stop",
    "calendar.events.delete",
    "calendar.events.get",
    "calendar.events.insert",
    "calendar.events.instances",
    "calendar.events.list",
    "calendar.events.patch",
    "calendar.events.update",
    "calendar.events.watch",
    "calendar.freebusy.query",
];

/// Where the document is, where nothing else is said.
const FETCHED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../.ci/tools/google-calendar.v3.json"
);

/// The part of it that this fake speaks: methods by their id, parameters of all of them, shapes.
static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
    let path = std::env::var_os("STEADFAST_GOOGLE_DESCRIPTION")
        .map_or_else(|| FETCHED.into(), PathBuf::from);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "no description of Google Calendar at {}: {error}; `cargo xtask tools` fetches it",
            path.display()
        )
    });
    let whole: Value = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{} is no description: {error}", path.display()));
    part(&whole)
});

fn part(whole: &Value) -> Value {
    let resources = whole.get("resources").and_then(Value::as_object);
    let methods = resources
        .into_iter()
        .flatten()
        .filter_map(|(_, one)| one.get("methods")?.as_object());
    let ours = methods.flatten().filter_map(|(_, method)| {
        let id = method.get("id")?.as_str()?;
        METHODS
            .contains(&id)
            .then(|| (id.to_owned(), method.clone()))
    });
    let ours: Map<String, Value> = ours.collect();
    json!({ "methods": ours, "parameters": whole.get("parameters"), "schemas": whole.get("schemas") })
}

/// One method of the description.
#[derive(Clone, Copy, Debug)]
pub(super) struct Method {
    /// `calendar.events.list`, …
    pub(super) id: &'static str,
    about: &'static Value,
}

/// The method that a request calls, with the values of its path.
pub(super) fn method(request: &Request) -> Option<(Method, Vec<(&'static str, String)>)> {
    let path = request
        .path
        .strip_prefix(["calendar".to_owned(), "v3".to_owned()].as_slice())?;
    let methods = DESCRIPTION.get("methods")?.as_object()?;
    methods.iter().find_map(|(id, about)| {
        let verb = about.get("httpMethod")?.as_str()?;
        let template: Vec<&'static str> = about.get("path")?.as_str()?.split('/').collect();
        if verb != request.method || template.len() != path.len() {
            return None;
        }
        let mut values = Vec::new();
        for (part, value) in template.into_iter().zip(path) {
            match part
                .strip_prefix('{')
                .and_then(|part| part.strip_suffix('}'))
            {
                Some(name) => values.push((name, value.clone())),
                None if part == value => {}
                None => return None,
            }
        }
        Some((Method { id, about }, values))
    })
}

impl Method {
    /// Whether one of these scopes opens it.
    pub(super) fn is_opened_by(&self, scopes: &[String]) -> bool {
        let known = self.about.get("scopes").and_then(Value::as_array);
        known
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .any(|scope| scopes.iter().any(|one| one == scope))
    }

    /// What in a request is not as described.
    pub(super) fn request(&self, request: &Request) -> Vec<String> {
        let mut found = Vec::new();
        let own = self.about.get("parameters").and_then(Value::as_object);
        let all = DESCRIPTION.get("parameters").and_then(Value::as_object);
        let described = |name: &str| {
            own.and_then(|own| own.get(name))
                .or(all.and_then(|all| all.get(name)))
        };
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in &request.query {
            let Some(about) =
                described(name).filter(|about| word(about, "location") != Some("path"))
            else {
                found.push(format!("{}: parameter {name} is not described", self.id));
                continue;
            };
            if seen.contains(&name.as_str()) && about.get("repeated") != Some(&Value::Bool(true)) {
                found.push(format!("{}: parameter {name} is given twice", self.id));
            }
            seen.push(name);
            if let Some(odd) = odd_parameter(about, value) {
                found.push(format!("{}: parameter {name} {odd}", self.id));
            }
        }
        let needed = own.into_iter().flatten().filter(|(_, about)| {
            about.get("required") == Some(&Value::Bool(true))
                && word(about, "location") == Some("query")
        });
        for (name, _) in needed {
            if !seen.contains(&name.as_str()) {
                found.push(format!("{}: parameter {name} is missing", self.id));
            }
        }
        match (self.about.get("request"), request.body.is_empty()) {
            (Some(shape), false) => match serde_json::from_slice(&request.body) {
                Ok(body) => self.shape(shape, &body, "request", &mut found),
                Err(_) => found.push(format!("{}: the body is no JSON", self.id)),
            },
            (None, false) => found.push(format!("{}: it takes no body", self.id)),
            (Some(_), true) => found.push(format!("{}: it needs a body", self.id)),
            (None, true) => {}
        }
        found
    }

    /// What in an answer is not as described.
    pub(super) fn answer(&self, body: Option<&Value>) -> Vec<String> {
        let mut found = Vec::new();
        match (self.about.get("response"), body) {
            (Some(shape), Some(body)) => self.shape(shape, body, "answer", &mut found),
            (None, Some(_)) => found.push(format!("{}: it answers nothing", self.id)),
            (Some(_), None) => found.push(format!("{}: it answers something", self.id)),
            (None, None) => {}
        }
        found
    }

    fn shape(&self, shape: &Value, value: &Value, what: &str, found: &mut Vec<String>) {
        let before = found.len();
        against(shape, value, what, found);
        for one in found.iter_mut().skip(before) {
            *one = format!("{}: {one}", self.id);
        }
    }
}

/// Holds a value against a schema of the description, by name.
pub(super) fn against_schema(name: &str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut shape = Map::new();
    shape.insert("$ref".to_owned(), Value::from(name));
    against(&Value::Object(shape), value, name, &mut found);
    found
}

fn word<'a>(about: &'a Value, name: &str) -> Option<&'a str> {
    about.get(name).and_then(Value::as_str)
}

fn against(shape: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(name) = word(shape, "$ref") {
        match DESCRIPTION.get("schemas").and_then(|all| all.get(name)) {
            Some(shape) => against(shape, value, path, found),
            None => found.push(format!("{path}: the shape {name} is not described")),
        }
        return;
    }
    let kind = word(shape, "type").unwrap_or_default();
    let fits = match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "any" => true,
        _ => false,
    };
    if !fits {
        found.push(format!("{path}: it is no {kind}"));
        return;
    }
    match value {
        Value::Object(fields) => {
            let known = shape.get("properties").and_then(Value::as_object);
            for (name, value) in fields {
                let below = known
                    .and_then(|known| known.get(name))
                    .or(shape.get("additionalProperties"));
                match below {
                    Some(shape) => against(shape, value, &format!("{path}.{name}"), found),
                    None => found.push(format!("{path}.{name}: it is not described")),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                match shape.get("items") {
                    Some(shape) => against(shape, item, &format!("{path}[{index}]"), found),
                    None => found.push(format!("{path}: what is in it is not described")),
                }
            }
        }
        Value::String(text) => {
            if let Some(odd) = odd_text(shape, text) {
                found.push(format!("{path}: it {odd}"));
            }
        }
        Value::Number(number) => {
            let fits = word(shape, "format") != Some("int32")
                || number
                    .as_i64()
                    .is_some_and(|number| i32::try_from(number).is_ok());
            if !fits {
                found.push(format!("{path}: it is no int32"));
            }
        }
        _ => {}
    }
}

fn odd_text(shape: &Value, text: &str) -> Option<String> {
    let fits = match word(shape, "format") {
        // A time may come without an offset where a zone stands beside it.
        Some("date-time") => {
            text.parse::<Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok()
        }
        Some("date") => text.len() == 10 && text.parse::<Date>().is_ok(),
        Some("int64" | "uint64") => text.parse::<i64>().is_ok(),
        _ => true,
    };
    if !fits {
        return Some(format!(
            "is no {}",
            word(shape, "format").unwrap_or_default()
        ));
    }
    let allowed = shape.get("enum").and_then(Value::as_array)?;
    let named = allowed.iter().any(|one| one.as_str() == Some(text));
    (!named).then(|| "is none of the values that are described".to_owned())
}

fn odd_parameter(about: &Value, text: &str) -> Option<String> {
    let limit = |name: &str| word(about, name).and_then(|limit| limit.parse::<i64>().ok());
    match word(about, "type") {
        Some("boolean") if !matches!(text, "true" | "false") => {
            Some("is neither true nor false".to_owned())
        }
        Some("integer") => match text.parse::<i64>() {
            Ok(number)
                if limit("minimum").is_none_or(|least| least <= number)
                    && limit("maximum").is_none_or(|most| number <= most) =>
            {
                None
            }
            Ok(_) => Some("is out of its limits".to_owned()),
            Err(_) => Some("is no number".to_owned()),
        },
        _ => odd_text(about, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn request(method: &str, path: &str, query: &[(&str, &str)], body: &str) -> Request {
        Request {
            method: method.to_owned(),
            path: path.split('/').skip(1).map(str::to_owned).collect(),
            query: query
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect(),
            body: body.as_bytes().to_vec(),
            ..Request::default()
        }
    }

    #[test]
    fn a_request_is_held_against_its_method() {
        let check = |query: &[(&str, &str)], expected: usize| {
            let request = request("GET", "/calendar/v3/calendars/a/events", query, "");
            let (method, path) = method(&request).unwrap();
            assert_eq!(
                (method.id, path),
                ("calendar.events.list", vec![("calendarId", "a".to_owned())])
            );
            assert_eq!(method.request(&request).len(), expected, "{query:?}");
        };
        check(
            &[
                ("maxResults", "2500"),
                ("fields", "items"),
                ("eventTypes", "default"),
                ("eventTypes", "focusTime"),
            ],
            0,
        );
        check(&[("maxResults", "0")], 1);
        check(&[("maxResults", "many")], 1);
        check(&[("maxresults", "1")], 1);
        check(&[("showDeleted", "yes")], 1);
        check(&[("timeMin", "today")], 1);
        check(&[("orderBy", "name")], 1);
        check(&[("syncToken", "a"), ("syncToken", "b")], 1);
        let body =
            json!({"summary": 7, "start": {"dateTime": "2026-01-06T14:00:00Z"}, "colour": "red"})
                .to_string();
        let insert = request(
            "POST",
            "/calendar/v3/calendars/a/events",
            &[("sendUpdates", "all")],
            &body,
        );
        let found = method(&insert).unwrap().0.request(&insert);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(method(&request("GET", "/calendar/v3/settings", &[], "")).is_none());
    }

    #[test]
    fn scopes_open_what_the_description_says() {
        let list = request("GET", "/calendar/v3/calendars/a/events", &[], "");
        let write = request("POST", "/calendar/v3/calendars/a/events", &[], "{}");
        let scope = |name: &str| vec![format!("https://www.googleapis.com/auth/{name}")];
        let opens =
            |request: &Request, name: &str| method(request).unwrap().0.is_opened_by(&scope(name));
        assert!(
            opens(&list, "calendar.events.owned.readonly")
                && !opens(&write, "calendar.events.owned.readonly")
        );
        assert!(
            opens(&write, "calendar.events") && !opens(&list, "calendar.calendarlist.readonly")
        );
    }

    #[test]
    fn a_shape_is_held_to_its_types_and_names() {
        let good = json!({"id": "a", "start": {"dateTime": "2026-01-06T14:00:00Z"}, "sequence": 1});
        assert_eq!(against_schema("Event", &good), [] as [String; 0]);
        let odd = json!({"id": 1, "begin": {}, "attendees": [{"email": "a", "self": "yes"}], "sequence": 5_000_000_000_i64});
        assert_eq!(against_schema("Event", &odd).len(), 4);
    }
}
