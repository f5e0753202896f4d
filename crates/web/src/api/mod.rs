//! The API: what pages show and the few things people say on them, for programs of their owner's.
//!
//! A program comes with a token ([`program`]); a cookie opens nothing here. Handlers call the same use cases as pages, so
//! that a program is shown what its owner is shown, and the look is recorded as theirs. Shapes are the API's own
//! ([`v1::shapes`]); what it is, is generated from them and from the handlers ([`spec`]).

pub(crate) mod answer;
pub(crate) mod problem;
pub(crate) mod program;
pub(crate) mod sent;
pub(crate) mod spec;
pub(crate) mod v1;
