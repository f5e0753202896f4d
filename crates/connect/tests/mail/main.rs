//! Mail to a real mail server: encrypted, signed in, taken, refused, and broken off.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be set up fails the test, with its place"
)]

use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::path::PathBuf;
use steadfast_calendar::Instant;
use steadfast_connect::Secret;
use steadfast_connect::mail::{Mail, MailError, MailServer, Security, Sender, Stage, check, send};
use steadfast_testkit::servers::{Mailbox, Way};

const USER: &str = "steadfast@example.org";

fn server(port: u16, security: Security) -> MailServer {
    MailServer {
        host: "localhost".to_owned(),
        port,
        security,
        user: None,
        password: None,
        trusted_certificates: None,
        from: Sender::parse("Steadfast <steadfast@example.org>").unwrap(),
    }
}

fn mail() -> Mail {
    Mail {
        to: "maya@example.com".to_owned(),
        id: "0a1b@example.org".to_owned(),
        at: Instant::from_seconds(1_772_000_000),
        subject: "Your 1:1 of Tue 31 Mar 14:00: it was moved".to_owned(),
        text: "Göran, Tue 31 Mar 14:00\n.\n.. a line of dots\n".to_owned(),
        html: Some("<p>Göran</p>".to_owned()),
        off: Some("https://steadfast.example.org/mail/off/0a1b".to_owned()),
        reply_to: None,
        calendar: None,
    }
}

/// A certificate for localhost and its key, and the file that trusts it.
fn certificate() -> (String, String, tempfile::TempDir, PathBuf) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, cert.pem()).unwrap();
    (cert.pem(), signing_key.serialize_pem(), folder, trusted)
}

fn stage(error: &MailError) -> (Stage, Option<u16>, bool) {
    (error.stage, error.code, error.is_refusal())
}

#[test]
fn what_is_sent_arrives_as_it_is() {
    let mailbox = Mailbox::start(Way::Plain, None);
    let server = server(mailbox.port, Security::None);
    check(&server).unwrap();
    assert!(mailbox.mails().is_empty(), "a look sends nothing");
    send(&server, &mail()).unwrap();
    let mails = mailbox.mails();
    let [one] = mails.as_slice() else {
        panic!("{mails:?}");
    };
    let sent = steadfast_connect::mail::bytes(&mail(), &server.from).unwrap();
    let arrived = one.strip_prefix("X-Rcpt-To: maya@example.com\r\n").unwrap();
    assert_eq!(
        arrived.trim_end(),
        String::from_utf8(sent).unwrap().trim_end()
    );
}

#[test]
fn it_is_encrypted_and_signed_in_both_ways() {
    let (certificate, key, _folder, trusted) = certificate();
    for (way, security) in [
        (Way::StartTls(&certificate, &key), Security::StartTls),
        (Way::Implicit(&certificate, &key), Security::Implicit),
    ] {
        let mailbox = Mailbox::start(way, Some(USER));
        let known = MailServer {
            user: Some(USER.to_owned()),
            password: Some(Secret::new(Mailbox::PASSWORD)),
            trusted_certificates: Some(trusted.clone()),
            ..server(mailbox.port, security)
        };
        send(&known, &mail()).unwrap();
        assert_eq!(mailbox.mails().len(), 1, "{security:?}");
        let wrong = MailServer {
            password: Some(Secret::new("wrong")),
            ..known.clone()
        };
        let error = check(&wrong).unwrap_err();
        assert_eq!(
            stage(&error),
            (Stage::SignIn, Some(535), false),
            "{error:?}"
        );
        // Nobody vouches for its certificate.
        let stranger = MailServer {
            trusted_certificates: None,
            ..known
        };
        let error = send(&stranger, &mail()).unwrap_err();
        assert_eq!(stage(&error), (Stage::Encrypt, None, false), "{error:?}");
        assert_eq!(mailbox.mails().len(), 1);
    }
}

#[test]
fn where_the_way_cannot_be_encrypted_nothing_is_sent() {
    let mailbox = Mailbox::start(Way::Plain, None);
    let error = send(&server(mailbox.port, Security::StartTls), &mail()).unwrap_err();
    assert_eq!(stage(&error), (Stage::Encrypt, None, false), "{error:?}");
    assert!(mailbox.mails().is_empty());
}

#[test]
fn what_is_not_taken_now_is_told_from_what_is_not_taken_at_all() {
    let mailbox = Mailbox::start(Way::Plain, None);
    let server = server(mailbox.port, Security::None);
    mailbox.fails(&[
        "rcpt 450 maya@example.com is busy",
        "rcpt 550 no maya@example.com here",
        "data 451 later",
        "data 554 no",
        "drop",
    ]);
    let mut errors = Vec::new();
    for _ in 0..5 {
        let error = send(&server, &mail()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("maya"), "{error:?}");
        errors.push(stage(&error));
    }
    assert_eq!(
        errors,
        [
            (Stage::To, Some(450), false),
            (Stage::To, Some(550), true),
            (Stage::Content, Some(451), false),
            (Stage::Content, Some(554), true),
            // Whether it was taken is not known: it is sent again, under the same id.
            (Stage::Content, None, false),
        ]
    );
    assert_eq!(mailbox.mails().len(), 1);
    send(&server, &mail()).unwrap();
    let mails = mailbox.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0], mails[1]);
}

#[test]
fn a_mail_server_that_is_not_there_is_said_not_to_be() {
    let port = Mailbox::start(Way::Plain, None).port;
    let error = send(&server(port, Security::None), &mail()).unwrap_err();
    assert_eq!(stage(&error), (Stage::Reach, None, false), "{error:?}");
}
