//! Counts and durations for a Prometheus: no names, no addresses, nothing about single people.
//!
//! Without a token it answers programs on this machine alone. A proxy is on this machine too, and would make it public:
//! so whatever was passed on by one is refused. With a token it answers whoever has it, and nobody else.

use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{ConnectInfo, State};
use axum::http::{Extensions, HeaderMap, header};
use axum::response::IntoResponse;
use std::fmt::{self, Write as _};
use std::net::SocketAddr;
use steadfast_app::server::health::{Health, health};
use steadfast_store::TokenHash;

/// What proxies add.
const PASSED_ON: [&str; 7] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
];

pub(crate) async fn show(
    State(server): State<Server>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answered {
    if !may_see(&server, &headers, &extensions) {
        return Err(Refusal::NotFound);
    }
    let shared = &server.0;
    let health = health(&shared.store, shared.world.now()).await?;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, &health);
    let _ = shared.counts.write(&mut text);
    let form = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    Ok((form, text).into_response())
}

fn may_see(server: &Server, headers: &HeaderMap, extensions: &Extensions) -> bool {
    if let Some(token) = server.0.metrics_token() {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        return given.is_some_and(|given| TokenHash::of(given) == token);
    }
    let from_here = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .is_none_or(|info| info.0.ip().is_loopback());
    from_here && !PASSED_ON.iter().any(|name| headers.contains_key(*name))
}

fn write(text: &mut String, health: &Health) -> fmt::Result {
    const SECOND: i64 = 1_000_000;
    let mut gauge = |name: &str, help: &str, values: &[(String, u64)]| {
        writeln!(text, "# HELP steadfast_{name} {help}")?;
        writeln!(text, "# TYPE steadfast_{name} gauge")?;
        for (labels, value) in values {
            writeln!(text, "steadfast_{name}{labels} {value}")?;
        }
        Ok(())
    };
    let one = |value: u64| [(String::new(), value)];
    let version = format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"));
    gauge("build_info", "The version that runs.", &[(version, 1)])?;
    gauge("facts", "Facts that were ever kept.", &one(health.facts))?;
    let state = |state: &str, value| (format!("{{state=\"{state}\"}}"), value);
    let sources = &health.sources;
    gauge(
        "sources",
        "Connected calendars by how they stand.",
        &[
            state("well", sources.well),
            state("failing", sources.failing),
            state("stopped", sources.stopped),
        ],
    )?;
    gauge(
        "sources_unverified_for_a_day",
        "Connected calendars that are asked and were not verified for a day.",
        &one(sources.stale),
    )?;
    let oldest: Vec<(String, u64)> = sources
        .oldest
        .and_then(|age| u64::try_from(age / SECOND).ok())
        .map(|age| (String::new(), age))
        .into_iter()
        .collect();
    gauge(
        "oldest_verification_age_seconds",
        "Seconds since the connected calendar that waits longest was verified.",
        &oldest,
    )?;
    let jobs: Vec<(String, u64)> = health
        .jobs
        .iter()
        .flat_map(|depth| {
            let labelled = |state: &str, value| {
                let labels = format!("{{kind=\"{}\",state=\"{state}\"}}", depth.kind);
                (labels, value)
            };
            [
                labelled("waiting", depth.waiting),
                labelled("running", depth.leased),
                labelled("dead", depth.dead),
            ]
        })
        .collect();
    gauge("jobs", "Jobs by kind and state.", &jobs)
}
