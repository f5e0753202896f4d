//! `town [PEOPLE [SECONDS]]`: pages of a town of so many people with a year of life behind them, on SQLite and on PostgreSQL,
//! at 200 requests a second; and a round in which nobody's calendar has changed.
//!
//! Requests go out by a schedule that is fixed before, over TCP, whether or not the one before has come back; how long one
//! took counts from when it should have gone out. So a server that stops for a while is seen to make everybody wait.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program of its own"
)]

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant as Moment};
use steadfast_app::server::ledger::Offered;
use steadfast_app::server::sync::{Found, FoundCalendar, News, Step};
use steadfast_benches::played::{Failed, play};
use steadfast_benches::town::{PROGRAM, Resident, Team};
use steadfast_benches::usage::own_cpu;
use steadfast_life::{Config, Dialect, World as Life};
use steadfast_store::seal::Keyring;
use steadfast_store::{Accounts, Jobs, Micros, NewJob, Options, Org, Store};
use steadfast_testkit::servers::Postgres;
use steadfast_web::{Argon2Passwords, Server, World};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Requests a second.
const RATE: u64 = 200;
/// Connections, as browsers keep them; each has one request under way.
const CONNECTIONS: usize = 64;
/// Seconds of requests that are not counted: connections and caches are new.
const WARM: u64 = 3;

fn main() -> ExitCode {
    let named: Result<Vec<u64>, _> = std::env::args().skip(1).map(|said| said.parse()).collect();
    let Ok(named) = named else {
        eprintln!("usage: town [PEOPLE [SECONDS]]");
        return ExitCode::from(2);
    };
    let of = |place: usize, usual: u64| named.get(place).copied().unwrap_or(usual);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let done = runtime
        .map_err(Failed::from)
        .and_then(|runtime| runtime.block_on(town(of(0, 10_000), of(1, 30))));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn town(people: u64, seconds: u64) -> Result<(), Failed> {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 8;
    config.weeks = 52;
    // A look a day, as if most changes of a day were seen together.
    config.poll_minutes = 1_440;
    let folder = tempfile::tempdir()?;
    let address = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let store = Store::open(&address("team.db")).await?;
    let played = play(&store, &Life::new(5, &config)).await?;
    let team = Team::of(&store, &played).await?;
    store.close().await;
    let now = Micros(played.now.seconds() * 1_000_000);
    println!("a team of {}: {} facts in a year", team.len(), team.facts());
    let postgres = Postgres::lasting();
    let engines = [
        ("SQLite", address("town.db")),
        ("PostgreSQL", postgres.database()),
    ];
    for (engine, address) in engines {
        let options = Options::default();
        let store = Store::open_with(&address, &options).await?;
        let began = Moment::now();
        let residents = move_in(&store, &team, people, now).await?;
        println!(
            "\n{engine}: {} people moved in within {:.0} s",
            residents.len(),
            began.elapsed().as_secs_f64()
        );
        let clock = Arc::new(AtomicI64::new(now.0));
        let server = server(store.clone(), clock.clone())?;
        pages(&server, &residents, seconds).await?;
        round(&server, &store, &clock, residents.len()).await?;
        store.close().await;
    }
    Ok(())
}

async fn move_in(
    store: &Store,
    team: &Team,
    people: u64,
    now: Micros,
) -> Result<Vec<Resident>, Failed> {
    let org = Org::new("town")?;
    store.create_organisation(&org, "Town", Micros(0)).await?;
    let mut residents = Vec::new();
    let mut number = 0;
    while (residents.len() as u64) < people {
        residents.extend(team.moves_in(store, &org, number, now).await?);
        number += 1;
    }
    Ok(residents)
}

/// The server, with a clock that stands still but for rounds, and calendars that have nothing new.
fn server(store: Store, clock: Arc<AtomicI64>) -> Result<Server, Failed> {
    let began = Moment::now();
    let world = World {
        now: Box::new(move || Micros(clock.load(Ordering::Relaxed))),
        elapsed: Box::new(move || began.elapsed().as_millis() as u64),
        random: Box::new(|bytes| getrandom::fill(bytes).map_err(std::io::Error::other)),
        open: Box::new(|_, _| Ok(Offered::default())),
        google: None,
        watches: None,
        domains: Vec::new(),
        ask: Box::new(|_, cursor| {
            Box::pin(async move {
                Ok(Found {
                    calendars: vec![FoundCalendar {
                        id: String::new(),
                        name: String::new(),
                        owner: None,
                        news: News::Unchanged,
                    }],
                    cursor: cursor.unwrap_or_default(),
                    ..Found::default()
                })
            })
        }),
        writes: Box::new(steadfast_web::WritesNothing),
        mail: None,
        keyring: Keyring::new("k", [7; 32])?,
        every: 3_600_000_000,
        program: PROGRAM.to_owned(),
        node: "bench".to_owned(),
        log: Box::new(|line| {
            if line.contains("error") {
                eprintln!("{line}");
            }
        }),
    };
    let passwords = Argon2Passwords::new([7; 16]).map_err(|error| format!("{error:?}"))?;
    Ok(Server::new(store, world, passwords, None))
}

/// The pages that people open, as often as they do, each by somebody else.
fn path_of(resident: &Resident, number: u64) -> String {
    let pair = resident.pairs.first().map_or("", String::as_str);
    match number % 10 {
        0..4 => "/one-on-ones".to_owned(),
        4..7 => format!("/one-on-ones/{pair}"),
        7 => "/policies".to_owned(),
        8 => "/privacy".to_owned(),
        _ => "/people/me".to_owned(),
    }
}

/// How long one page took, from when it should have been asked for.
struct Answer {
    path: &'static str,
    status: u16,
    milliseconds: f64,
}

async fn pages(server: &Server, residents: &[Resident], seconds: u64) -> Result<(), Failed> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn({
        let server = server.clone();
        async move {
            let stopped = async { drop(stopped.await) };
            steadfast_web::serve(&server, listener, stopped).await
        }
    });
    let total = RATE * (seconds + WARM);
    // Who is next is spread over the whole town.
    let requests: Arc<Vec<(String, String)>> = Arc::new(
        (0..total)
            .filter_map(|number| {
                let place = number.wrapping_mul(7_919) as usize % residents.len();
                let resident = residents.get(place)?;
                let path = path_of(resident, number);
                let request = format!(
                    "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: steadfast={}\r\n\r\n",
                    resident.token.as_str()
                );
                Some((path, request))
            })
            .collect(),
    );
    let next = Arc::new(AtomicI64::new(0));
    let began = Moment::now() + Duration::from_millis(100);
    let mut workers = Vec::new();
    for _ in 0..CONNECTIONS {
        let (requests, next) = (requests.clone(), next.clone());
        workers.push(tokio::spawn(async move {
            let mut connection = TcpStream::connect(address).await?;
            connection.set_nodelay(true)?;
            let mut answers = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed) as u64;
                let Some((path, request)) = requests.get(number as usize) else {
                    return Ok::<_, Failed>(answers);
                };
                let due = began + Duration::from_micros(number * 1_000_000 / RATE);
                tokio::time::sleep_until(due.into()).await;
                connection.write_all(request.as_bytes()).await?;
                let status = answered(&mut connection).await?;
                if number >= RATE * WARM {
                    answers.push(Answer {
                        path: shape(path),
                        status,
                        milliseconds: due.elapsed().as_secs_f64() * 1e3,
                    });
                }
            }
        }));
    }
    let cpu = own_cpu();
    let mut answers = Vec::new();
    for worker in workers {
        answers.extend(worker.await??);
    }
    let cpu = own_cpu() - cpu;
    tell(&answers);
    println!(
        "{:.2} ms of processor a page, with asking for it",
        cpu * 1e3 / total as f64
    );
    // Nobody listens when serving has failed; it says so below.
    let _ = stop.send(());
    serving.await??;
    Ok(())
}

