//! A reverse proxy that asks for a password and tells the server behind it who that was.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// A running proxy; it stops when dropped.
pub(super) struct Front {
    pub(super) port: u16,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Front {
    /// Lets `users` with this password through to `behind`, named in the header `X-Remote-User`.
    pub(super) fn start(behind: u16, users: &[&str], password: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let keys: Vec<(String, String)> = users
            .iter()
            .map(|user| {
                let key = BASE64_STANDARD.encode(format!("{user}:{password}"));
                (format!("Basic {key}"), (*user).to_owned())
            })
            .collect();
        let over = Arc::new(AtomicBool::new(false));
        let (stop, keys) = (Arc::clone(&over), Arc::new(keys));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), keys) = (stream, Arc::clone(&keys)) else {
                    continue;
                };
                // Whoever goes away in the middle is none of our business.
                std::thread::spawn(move || pass(stream, behind, &keys).ok());
            }
        });
        Self {
            port,
            over,
            thread: Some(thread),
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// One request per connection, so that each is looked at.
fn pass(mut client: TcpStream, behind: u16, keys: &[(String, String)]) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let (mut head, mut user, mut length) = (String::new(), None, 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "authorization" => {
                let found = keys.iter().find(|(key, _)| key == value.trim());
                user = found.map(|(_, user)| user);
            }
            "connection" | "x-remote-user" => {}
            "content-length" => {
                length = value.trim().parse().unwrap_or(0);
                head.push_str(&line);
            }
            _ => head.push_str(&line),
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let Some(user) = user else {
        let refusal = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"test\"\r\n\
                       Content-Length: 0\r\nConnection: close\r\n\r\n";
        client.write_all(refusal.as_bytes())?;
        return client.shutdown(Shutdown::Write);
    };
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, behind))?;
    let more = format!("X-Remote-User: {user}\r\nConnection: close\r\n\r\n");
    server.write_all((head + &more).as_bytes())?;
    server.write_all(&body)?;
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Write)
}
