//! What a caller may set: who asks, and how much is too much.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How to read a source.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The user name for an HTTP source that asks for one.
    pub user: Option<String>,
    /// The password that goes with `user`.
    pub password: Option<Secret>,
    /// Whether addresses inside this machine or network may be asked (loopback, private, link-local, shared).
    pub allow_private: bool,
    /// A PEM file of certificates to trust instead of the machine's own trust store.
    pub trusted_certificates: Option<PathBuf>,
    /// Bounds on size and time.
    pub limits: Limits,
}

/// Bounds that keep hostile or broken input from taking the machine with it.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes that one archive may unpack to. Ten thousand people's five years are far below it.
    pub unpacked_bytes: u64,
    /// Unpacked bytes per packed byte, once `ratio_from` bytes came out. Calendars pack 5 to 60 times; deflate can do 1032.
    pub unpack_ratio: u64,
    /// Unpacked bytes below which the ratio is not looked at.
    pub ratio_from: u64,
    /// Entries of an archive or files below a directory.
    pub entries: usize,
    /// Folders below each other in a directory.
    pub depth: usize,
    /// Bytes that one download may have after decompression.
    pub download_bytes: u64,
    /// Bytes that one file in a git history may have.
    pub blob_bytes: u64,
    /// Commits looked at along the first parents.
    pub commits: usize,
    /// Redirects followed, each checked like the first address.
    pub redirects: usize,
    /// Objects asked for at once from a CalDAV server.
    pub page: usize,
    /// To find an address and open a connection.
    pub connect: Duration,
    /// Until a server begins to answer.
    pub answer: Duration,
    /// Until one answer is read to its end.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 4 << 30,
            unpack_ratio: 200,
            ratio_from: 64 << 20,
            entries: 100_000,
            depth: 16,
            download_bytes: 256 << 20,
            blob_bytes: 256 << 20,
            commits: 1_000_000,
            redirects: 5,
            page: 100,
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            whole: Duration::from_secs(600),
        }
    }
}

/// A password. It is never printed: its `Debug` says nothing, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a password.
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    /// The password itself, for the one place that sends it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
