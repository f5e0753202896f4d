//! `doctor`.

use crate::feed::Feed;
use crate::running::{CALENDAR, Ran, Running, program, ran, run};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use steadfast_testkit::servers::{Mailbox, Way};

/// What `doctor` says where nothing else listens.
fn doctor(folder: &Path) -> Ran {
    run(&["doctor", "--listen", "127.0.0.1:1"], folder)
}

/// The codes of what it finds.
fn codes(folder: &Path) -> Vec<String> {
    let ran = run(
        &["doctor", "--listen", "127.0.0.1:1", "--format", "json"],
        folder,
    );
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let findings = told["findings"].as_array().unwrap();
    assert_eq!(ran.code, i32::from(!findings.is_empty()), "{}", ran.out);
    for finding in findings {
        assert!(!finding["do"].as_str().unwrap().is_empty(), "{finding}");
    }
    let code = |one: &Value| one["code"].as_str().unwrap().to_owned();
    findings.iter().map(code).collect()
}

#[test]
fn a_new_folder_has_no_database_and_looking_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(codes(folder.path()), ["no_database"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_in_force_is_told_with_where_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    Running::start(&["serve"], folder.path()).end();
    let text = "every = 30\nmetrics-token = \"0123456789abcdef\"\n";
    fs::write(folder.path().join("steadfast.toml"), text).unwrap();
    let mut command = program(&["doctor", "--listen", "127.0.0.1:1"], folder.path());
    command.env("STEADFAST_DATABASE", "sqlite:./steadfast.db");
    let ran = ran(command);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for line in [
        "settings       steadfast.toml\n",
        "database       sqlite:./steadfast.db  (environment STEADFAST_DATABASE)\n",
        "listen         127.0.0.1:1  (--listen)\n",
        "every          30 minutes  (steadfast.toml)\n",
        "allow-private  no  (default)\n",
        "metrics-token  set  (steadfast.toml)\n",
        "what is kept   fits together\n",
        "Nothing is wrong.\n",
    ] {
        assert!(ran.out.contains(line), "{line} in {}", ran.out);
    }
    assert!(!ran.out.contains("0123456789abcdef"), "{}", ran.out);
}

#[test]
fn each_thing_that_is_wrong_is_found_and_nobody_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let feed = Feed::of(CALENDAR);
    let mut server = Running::start(&["serve", "--allow-private"], folder.path());
    let maya = server.set_up();
    feed.connect(&server, &maya);
    let listen = server.address.clone();
    let ready = run(&["doctor", "--ready", "--listen", &listen], folder.path());
    assert_eq!((ready.code, ready.out.as_str()), (0, ""), "{}", ready.err);
    server.end();
    let ready = run(&["doctor", "--ready", "--listen", &listen], folder.path());
    assert_eq!(ready.code, 4);
    assert_eq!(codes(folder.path()), [""; 0]);

    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(at("steadfast.db"), open.clone()).unwrap();
    fs::set_permissions(at("steadfast.key"), open).unwrap();
    assert_eq!(codes(folder.path()), ["key_file_open", "database_open"]);
    let shut = fs::Permissions::from_mode(0o600);
    fs::set_permissions(at("steadfast.db"), shut).unwrap();

    fs::rename(at("steadfast.key"), at("kept")).unwrap();
    assert_eq!(codes(folder.path()), ["no_key"]);
    assert_eq!(run(&["admin", "new-key"], folder.path()).code, 0);
    assert_eq!(codes(folder.path()), ["sealed"]);
    let told = doctor(folder.path()).out;
    let id = fs::read_to_string(at("kept")).unwrap();
    let id = id.split(' ').next().unwrap().to_owned();
    assert!(told.contains(&format!("has the key {id}")), "{told}");
    fs::write(at("steadfast.key"), "no key").unwrap();
    assert_eq!(codes(folder.path()), ["key_file"]);
    fs::write(at("steadfast.db"), "no database at all").unwrap();
    let ran = doctor(folder.path());
    assert!(ran.out.contains("does not answer"), "{}", ran.out);
    for word in ["maya", "Acme", "secret-feed"] {
        assert!(!told.contains(word) && !ran.out.contains(word), "{word}");
    }
}

#[test]
fn a_mail_server_is_signed_in_to_and_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mailbox = Mailbox::start(Way::Plain, None);
    let doctor = |port: u16| {
        let smtp = format!("smtp://127.0.0.1:{port}?tls=none");
        let from = "Steadfast <steadfast@example.org>";
        let address = "https://steadfast.example.org";
        let arguments = [
            "doctor",
            "--smtp",
            &smtp,
            "--mail-from",
            from,
            "--address",
            address,
        ];
        run(&arguments, folder.path()).out
    };
    let found = doctor(mailbox.port);
    assert!(
        found.contains("the mail server lets this one in"),
        "{found}"
    );
    assert!(mailbox.mails().is_empty());
    let port = mailbox.port;
    drop(mailbox);
    let found = doctor(port);
    assert!(found.contains("the mail server was not reached"), "{found}");
}
