//! What can be looked at.

/// A kind of look. Its key stands in the store for ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// All one's 1:1s on one page, theirs among them.
    Together,
    /// The 1:1 of the two, as a whole or a single one of it.
    OneOnOne,
    /// What the two propose and agree on.
    Agreed,
    /// What they said to the other one, in that one's log.
    Log,
    /// What was said in a mail to the other one.
    Mailed,
    /// Everything about oneself, taken home: the 1:1 of the two is in it.
    Export,
    /// Everything about a person, taken out by whoever runs the server.
    TakenOut,
    /// Who looked at what is about them, read by the auditor.
    Audited,
    /// A link for a new password, made by whoever runs the server: whoever has it can look at all that is theirs.
    Opened,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Together,
        Self::OneOnOne,
        Self::Agreed,
        Self::Log,
        Self::Mailed,
        Self::Export,
        Self::TakenOut,
        Self::Audited,
        Self::Opened,
    ];

    /// As it is kept.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::OneOnOne => "one-on-one",
            Self::Agreed => "agreed",
            Self::Log => "log",
            Self::Mailed => "mailed",
            Self::Export => "export",
            Self::TakenOut => "taken-out",
            Self::Audited => "audited",
            Self::Opened => "opened",
        }
    }

    /// The kind kept so.
    pub(super) fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
