//! Reading a JSON document by hand, so that an error can say which case and which field.

use serde_json::{Map, Value};
use std::fmt;

/// What is wrong with a document for `rules judge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JudgeError {
    /// It is no JSON.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        problem: String,
    },
    /// A field is missing, unknown, or not what it should be.
    Field {
        /// Where, e.g. `case 3 "moved twice": changes 1: actor`.
        place: String,
        /// What is wrong.
        problem: String,
    },
}

impl JudgeError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "write one JSON object: {\"cases\": […], \"sequences\": […]}",
            Self::Field { .. } => {
                "times are whole minutes and minute 0 is a Monday, 00:00 UTC; vectors/measure.json has examples"
            }
        }
    }
}

impl fmt::Display for JudgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson {
                line,
                column,
                problem,
            } => write!(f, "line {line}, column {column}: not JSON: {problem}"),
            Self::Field { place, problem } => write!(f, "{place}: {problem}"),
        }
    }
}

impl std::error::Error for JudgeError {}

/// One value of the document, and where it stands.
#[derive(Clone)]
pub(super) struct Field<'a> {
    value: &'a Value,
    place: String,
}

impl<'a> Field<'a> {
    /// The whole document.
    pub(super) const fn whole(value: &'a Value) -> Self {
        Self {
            value,
            place: String::new(),
        }
    }

    /// The same value under another name.
    pub(super) fn called(self, place: String) -> Self {
        Self { place, ..self }
    }

    pub(super) fn error(&self, problem: impl Into<String>) -> JudgeError {
        JudgeError::Field {
            place: if self.place.is_empty() {
                "the document".to_owned()
            } else {
                self.place.clone()
            },
            problem: problem.into(),
        }
    }

    fn expected(&self, what: &str) -> JudgeError {
        self.error(format!("expected {what}, found {}", shown(self.value)))
    }

    /// As an object with these fields and no others.
    pub(super) fn object(&self, known: &[&str]) -> Result<Object<'a>, JudgeError> {
        let map = self
            .value
            .as_object()
            .ok_or_else(|| self.expected("an object"))?;
        if let Some(unknown) = map.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(self.error(format!(
                "unknown field {unknown:?}; known are {}",
                known.join(", ")
            )));
        }
        Ok(Object {
            map,
            place: self.place.clone(),
        })
    }

    /// As a list.
    pub(super) fn list(&self) -> Result<impl Iterator<Item = Self> + use<'a>, JudgeError> {
        let values = self
            .value
            .as_array()
            .ok_or_else(|| self.expected("a list"))?;
        let place = self.place.clone();
        Ok(values.iter().enumerate().map(move |(index, value)| Self {
            value,
            place: format!("{place} {}", index + 1),
        }))
    }

    /// As a list of exactly two.
    pub(super) fn two(&self, what: &str) -> Result<[Self; 2], JudgeError> {
        match self.value.as_array().map(Vec::as_slice) {
            Some([first, second]) => Ok([first, second].map(|value| Self {
                value,
                place: self.place.clone(),
            })),
            _ => Err(self.expected(what)),
        }
    }

    /// As an integer within limits.
    pub(super) fn integer(&self, least: i64, most: i64) -> Result<i64, JudgeError> {
        self.value
            .as_i64()
            .filter(|n| (least..=most).contains(n))
            .ok_or_else(|| self.expected(&format!("a whole number from {least} to {most}")))
    }

    /// As a number within limits.
    pub(super) fn number(&self, least: f64, most: f64) -> Result<f64, JudgeError> {
        self.value
            .as_f64()
            .filter(|n| (least..=most).contains(n))
            .ok_or_else(|| self.expected(&format!("a number from {least} to {most}")))
    }

    /// As text.
    pub(super) fn text(&self) -> Result<&'a str, JudgeError> {
        self.value.as_str().ok_or_else(|| self.expected("text"))
    }

    /// As one of these words.
    pub(super) fn word<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, JudgeError> {
        let said = self.value.as_str();
        words
            .iter()
            .find(|(word, _)| said == Some(*word))
            .map(|(_, meaning)| *meaning)
            .ok_or_else(|| {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                self.expected(&format!("one of {}", known.join(", ")))
            })
    }
}

/// An object of the document.
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    place: String,
}

impl<'a> Object<'a> {
    fn place_of(&self, name: &str) -> String {
        if self.place.is_empty() {
            name.to_owned()
        } else {
            format!("{}: {name}", self.place)
        }
    }

    /// A field that must be there (it may be null).
    pub(super) fn required(&self, name: &str) -> Result<Field<'a>, JudgeError> {
        let value = self.map.get(name).ok_or_else(|| JudgeError::Field {
            place: self.place_of(name),
            problem: "missing".to_owned(),
        })?;
        Ok(Field {
            value,
            place: self.place_of(name),
        })
    }

    /// A field that may be left out or null.
    pub(super) fn optional(&self, name: &str) -> Option<Field<'a>> {
        let value = self.map.get(name).filter(|value| !value.is_null())?;
        Some(Field {
            value,
            place: self.place_of(name),
        })
    }

    /// A list that may be left out or null.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Field<'a>>, JudgeError> {
        self.optional(name)
            .map_or_else(|| Ok(Vec::new()), |field| Ok(field.list()?.collect()))
    }
}

/// A value as it stands in an error: short.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(list) => format!("a list of {}", list.len()),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => {
            let start: String = text.chars().take(40).collect();
            format!("{start:?}…")
        }
        short => short.to_string(),
    }
}
