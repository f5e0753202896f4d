//! What went wrong with a source as a whole, and what to do about it.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;

/// Why a source gave nothing. `Display` says what is wrong and where, [`SourceError::hint`] what to do.
/// Addresses in it are shortened so that a feed's secret part is never printed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// The path does not exist or cannot be opened or read.
    Unreadable {
        /// The path or entry.
        what: String,
        /// The system's own words.
        reason: String,
    },
    /// It was read and is something else.
    NotACalendar {
        /// The path, entry or address.
        what: String,
        /// What it looks like: "a web page", "empty", …
        looks_like: &'static str,
    },
    /// A container without one readable calendar.
    NoCalendar {
        /// The path or address.
        what: String,
        /// How many things in it were set aside.
        set_aside: usize,
        /// How many calendars in it could not be read.
        unreadable: usize,
    },
    /// An archive that is broken.
    BrokenArchive {
        /// The archive.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An archive that needs a password.
    Encrypted {
        /// The archive.
        what: String,
    },
    /// More than a limit allows.
    TooLarge {
        /// The path, entry or address.
        what: String,
        /// What is limited, with its figure.
        limit: String,
    },
    /// A git repository that cannot be used.
    Repository {
        /// The repository.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An address that cannot be used.
    BadAddress {
        /// The address, shortened.
        address: String,
        /// Why.
        reason: String,
    },
    /// No such host.
    UnknownHost {
        /// Its name.
        host: String,
    },
    /// An address inside this machine or network, which a public address must not lead to.
    PrivateAddress {
        /// The host as named.
        host: String,
        /// Where it leads.
        ip: IpAddr,
        /// Which kind of address that is.
        kind: &'static str,
        /// Whether `allow_private` would let it pass.
        may_be_allowed: bool,
    },
    /// No connection, or it broke.
    Unreachable {
        /// The address, shortened.
        address: String,
        /// What happened.
        reason: String,
    },
    /// A limit of time ran out.
    TimedOut {
        /// The address, shortened.
        address: String,
    },
    /// A redirect that is not followed.
    Redirected {
        /// The address, shortened.
        address: String,
        /// Why it is not followed.
        reason: String,
    },
    /// The server wants to know who asks, or does not believe it.
    Unauthorized {
        /// The address, shortened.
        address: String,
        /// The status it gave, 401 or 403.
        status: u16,
        /// Whether a user name was sent.
        as_user: bool,
    },
    /// A password would have to travel in the clear.
    PasswordInTheClear {
        /// The address, shortened.
        address: String,
    },
    /// The server answered with a status that gives nothing to read.
    Answered {
        /// The address, shortened.
        address: String,
        /// The status.
        status: u16,
    },
    /// The server asks for fewer requests.
    SlowDown {
        /// The address, shortened.
        address: String,
        /// The status.
        status: u16,
        /// Seconds that it asks to wait, where it says.
        after: Option<u32>,
    },
    /// A permission that somebody gave (OAuth 2.0, RFC 6749) is good no more, or not good for this.
    GrantRefused {
        /// The address, shortened.
        address: String,
        /// Why, in the words of the API: `invalid_grant`, `insufficientPermissions`, …
        reason: String,
    },
    /// An answer that cannot be understood.
    BadAnswer {
        /// The address, shortened.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The two families of trouble, which a command turns into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceErrorKind {
    /// The input is unreadable or holds no calendar (exit code 3).
    Input,
    /// A server is unreachable or refuses, or an address is refused (exit code 4).
    Reach,
}

impl SourceError {
    /// Which family it belongs to.
    pub fn kind(&self) -> SourceErrorKind {
        match self {
            Self::Unreadable { .. }
            | Self::NotACalendar { .. }
            | Self::NoCalendar { .. }
            | Self::BrokenArchive { .. }
            | Self::Encrypted { .. }
            | Self::TooLarge { .. }
            | Self::Repository { .. } => SourceErrorKind::Input,
            Self::BadAddress { .. }
            | Self::UnknownHost { .. }
            | Self::PrivateAddress { .. }
            | Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Redirected { .. }
            | Self::Unauthorized { .. }
            | Self::PasswordInTheClear { .. }
            | Self::Answered { .. }
            | Self::SlowDown { .. }
            | Self::GrantRefused { .. }
            | Self::BadAnswer { .. } => SourceErrorKind::Reach,
        }
    }

    /// Whether Google refuses this server and not a person: what somebody allowed is as good as before.
    pub fn is_of_the_server(&self) -> bool {
        const OF_THE_SERVER: [&str; 6] = [
            "invalid_client",
            "unauthorized_client",
            "invalid_request",
            "redirect_uri_mismatch",
            "unsupported_grant_type",
            "accessNotConfigured",
        ];
        matches!(self, Self::GrantRefused { reason, .. } if OF_THE_SERVER.contains(&reason.as_str()))
    }

    /// What to do about it, in one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "check the name and that you may read it",
            Self::NotACalendar { looks_like, .. } => match *looks_like {
                "a web page" => {
                    "this is the page people look at; use the calendar's own address, for example Google's \"Secret address in iCal format\""
                }
                "a zip archive" => "save it to a file and name the file",
                "UTF-16 text" => "save it again as UTF-8",
                _ => "give an .ics file, or the .zip your calendar's export made",
            },
            Self::NoCalendar { .. } => {
                "give the export itself, or a directory that holds .ics files"
            }
            Self::BrokenArchive { .. } => "export or download it again; it may have been cut short",
            Self::Encrypted { .. } => "unpack it with its password and give the directory",
            Self::TooLarge { .. } => "unpack or split it, and give only the calendars",
            Self::Repository { .. } => "give a repository on this machine as REPO or REPO:PATH",
            Self::BadAddress { .. } => "give an https:// address, or the path of a file",
            Self::UnknownHost { .. } => "check the spelling and the network",
            Self::PrivateAddress {
                may_be_allowed: true,
                ..
            } => "if you run that server yourself, add --allow-private",
            Self::PrivateAddress { .. } => "no calendar lives at such an address; check the name",
            Self::Unreachable { .. } => {
                "check the address, the network and the server's certificate, then try again"
            }
            Self::TimedOut { .. } => "try again later, or export to a file and give that",
            Self::Redirected { .. } => {
                "ask the server's owner for the address to use now, and give that"
            }
            Self::Unauthorized { as_user: true, .. } => {
                "check --user and STEADFAST_PASSWORD; with two-step sign-in it has to be an app password"
            }
            Self::Unauthorized { .. } => {
                "give --user NAME, and the password in STEADFAST_PASSWORD or when asked"
            }
            Self::PasswordInTheClear { .. } => {
                "use https://; plain http is for a server in your own network, with --allow-private"
            }
            Self::Answered {
                status: 404 | 410, ..
            } => "the address is gone or mistyped; secret addresses change when they are reset",
            Self::Answered {
                status: 200..=299, ..
            } => {
                "that is a page and no calendar: give the URL of a calendar, or of your account on a CalDAV server"
            }
            Self::Answered { .. } => "try again later; if it stays, export to a file and give that",
            Self::SlowDown { .. } => "nothing is lost; ask again later",
            Self::GrantRefused { .. } => "connect it again, and allow what is asked for there",
            Self::BadAnswer { .. } => {
                "give the URL of a calendar or of your account on a CalDAV server"
            }
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { what, reason } => write!(f, "{what} cannot be read: {reason}"),
            Self::NotACalendar { what, looks_like } => {
                write!(f, "{what} is not a calendar but {looks_like}")
            }
            Self::NoCalendar {
                what,
                set_aside,
                unreadable,
            } => {
                write!(f, "{what} holds no calendar that can be read")?;
                match (set_aside, unreadable) {
                    (0, 0) => Ok(()),
                    (aside, 0) => write!(f, " ({aside} set aside)"),
                    (0, broken) => write!(f, " ({broken} unreadable)"),
                    (aside, broken) => write!(f, " ({aside} set aside, {broken} unreadable)"),
                }
            }
            Self::BrokenArchive { what, reason } => {
                write!(f, "{what} is a broken archive: {reason}")
            }
            Self::Encrypted { what } => write!(f, "{what} is locked with a password"),
            Self::TooLarge { what, limit } => write!(f, "{what} is too large: more than {limit}"),
            Self::Repository { what, reason } => {
                write!(f, "{what} cannot be read as a git repository: {reason}")
            }
            Self::BadAddress { address, reason } => write!(f, "{address} cannot be used: {reason}"),
            Self::UnknownHost { host } => write!(f, "there is no host {host}"),
            Self::PrivateAddress { host, ip, kind, .. } => {
                write!(f, "{host} leads to {ip}, {kind}, and is not asked")
            }
            Self::Unreachable { address, reason } => {
                write!(f, "{address} cannot be reached: {reason}")
            }
            Self::TimedOut { address } => write!(f, "{address} took too long"),
            Self::Redirected { address, reason } => {
                write!(f, "{address} redirects and is not followed: {reason}")
            }
            Self::Unauthorized {
                address,
                status,
                as_user,
            } => {
                let who = if *as_user {
                    "does not accept this user and password"
                } else {
                    "asks who you are"
                };
                write!(f, "{address} {who} (status {status})")
            }
            Self::PasswordInTheClear { address } => {
                write!(f, "{address} would send your password in the clear")
            }
            Self::Answered { address, status } => {
                write!(f, "{address} answered with status {status}")
            }
            Self::SlowDown {
                address, status, ..
            } => {
                write!(f, "{address} asks for fewer requests (status {status})")
            }
            Self::GrantRefused { address, reason } => {
                write!(
                    f,
                    "{address} does not accept the permission it gave: {reason}"
                )
            }
            Self::BadAnswer { address, reason } => {
                write!(
                    f,
                    "{address} gave an answer that cannot be understood: {reason}"
                )
            }
        }
    }
}

impl Error for SourceError {}
