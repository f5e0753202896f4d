//! The smallest HTTP server that serves: one request a connection, one thread each.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use url::form_urlencoded;

/// How long a client may be silent.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a request's body.
const MOST: usize = 8 << 20;

/// A request.
#[derive(Debug, Default)]
pub(crate) struct Request {
    /// `GET`, …
    pub(crate) method: String,
    /// Below the host, decoded part by part: `["calendar", "v3", …]`.
    pub(crate) path: Vec<String>,
    /// As written.
    pub(crate) raw_path: String,
    /// In their order.
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The first parameter of that name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, _)| known == name)?;
        Some(&found.1)
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name)?;
        Some(&found.1)
    }

    /// The fields of a form in the body.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Response {
    /// The status.
    pub(crate) status: u16,
    /// Beside length and kind.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// JSON, or nothing.
    pub(crate) body: Vec<u8>,
    /// Bytes of the body that are sent, where the connection is to break in it; nought: nothing is sent at all.
    pub(crate) cut: Option<usize>,
}

impl Response {
    /// JSON, whole.
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
            cut: None,
        }
    }

    /// Done, and nothing to say of it.
    pub(crate) fn nothing(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            cut: None,
        }
    }
}

/// A running server; it stops when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts one on a free port of this machine.
    pub(crate) fn start(
        answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let over = Arc::new(AtomicBool::new(false));
        let (stop, answer) = (Arc::clone(&over), Arc::new(answer));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), answer) = (stream, Arc::clone(&answer)) else {
                    continue;
                };
                // Whoever goes away in the middle is none of our business.
                std::thread::spawn(move || serve(stream, &*answer).ok());
            }
        });
        Ok(Self {
            address,
            over,
            thread: Some(thread),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&Request) -> Response) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let Some(request) = read(&mut reader)? else {
        return stream.write_all(
            b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    };
    let response = answer(&request);
    if response.cut == Some(0) {
        return Ok(());
    }
    let mut head = format!(
        "HTTP/1.1 {} -\r\nContent-Length: {}\r\nConnection: close\r\n",
        response.status,
        response.body.len()
    );
    if !response.body.is_empty() {
        head.push_str("Content-Type: application/json; charset=UTF-8\r\n");
    }
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let sent = response.cut.unwrap_or(usize::MAX).min(response.body.len());
    // In one piece: of two small ones the second waits for the first to be acknowledged.
    let mut whole = head.into_bytes();
    whole.extend_from_slice(&response.body[..sent]);
    stream.write_all(&whole)
}

fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: path.split('/').skip(1).map(decoded).collect(),
        raw_path: path.to_owned(),
        query: form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        ..Request::default()
    };
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            request.headers.push((name, value.trim().to_owned()));
        }
    }
    let length = request.header("content-length").unwrap_or("0");
    let Some(length) = length.parse().ok().filter(|length| *length <= MOST) else {
        return Ok(None);
    };
    request.body = vec![0; length];
    reader.read_exact(&mut request.body)?;
    Ok(Some(request))
}

/// A part of a path without its percent signs; a plus is a plus there.
fn decoded(part: &str) -> String {
    let plain = part.replace('+', "%2B");
    let mut pairs = form_urlencoded::parse(plain.as_bytes());
    pairs.next().map_or_else(String::new, |(name, value)| {
        if value.is_empty() {
            name.into_owned()
        } else {
            format!("{name}={value}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_apart() {
        let text = "POST /calendar/v3/calendars/a%40b.c/events?x=1&y=a+b HTTP/1.1\r\nIf-Match: \"1\"\r\nContent-Length: 2\r\n\r\n{}";
        let request = read(&mut text.as_bytes()).unwrap().unwrap();
        assert_eq!(
            request.path,
            ["calendar", "v3", "calendars", "a@b.c", "events"]
        );
        assert_eq!(
            (request.parameter("y"), request.header("if-match")),
            (Some("a b"), Some("\"1\""))
        );
        assert_eq!(request.body, b"{}");
    }
}
