//! As much of JSON Schema as docs/reference/audit.schema.json uses, and stricter in one point: a field that
//! the schema does not name is an error, so that no field is ever added without being written down.

use serde_json::Value;

/// Every place where `value` is not as `schema` says; `root` holds the `$defs`.
pub(crate) fn errors(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = name
            .strip_prefix("#/$defs/")
            .map_or(&Value::Null, |name| &root["$defs"][name]);
        assert!(definition.is_object(), "{name} is not defined");
        return errors(root, definition, value, path);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let found: Vec<Vec<String>> = any
            .iter()
            .map(|one| errors(root, one, value, path))
            .collect();
        let fits = found.iter().any(Vec::is_empty);
        return if fits {
            Vec::new()
        } else {
            found.into_iter().flatten().collect()
        };
    }
    let mut found = Vec::new();
    if !type_fits(&schema["type"], value) {
        found.push(format!("{path}: {value} is not of type {}", schema["type"]));
        return found;
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{path}: {value} is none of {words:?}"));
    }
    if let (Some(shape), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !like(shape, text)
    {
        found.push(format!("{path}: {text} is not like {shape}"));
    }
    found.extend(of_object(root, schema, value, path));
    found.extend(of_array(root, schema, value, path));
    found
}

fn type_fits(wanted: &Value, value: &Value) -> bool {
    let one = |name: &Value| match name.as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("type {other:?} is not known to this check"),
    };
    wanted
        .as_array()
        .map_or_else(|| one(wanted), |names| names.iter().any(one))
}

/// The four shapes of dates in the schema: digits for digits, signs for signs.
fn like(shape: &str, text: &str) -> bool {
    let plain: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let day_only = !shape.contains('T');
    let utc = shape.ends_with("Z$");
    match (day_only, utc) {
        (true, _) => plain == "0000-00-00",
        (false, true) => plain == "0000-00-00T00:00:00Z",
        (false, false) => {
            ["0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00-00:00"].contains(&plain.as_str())
        }
    }
}

fn of_object(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let Some(fields) = value.as_object() else {
        return Vec::new();
    };
    let known = &schema["properties"];
    let mut found = Vec::new();
    for required in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if !fields.contains_key(required) {
            found.push(format!("{path}: {required} is missing"));
        }
    }
    for (name, field) in fields {
        match known.get(name) {
            Some(one) => found.extend(errors(root, one, field, &format!("{path}.{name}"))),
            None => found.push(format!("{path}: {name} is not in the schema")),
        }
    }
    found
}

fn of_array(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let Some(items) = value.as_array() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let (least, most) = (schema["minItems"].as_u64(), schema["maxItems"].as_u64());
    let length = items.len() as u64;
    if least.is_some_and(|least| length < least) || most.is_some_and(|most| length > most) {
        found.push(format!("{path}: {length} items"));
    }
    for (index, item) in items.iter().enumerate() {
        found.extend(errors(
            root,
            &schema["items"],
            item,
            &format!("{path}[{index}]"),
        ));
    }
    found
}

/// Every field name in `schema`.
pub(crate) fn names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match (name.as_str(), value) {
                ("properties", Value::Object(own)) => own
                    .keys()
                    .cloned()
                    .chain(own.values().flat_map(names))
                    .collect(),
                _ => names(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}