/// Reads one answer to its end and gives its status.
async fn answered(connection: &mut TcpStream) -> Result<u16, Failed> {
    let mut bytes = Vec::with_capacity(64 << 10);
    let mut needed = None;
    loop {
        if connection.read_buf(&mut bytes).await? == 0 {
            return Err("the server hung up".into());
        }
        if needed.is_none()
            && let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .and_then(|length| length.trim().parse::<usize>().ok());
            needed = Some(end + 4 + length.ok_or("an answer without a length")?);
        }
        if needed.is_some_and(|needed| bytes.len() >= needed) {
            let status = bytes
                .get(9..12)
                .and_then(|code| std::str::from_utf8(code).ok());
            return Ok(status.and_then(|code| code.parse().ok()).unwrap_or(0));
        }
    }
}

fn shape(path: &str) -> &'static str {
    match path {
        "/one-on-ones" => "/one-on-ones",
        "/policies" => "/policies",
        "/privacy" => "/privacy",
        "/people/me" => "/people/me",
        _ => "/one-on-ones/{pair}",
    }
}

fn tell(answers: &[Answer]) {
    let mut shapes: Vec<&str> = answers.iter().map(|answer| answer.path).collect();
    shapes.sort_unstable();
    shapes.dedup();
    println!(
        "{:<22} {:>7} {:>9} {:>9} {:>9} {:>9}",
        "page", "asked", "median", "p99", "p99.9", "not 200"
    );
    for shape in shapes.iter().copied().chain(["all"]) {
        let of = |answer: &&Answer| shape == "all" || answer.path == shape;
        let mut each: Vec<f64> = answers.iter().filter(of).map(|a| a.milliseconds).collect();
        each.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (each.len() as f64 * share) as usize;
            each.get(place).copied().unwrap_or_default()
        };
        let odd = answers
            .iter()
            .filter(of)
            .filter(|a| a.status != 200)
            .count();
        println!(
            "{shape:<22} {:>7} {:>6.1} ms {:>6.1} ms {:>6.1} ms {odd:>9}",
            each.len(),
            at(0.5),
            at(0.99),
            at(0.999)
        );
    }
}

/// A round of everybody's calendar, none of which has anything new.
async fn round(
    server: &Server,
    store: &Store,
    clock: &AtomicI64,
    people: usize,
) -> Result<(), Failed> {
    let org = Org::new("town")?;
    let now = Micros(clock.load(Ordering::Relaxed));
    let mut due = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.accounts(&org, after.as_deref(), 1_000).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.account.clone());
        for one in &page {
            for source in steadfast_store::Sources::sources_of(store, &org, &one.person).await? {
                due.push(NewJob {
                    kind: steadfast_app::server::sync::JOB.to_owned(),
                    unique: Some(source.source),
                    payload: Vec::new(),
                    due: now,
                    max_attempts: u32::MAX,
                });
            }
        }
    }
    for some in due.chunks(500) {
        store.enqueue(&org, some).await?;
    }
    let (cpu, began) = (own_cpu(), Moment::now());
    let mut rounds = [0usize; 2];
    loop {
        match server.round().await? {
            Step::Idle => break,
            Step::Unchanged => rounds[0] += 1,
            _ => rounds[1] += 1,
        }
    }
    println!(
        "a round of {} calendars of {people} people, {} with nothing new: {:.1} s of processor here, {:.1} s on the clock",
        rounds[0] + rounds[1],
        rounds[0],
        own_cpu() - cpu,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
