//! What is played.

/// What is played.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// People inside.
    pub people: u32,
    /// Weeks that are judged.
    pub weeks: i64,
    /// Share of the times at which a 1:1 stands that are attacked, 0 to 1.
    pub attacked: f64,
    /// Share of the guard's proposals that their reader leaves unanswered, 0 to 1.
    pub ignored: f64,
    /// Share of those who lead nobody that has joined: nothing goes to the others but what their manager has read.
    pub joined: f64,
    /// Share of the meetings over a 1:1 of which their owner has said what sort they are, 0 to 1: of the others that is inferred, and
    /// mostly too unsure to act on.
    pub said: f64,
    /// The same seed gives the same year.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            people: 200,
            weeks: 52,
            attacked: 0.4,
            ignored: 0.3,
            joined: 1.0,
            said: 0.3,
            seed: 1,
        }
    }
}

/// How far the guard goes for everybody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// There is none.
    Without,
    /// It proposes.
    Advise,
    /// It acts within the default bounds, and proposes the rest.
    Defend,
}

impl Mode {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Without, Self::Advise, Self::Defend];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Without => "without",
            Self::Advise => "advise",
            Self::Defend => "defend",
        }
    }
}
