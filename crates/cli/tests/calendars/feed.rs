//! A small server of feeds: what stands in a calendar at the moment at which it is asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

type Texts = Arc<Mutex<HashMap<String, String>>>;

/// A running server; it stops when dropped.
pub(crate) struct Feeds {
    port: u16,
    texts: Texts,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Feeds {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (texts, over) = (Texts::default(), Arc::new(AtomicBool::new(false)));
        let thread = std::thread::spawn({
            let (texts, over) = (texts.clone(), over.clone());
            move || {
                for stream in listener.incoming() {
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                    // Whoever goes away in the middle is none of our business.
                    drop(stream.and_then(|stream| answer(stream, &texts)));
                }
            }
        });
        Self {
            port,
            texts,
            over,
            thread: Some(thread),
        }
    }

    /// From now on this stands at `/NAME.ics`.
    pub(crate) fn stands(&self, name: &str, text: String) {
        let path = format!("/{name}.ics");
        self.texts.lock().unwrap().insert(path, text);
    }

    pub(crate) fn url(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/{name}.ics", self.port)
    }
}

impl Drop for Feeds {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn answer(mut stream: TcpStream, texts: &Texts) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let text = texts.lock().ok().and_then(|texts| texts.get(path).cloned());
    let (status, text) = text.map_or(("404 Not Found", String::new()), |text| ("200 OK", text));
    let length = text.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/calendar\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    )
}
