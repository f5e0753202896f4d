//! Names of things, so that one cannot be taken for another. The server gives them; they mean nothing by themselves.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($name:ident, $meaning:literal, $letter:literal) => {
        #[doc = $meaning]
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize,
        )]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }
    };
}

id!(PersonId, "A person.", "p");
id!(MeetingId, "One meeting at one time: an instance.", "m");
id!(
    OneOnOneId,
    "The standing relationship meeting of two people.",
    "o"
);
id!(PromiseId, "One promised 1:1.", "r");
