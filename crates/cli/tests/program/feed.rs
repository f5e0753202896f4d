//! A calendar at an address of this machine.

use crate::running::Running;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// What stands there; nothing answers well without.
pub(crate) struct Feed {
    pub(crate) address: String,
    text: Arc<Mutex<Option<String>>>,
}

impl Feed {
    pub(crate) fn of(text: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/secret-feed.ics", listener.local_addr().unwrap());
        let text = Arc::new(Mutex::new(Some(text.to_owned())));
        let said = text.clone();
        // Ends with the test program.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked);
                let answer = match said.lock().unwrap().as_ref() {
                    Some(text) => format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
                        text.len()
                    ),
                    None => "HTTP/1.1 503 Gone for now\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
                };
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, text }
    }

    pub(crate) fn says(&self, text: Option<&str>) {
        *self.text.lock().unwrap() = text.map(str::to_owned);
    }

    /// Connects it, as whoever has that cookie.
    pub(crate) fn connect(&self, server: &Running, cookie: &str) {
        let headers =
            format!("Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        let address = self.address.replace(':', "%3A").replace('/', "%2F");
        let form = format!("address={address}&user=&password=");
        let answer = server.ask("POST /calendars HTTP/1.1", &headers, form.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }
}
