//! A tiny HTTP client with which tests fill a server, so that what they test does not fill it itself.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// What a server answered.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Head and body as sent.
    pub text: String,
}

/// Sends one request as `user` to a server on this machine and reads the answer to its end.
///
/// # Panics
/// When the server does not answer: that is a broken test.
pub fn request(
    port: u16,
    method: &str,
    path: &str,
    user: (&str, &str),
    headers: &[&str],
    body: &str,
) -> Reply {
    let mut stream =
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the test server listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a time limit");
    let authorization = BASE64_STANDARD.encode(format!("{}:{}", user.0, user.1));
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Basic {authorization}\r\n\
         Connection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    stream
        .write_all(head.as_bytes())
        .expect("the test server takes the request");
    stream
        .write_all(body.as_bytes())
        .expect("the test server takes the body");
    let mut bytes = Vec::new();
    stream
        .read_to_end(&mut bytes)
        .expect("the test server answers");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text
        .split_whitespace()
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0);
    Reply { status, text }
}

/// Gives a server that listens on its `port`, with one `PASSWORD` for everybody, the way to ask it.
macro_rules! asked_as_anybody {
    ($server:ty) => {
        impl $server {
            /// Sends it a request as `user`.
            pub fn request(
                &self,
                method: &str,
                path: &str,
                user: &str,
                headers: &[&str],
                body: &str,
            ) -> $crate::servers::Reply {
                let who = (user, Self::PASSWORD);
                $crate::servers::request(self.port, method, path, who, headers, body)
            }
        }
    };
}
pub(super) use asked_as_anybody;
