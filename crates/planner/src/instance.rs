//! An instance in either format.

use crate::format1::{self, Unreadable};
use crate::format2::{self, Term};
use crate::problem::Problem;
use crate::week::Place;
use serde::Deserialize;

/// What was read.
#[derive(Clone, Debug)]
pub enum Instance {
    /// Places and costs as they stood there.
    One(Problem),
    /// Places and costs made by the constraints.
    Two(Box<format2::Instance>),
}

#[derive(Deserialize)]
struct Head {
    #[serde(default = "first")]
    format: u8,
}

fn first() -> u8 {
    1
}

impl Instance {
    /// Reads an instance of the format it names; of format 1 if it names none.
    ///
    /// # Errors
    /// [`Unreadable`] says what is wrong and where.
    pub fn read(text: &[u8]) -> Result<Self, Unreadable> {
        let head: Head = serde_json::from_slice(text).map_err(Unreadable::Json)?;
        match head.format {
            1 => format1::read(text).map(Self::One),
            2 => format2::Instance::read(text).map(Box::new).map(Self::Two),
            other => Err(Unreadable::Number {
                place: "format".to_owned(),
                what: format!("is {other}, and there are 1 and 2"),
            }),
        }
    }

    /// What is to be planned.
    pub fn problem(&self) -> &Problem {
        match self {
            Self::One(problem) => problem,
            Self::Two(instance) => instance.problem(),
        }
    }

    /// What makes up a cost, where that is known.
    pub fn terms(&self, index: usize, place: Place) -> Vec<Term> {
        match self {
            Self::One(_) => Vec::new(),
            Self::Two(instance) => instance.terms(index, place),
        }
    }
}
