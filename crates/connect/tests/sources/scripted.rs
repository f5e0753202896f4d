//! A web server on loopback that answers as a test tells it to, one request per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What was asked.
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

impl Asked {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What to answer.
pub(crate) enum Answer {
    /// Status, extra header lines, body.
    Plain(u16, Vec<String>, Vec<u8>),
    /// These header lines (without length), this beginning, then this piece again and again for ever.
    Endless(Vec<String>, Vec<u8>, Vec<u8>),
    /// As `Endless`, but one piece every fiftieth of a second.
    Dripping(Vec<u8>, Vec<u8>),
    /// A promise of so many bytes, these bytes, then nothing while the connection stays open.
    Hanging(usize, Vec<u8>),
    /// A status, a promise of so many bytes, these bytes, then the connection is closed.
    CutShort(u16, usize, Vec<u8>),
    /// Nothing at all.
    Silence,
    /// Nothing, and the connection is closed.
    HangUp,
}

impl Answer {
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::Plain(200, Vec::new(), body.into())
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::Plain(status, Vec::new(), Vec::new())
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        Self::Plain(status, vec![format!("Location: {to}")], Vec::new())
    }

    /// A WebDAV answer with these `response` elements.
    pub(crate) fn multistatus(responses: &str) -> Self {
        let body = format!(
            "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\" \
             xmlns:cs=\"http://calendarserver.org/ns/\">{responses}</d:multistatus>"
        );
        Self::Plain(
            207,
            vec!["Content-Type: application/xml".to_owned()],
            body.into_bytes(),
        )
    }
}

/// The server. It stops when dropped.
pub(crate) struct Scripted {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    pub(crate) fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (asked, over) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicBool::new(false)),
        );
        let (log, stop, answer) = (Arc::clone(&asked), Arc::clone(&over), Arc::new(answer));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (log, answer, stop) =
                    (Arc::clone(&log), Arc::clone(&answer), Arc::clone(&stop));
                let Ok(stream) = stream else { continue };
                // A client that goes away in the middle is what some tests are about.
                std::thread::spawn(move || serve(stream, &log, &*answer, &stop).ok());
            }
        });
        Self {
            port,
            asked,
            over,
            thread: Some(thread),
        }
    }

    /// `METHOD /path` of every request so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a log").clone()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    answer: &(dyn Fn(&Asked) -> Answer + Send + Sync),
    over: &AtomicBool,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let Some(first) = lines.first() else {
        return Ok(());
    };
    let mut words = first.split(' ');
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut asked = Asked {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: lines.iter().skip(1).cloned().collect(),
        body: String::new(),
    };
    let length = asked
        .header("content-length")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    asked.body = String::from_utf8_lossy(&body).into_owned();
    log.lock().expect("a log").push(format!("{method} {path}"));
    let head = |status: u16, extra: &[String]| {
        let extra: String = extra.iter().map(|line| format!("{line}\r\n")).collect();
        format!("HTTP/1.1 {status} Scripted\r\nConnection: close\r\n{extra}")
    };
    match answer(&asked) {
        Answer::Plain(status, extra, body) => {
            let length = if status == 304 {
                String::new()
            } else {
                format!("Content-Length: {}\r\n", body.len())
            };
            stream.write_all(format!("{}{length}\r\n", head(status, &extra)).as_bytes())?;
            stream.write_all(&body)?;
        }
        Answer::Endless(extra, start, piece) => {
            stream.write_all(format!("{}\r\n", head(200, &extra)).as_bytes())?;
            stream.write_all(&start)?;
            while !over.load(Ordering::SeqCst) {
                stream.write_all(&piece)?;
            }
        }
        Answer::Dripping(start, piece) => {
            stream.write_all(format!("{}\r\n", head(200, &[])).as_bytes())?;
            stream.write_all(&start)?;
            stream.set_read_timeout(Some(Duration::from_millis(20)))?;
            // Waiting for the client to go is what paces it.
            while !over.load(Ordering::SeqCst) && !matches!(stream.read(&mut [0]), Ok(0)) {
                stream.write_all(&piece)?;
            }
        }
        Answer::Hanging(length, start) => {
            stream.write_all(
                format!("{}Content-Length: {length}\r\n\r\n", head(200, &[])).as_bytes(),
            )?;
            stream.write_all(&start)?;
            stream.read_to_end(&mut Vec::new())?;
        }
        Answer::CutShort(status, length, start) => {
            stream.write_all(
                format!("{}Content-Length: {length}\r\n\r\n", head(status, &[])).as_bytes(),
            )?;
            stream.write_all(&start)?;
        }
        Answer::HangUp => {}
        Answer::Silence => {
            stream.read_to_end(&mut Vec::new())?;
        }
    }
    stream.shutdown(Shutdown::Write)
}
