//! Where a chat takes messages: a loopback address that keeps what it was sent and answers as it is told.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// A running webhook; it stops when dropped. There is no chat behind it: none starts in seconds, and what theirs take is
/// written down by Slack and Microsoft, not seen here.
pub struct Webhook {
    /// Its address; the last part is a secret.
    pub address: String,
    kept: Arc<Kept>,
    thread: Option<JoinHandle<()>>,
    port: u16,
}

#[derive(Default)]
struct Kept {
    over: AtomicBool,
    answers: Mutex<VecDeque<String>>,
    sent: Mutex<Vec<String>>,
}

impl Webhook {
    /// The part of the address that nobody else may see.
    pub const SECRET: &str = "hook-secret-4711";

    /// One that takes everything.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let kept = Arc::new(Kept::default());
        let keeps = Arc::clone(&kept);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if keeps.over.load(Ordering::SeqCst) {
                    return;
                }
                if let Ok(stream) = stream {
                    // Whoever goes away in the middle is none of our business.
                    keeps.take(stream).ok();
                }
            }
        });
        Self {
            address: format!("http://127.0.0.1:{port}/services/{}", Self::SECRET),
            kept,
            thread: Some(thread),
            port,
        }
    }

    /// The next answers, one for each request: a status line and headers, or nothing to hang up without an answer.
    pub fn answers(&self, answers: &[&str]) {
        let mut said = self
            .kept
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        said.extend(answers.iter().map(|answer| (*answer).to_owned()));
    }

    /// All that it was sent, head and body.
    pub fn sent(&self) -> Vec<String> {
        let sent = self
            .kept
            .sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sent.clone()
    }
}

impl Kept {
    fn take(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let length = head.lines().find_map(|line| {
            let line = line.to_ascii_lowercase();
            line.strip_prefix("content-length: ")?.parse().ok()
        });
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let said = format!("{head}{}", String::from_utf8_lossy(&body));
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(said);
        let answer = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let answer = answer.unwrap_or_else(|| "200 OK\r\nContent-Length: 2\r\n\r\nok".to_owned());
        if !answer.is_empty() {
            stream.write_all(format!("HTTP/1.1 {answer}").as_bytes())?;
        }
        Ok(())
    }
}

impl Drop for Webhook {
    fn drop(&mut self) {
        self.kept.over.store(true, Ordering::SeqCst);
        // It waits for somebody to call.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
