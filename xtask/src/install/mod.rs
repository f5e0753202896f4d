//! What the tests need beside the Rust toolchain and a C compiler, put in place once. Everything that is
//! not Debian's goes below the repository and is removed with it.

mod debian;
mod node;
mod python;

pub(crate) use python::{
    peers as peers_python, planner_peers as planner_peers_python, python as test_python,
    schemathesis,
};

use crate::failure::Done;

/// Debian packages that a chore needs.
pub(crate) use debian::{Need, install, is_root};

/// What `cargo xtask test` needs.
pub(crate) const FOR_TESTS: &[Need] = &[
    Need::package(
        "cyrus-caldav",
        "a CalDAV server to be read from, as real as they come",
    ),
    Need::package(
        "cyrus-imapd",
        "makes the mailboxes that Cyrus' calendars live in",
    ),
    Need::package("cyrus-admin", "sets those up"),
    Need::package("cyrus-common", "Cyrus' master process"),
    Need::package("cyrus-clients", "Cyrus' own checks"),
    Need::package("sasl2-bin", "its passwords"),
    Need::package("libsasl2-modules", "its ways to log in"),
    Need::package(
        "sogo",
        "another CalDAV server on which people invite each other, and nothing like the first",
    ),
    Need::program("memcached", "memcached", "what SOGo remembers things in"),
    Need::package(
        "postgresql",
        "the other database that everything kept is tested on",
    ),
    Need::program(
        "chromium",
        "chromium",
        "the report is looked at in a browser",
    ),
    Need::program("node", "nodejs", "drives that browser"),
    Need::program("npm", "npm", "brings the driver"),
    Need::program(
        "python3",
        "python3",
        "runs Radicale and Xandikos, other CalDAV servers",
    ),
    Need::python_module("ensurepip", "python3-venv", "keeps their packages apart"),
    Need::program("g++", "g++", "the fuzzer's engine is C++"),
    Need::program(
        "git",
        "git",
        "calendars kept in git are read, and files are listed",
    ),
];

/// What `cargo xtask bench-peers` needs.
pub(crate) const FOR_PEERS: &[Need] = &[
    Need::package("libical-dev", "the peer that the goal is measured against"),
    Need::program("cc", "gcc", "builds the program around libical"),
    Need::program("node", "nodejs", "runs ical.js"),
    Need::program("npm", "npm", "brings ical.js"),
    Need::program("python3", "python3", "runs the Python peers"),
    Need::python_module("ensurepip", "python3-venv", "keeps their packages apart"),
];

/// Puts in place what `cargo xtask lighthouse` needs: the browser of the tests, and Lighthouse.
pub(crate) fn for_lighthouse() -> Done {
    install(FOR_TESTS)?;
    node::packages_of("e2e/lighthouse")
}

/// What the longer drills need besides.
const FOR_SOAK: &[Need] = &[
    Need::program(
        "php-cgi",
        "php-cgi",
        "spares DAViCal the Apache that it would bring; PHP serves it by itself",
    ),
    Need::package("davical", "a CalDAV server that is nothing like the others"),
];

/// Puts in place what `cargo xtask soak` needs.
pub(crate) fn for_soak() -> Done {
    for_tests()?;
    install(FOR_SOAK)
}

/// Puts in place what `cargo xtask test` needs; quick where it is there already.
pub(crate) fn for_tests() -> Done {
    install(FOR_TESTS)?;
    python::for_tests()?;
    node::packages_of("e2e")
}

/// Puts in place what `cargo xtask bench-peers` needs.
pub(crate) fn for_peers() -> Done {
    install(FOR_PEERS)?;
    python::for_peers()?;
    node::packages_of("benches/peers")
}

/// What `cargo xtask bench-planner` needs.
pub(crate) const FOR_PLANNER_PEERS: &[Need] = &[
    Need::program("python3", "python3", "runs the solvers"),
    Need::python_module("ensurepip", "python3-venv", "keeps their packages apart"),
];

/// Puts in place what `cargo xtask bench-planner` needs.
pub(crate) fn for_planner_peers() -> Done {
    install(FOR_PLANNER_PEERS)?;
    python::for_planner_peers()
}
