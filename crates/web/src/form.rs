//! Parts of forms.

use maud::{Markup, html};
use steadfast_app::server::ServerError;

/// One line to fill in.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) value: &'a str,
    /// What browsers and password programs know it as.
    pub(crate) autocomplete: &'a str,
    pub(crate) hint: &'a str,
}

/// A label, a line, a hint.
pub(crate) fn field(field: &Field<'_>) -> Markup {
    let hint_id = format!("{}-hint", field.name);
    let has_hint = !field.hint.is_empty();
    let is_password = field.kind == "password";
    html! {
        p class="field" {
            label for=(field.name) { (field.label) }
            input id=(field.name) name=(field.name) type=(field.kind) autocomplete=(field.autocomplete)
                value=[(!is_password).then_some(field.value)] required
                aria-describedby=[has_hint.then_some(hint_id.as_str())];
            @if has_hint { span class="quiet small" id=(hint_id) { (field.hint) } }
        }
    }
}

/// What was wrong with what was sent, and what to do.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    what: String,
    hint: String,
}

impl Wrong {
    pub(crate) fn new(what: &str, hint: &str) -> Self {
        Self {
            what: what.to_owned(),
            hint: hint.to_owned(),
        }
    }

    /// What can be said to whoever filled the form in; `None` where the form is not at fault.
    pub(crate) fn of(error: &ServerError) -> Option<Self> {
        match error {
            ServerError::Input(what, hint) => Some(Self::new(what, hint)),
            _ => None,
        }
    }
}

/// Says it where it is seen first.
pub(crate) fn wrong(wrong: Option<&Wrong>) -> Markup {
    html! {
        @if let Some(wrong) = wrong {
            div class="wrong" role="alert" {
                p { b { (sentence(&wrong.what)) } " " (sentence(&wrong.hint)) }
            }
        }
    }
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str() + "."
    })
}

/// A query: everything but letters and digits is escaped.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let escaped = |value: &str| -> String {
        value
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn what_stands_in_an_address_cannot_end_it() {
        assert_eq!(
            query(&[("to", "a+b@c.d"), ("name", "Ö &=")]),
            "to=a%2Bb%40c.d&name=%C3%96%20%26%3D"
        );
    }
}
