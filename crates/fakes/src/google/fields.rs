//! Partial answers: the parameter `fields`, as `a,b(c,d/e)`.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What of an object is wanted; empty: all of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Wanted(BTreeMap<String, Wanted>);

/// Of `value` what `fields` names; `None` where that cannot be read.
pub(super) fn chosen(value: Value, fields: &str) -> Option<Value> {
    let mut rest = fields;
    let wanted = list(&mut rest)?;
    rest.is_empty().then(|| only(value, &wanted))
}

fn list(rest: &mut &str) -> Option<Wanted> {
    let mut wanted = Wanted::default();
    loop {
        let end = rest.find([',', '(', ')', '/']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return None;
        }
        let mut below = Wanted::default();
        *rest = after;
        if let Some(after) = rest.strip_prefix('(') {
            *rest = after;
            below = list(rest)?;
            *rest = rest.strip_prefix(')')?;
        } else if let Some(after) = rest.strip_prefix('/') {
            *rest = after;
            below = one(rest)?;
        }
        wanted.0.insert(name.to_owned(), below);
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None => return Some(wanted),
        }
    }
}

/// What follows a slash: one name, and what is below it.
fn one(rest: &mut &str) -> Option<Wanted> {
    let end = rest.find([',', ')']).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let mut inner = name;
    let wanted = list(&mut inner)?;
    *rest = after;
    inner.is_empty().then_some(wanted)
}

fn only(value: Value, wanted: &Wanted) -> Value {
    if wanted.0.is_empty() || wanted.0.contains_key("*") {
        return value;
    }
    match value {
        Value::Array(all) => all.into_iter().map(|one| only(one, wanted)).collect(),
        Value::Object(mut all) => {
            let mut kept = Map::new();
            for (name, below) in &wanted.0 {
                if let Some(one) = all.remove(name) {
                    kept.insert(name.clone(), only(one, below));
                }
            }
            Value::Object(kept)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_named_is_given() {
        let all = json!({"a": 1, "b": {"c": 2, "d": 3}, "e": [{"f": 4, "g": {"h": 5, "i": 6}}]});
        let check = |fields: &str, expected: Option<Value>| {
            assert_eq!(chosen(all.clone(), fields), expected, "{fields}");
        };
        check("a,b(d)", Some(json!({"a": 1, "b": {"d": 3}})));
        check("e(f)", Some(json!({"e": [{"f": 4}]})));
        check("e/g/h,a", Some(json!({"e": [{"g": {"h": 5}}], "a": 1})));
        check("z", Some(json!({})));
        check("a(", None);
        check("a)", None);
        check("", None);
    }
}
