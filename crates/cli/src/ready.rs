//! Asking a server of ours whether it can do its work.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// A server that needs longer does not answer people either.
const PATIENCE: Duration = Duration::from_secs(5);

/// What answers at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    /// A server that is ready.
    Ready,
    /// Something that is not: a server whose database does not answer, or another program.
    NotReady,
    /// Nothing does.
    Nothing,
}

/// Asks `/readyz` where a server is said to listen.
pub(crate) fn ask(listen: &str) -> Answer {
    match answer(listen) {
        Ok(said) if said.starts_with("HTTP/1.1 200 ") && said.ends_with("ok\n") => Answer::Ready,
        Ok(_) => Answer::NotReady,
        Err(_) => Answer::Nothing,
    }
}

fn answer(listen: &str) -> io::Result<String> {
    let address = listen
        .to_socket_addrs()?
        .next()
        .ok_or_else(|| io::Error::other("no address"))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut said = Vec::new();
    // Whatever else listens there may talk for ever.
    stream.take(1 << 16).read_to_end(&mut said)?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}
