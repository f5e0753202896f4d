//! What a signed-in person gets to see in a browser, over a socket.

use crate::bench::{Bench, EVERY, keyring};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use steadfast_app::server::ledger::Offered;
use steadfast_store::Micros;
use steadfast_web::{Argon2Passwords, Ask, Server, World};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A world with that clock.
pub(crate) fn world(now: Arc<AtomicI64>, ask: Ask) -> World {
    let drawn = AtomicU64::new(1);
    World {
        now: Box::new(move || Micros(now.load(Ordering::Relaxed))),
        elapsed: Box::new(|| 0),
        random: Box::new(move |bytes| {
            // Never the same twice is all that a test needs of chance.
            for chunk in bytes.chunks_mut(8) {
                let next = drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                let size = chunk.len();
                chunk.copy_from_slice(&next[8 - size..]);
            }
            Ok(())
        }),
        open: Box::new(|_, _| Ok(Offered::default())),
        ask,
        writes: Box::new(steadfast_web::WritesNothing),
        google: None,
        watches: None,
        domains: Vec::new(),
        mail: None,
        keyring: keyring(),
        every: EVERY,
        program: "drill".to_owned(),
        node: format!("process {}", std::process::id()),
        log: Box::new(|_| {}),
    }
}

pub(crate) fn server(bench: &Bench, world: World) -> Server {
    let passwords = Argon2Passwords::new([7; 16]).unwrap();
    Server::new(bench.store.clone(), world, passwords, None)
}

/// One page, as `person` gets it.
pub(crate) async fn page(bench: &Bench, person: &str, path: &str) -> String {
    let ask: Ask = Box::new(|_, _| Box::pin(async { panic!("no page asks a calendar") }));
    let server = server(bench, world(bench.now.clone(), ask));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(async move {
        let stop = async { drop(stopped.await) };
        steadfast_web::serve(&server, listener, stop).await
    });
    let cookie = format!("steadfast={}", bench.token(person).await.as_str());
    let page = get(&address, path, &cookie).await;
    drop(stop);
    serving.await.unwrap().unwrap();
    page
}

/// Every page about 1:1s that `person` can get to, by path.
pub(crate) async fn pages(bench: &Bench, person: &str) -> BTreeMap<String, String> {
    let ask: Ask = Box::new(|_, _| Box::pin(async { panic!("no page asks a calendar") }));
    let server = server(bench, world(bench.now.clone(), ask));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(async move {
        let stop = async { drop(stopped.await) };
        steadfast_web::serve(&server, listener, stop).await
    });
    let cookie = format!("steadfast={}", bench.token(person).await.as_str());
    let mut found = BTreeMap::new();
    let mut to_visit = vec![
        "/one-on-ones".to_owned(),
        "/calendars".to_owned(),
        "/start".to_owned(),
    ];
    while let Some(path) = to_visit.pop() {
        if found.contains_key(&path) {
            continue;
        }
        let page = get(&address, &path, &cookie).await;
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {page}");
        let links = page
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        to_visit.extend(
            links
                .filter(|link| link.starts_with("/one-on-ones/"))
                .map(|link| link.split('#').next().unwrap_or(link).to_owned()),
        );
        found.insert(path, page);
    }
    drop(stop);
    serving.await.unwrap().unwrap();
    found
}

async fn get(address: &str, path: &str, cookie: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
