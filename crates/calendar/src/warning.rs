//! Something odd in the input. The rest is still read.

/// One oddity, with where it is. The file's name is added by whoever opened it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// What sort of oddity.
    pub code: WarningCode,
    /// What is wrong and what was done about it, in a sentence.
    pub message: String,
    /// Line in the file, from 1.
    pub line: u32,
    /// UID of the component; empty outside one.
    pub uid: String,
}

/// The sorts of oddity; [`WarningCode::as_str`] is the stable name used in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum WarningCode {
    /// A TZID that no table and no VTIMEZONE explains; the time was taken as floating.
    UnknownTimeZone,
}

impl WarningCode {
    /// The stable name, snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownTimeZone => "unknown_time_zone",
        }
    }
}
