//! https: a certificate is believed only if somebody trusted vouches for it.

use crate::common::{calendar, tight};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use steadfast_connect::{Options, Source, SourceError};

/// Serves one connection over TLS as `localhost`; returns its port and its certificate.
fn serve_once() -> (u16, String, thread::JoinHandle<()>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .expect("a server");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let server = thread::spawn(move || {
        let (socket, _) = listener.accept().expect("a client");
        let connection = ServerConnection::new(Arc::new(config)).expect("a connection");
        let mut stream = BufReader::new(StreamOwned::new(connection, socket));
        let mut line = String::new();
        // A client that does not believe us goes away here.
        while stream.read_line(&mut line).is_ok_and(|count| count > 2) {
            line.clear();
        }
        let body = calendar("encrypted");
        let head = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        drop(stream.get_mut().write_all((head + &body).as_bytes()));
        stream.get_mut().conn.send_close_notify();
        drop(stream.get_mut().flush());
    });
    (port, cert.pem(), server)
}

fn read(host: &str, port: u16, trusted: Option<&str>) -> (Vec<String>, Result<(), SourceError>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("trusted.pem");
    let mut options = Options { ..tight() };
    if let Some(pem) = trusted {
        std::fs::write(&path, pem).expect("a file");
        options.trusted_certificates = Some(path);
    }
    let source = Source::parse(&format!("webcals://{host}:{port}/a.ics")).expect("a URL");
    let (recorder, result) = crate::common::read_with(&source, &options);
    (recorder.bodies, result)
}

#[test]
fn a_trusted_server_is_read() {
    let (port, pem, server) = serve_once();
    let (bodies, result) = read("localhost", port, Some(&pem));
    assert_eq!(result, Ok(()));
    assert_eq!(bodies, [calendar("encrypted")]);
    server.join().expect("the server ends");
}

#[test]
fn a_server_nobody_vouches_for_or_of_another_name_is_not_believed() {
    for (host, trust_it) in [("localhost", false), ("127.0.0.1", true)] {
        let (port, pem, server) = serve_once();
        let (bodies, result) = read(host, port, trust_it.then_some(pem.as_str()));
        let error = result.expect_err(host);
        assert!(
            matches!(error, SourceError::Unreachable { .. }),
            "{error:?}"
        );
        assert!(error.to_string().contains("certificate"), "{error}");
        assert!(error.hint().contains("certificate"), "{}", error.hint());
        assert!(bodies.is_empty());
        server.join().expect("the server ends");
    }
}

#[test]
fn a_file_without_a_certificate_is_an_error() {
    let (_, result) = read("localhost", 1, Some("no certificate"));
    assert!(
        matches!(result, Err(SourceError::Unreadable { .. })),
        "{result:?}"
    );
}
