use super::{Origin, Said, Settings};
use crate::error::{CommandError, Kind};
use std::env::VarError;
use std::fs;
use std::path::Path;

fn settings(
    said: Said,
    environment: &[(&'static str, &'static str)],
) -> Result<Settings, CommandError> {
    let environment = environment.to_vec();
    Settings::among(said, &move |name| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| (*value).to_owned())
            .ok_or(VarError::NotPresent)
    })
}

fn with_file(text: &str, check: impl FnOnce(&dyn Fn() -> Said, &Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.toml");
    fs::write(&path, text).unwrap();
    let said = || {
        let mut said = Said::default();
        said.place.config = Some(path.clone());
        said
    };
    check(&said, &path);
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    with_file(
        "database = \"sqlite:file.db\"\nlisten = \"127.0.0.1:1\"\nevery = 30\nallow-private = true\n",
        |said, path| {
            let environment = [
                ("STEADFAST_DATABASE", "sqlite:/srv/environment.db"),
                ("STEADFAST_LISTEN", "127.0.0.1:2"),
                ("STEADFAST_ALLOW_PRIVATE", "no"),
                ("STEADFAST_TRUST", " "),
            ];
            let mut said = said();
            said.place.database = Some("sqlite:flag.db".to_owned());
            let found = settings(said, &environment).unwrap();
            assert_eq!(found.database.value, "sqlite:flag.db");
            assert_eq!(found.database.from, Origin::Flag("database"));
            assert_eq!(found.listen.value, "127.0.0.1:2");
            assert_eq!(found.listen.from, Origin::Environment("STEADFAST_LISTEN"));
            assert_eq!(found.every.value, 30);
            assert_eq!(found.every.from, Origin::File(path.to_owned()));
            assert!(!found.allow_private.value, "said to be off");
            assert_eq!(found.trust.value, None, "empty is as good as not there");
            assert_eq!(found.key.value, Path::new("steadfast.key"));
            assert_eq!(found.key.from, Origin::Default);
        },
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let check = |text: &str, environment: &[(&'static str, &'static str)], what: &str| {
        with_file(text, |said, _| {
            let Err(error) = settings(said(), environment) else {
                panic!("{text} {environment:?} is taken");
            };
            assert_eq!(error.kind, Kind::Usage);
            assert!(error.what.contains(what), "{}", error.what);
            assert!(!error.hint.is_empty());
        });
    };
    check(
        "\nlisten = \"a\"\ndatabas = \"b\"\n",
        &[],
        "server.toml:3: unknown field",
    );
    check("every = \"often\"", &[], "server.toml:1: invalid type");
    check("every = 4", &[], "every is 4 minutes (");
    check("", &[("STEADFAST_EVERY", "often")], "STEADFAST_EVERY");
    check(
        "",
        &[("STEADFAST_ALLOW_PRIVATE", "perhaps")],
        "STEADFAST_ALLOW_PRIVATE",
    );
    check("metrics-token = \"short\"", &[], "fewer than 16 letters");
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let mut said = Said::default();
    said.place.config = Some("/nowhere/steadfast.toml".into());
    assert_eq!(settings(said, &[]).err().unwrap().kind, Kind::Input);
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let check = |address, expected: &str| assert_eq!(super::shown(address), expected);
    check("sqlite:/srv/a.db", "sqlite:/srv/a.db");
    check("postgres://u:p@ss@h/d", "postgres://u@h/d");
    check(
        "postgres://u@h/d?sslmode=require&password=p",
        "postgres://u@h/d?sslmode=require",
    );
    check("postgres://h/d?password=p", "postgres://h/d");
}

#[test]
fn google_needs_both_of_id_and_secret_and_where_people_come_back_to() {
    let refused = |environment: &[(&'static str, &'static str)]| {
        let error = settings(Said::default(), environment).err().unwrap();
        assert_eq!(error.kind, Kind::Usage);
        error.what
    };
    let client = ("STEADFAST_GOOGLE_CLIENT_ID", "client");
    let secret = ("STEADFAST_GOOGLE_CLIENT_SECRET", "secret-marker");
    let address = ("STEADFAST_ADDRESS", "https://steadfast.example.org/");
    let elsewhere = ("STEADFAST_GOOGLE_AT", "https://evil.example.org/");
    assert!(refused(&[client, address]).contains("no client secret"));
    assert!(refused(&[secret, address]).contains("no client id"));
    assert!(refused(&[client, secret]).contains("where people open it"));
    assert!(refused(&[client, secret, address, elsewhere]).contains("stands for Google"));
    let found = settings(Said::default(), &[client, secret, address]).unwrap();
    let google = found.reach().unwrap().google.unwrap();
    assert_eq!(
        google.registered.as_ref().unwrap().redirect,
        "https://steadfast.example.org/calendars/google/back"
    );
    assert!(!format!("{google:?}").contains("secret-marker"));
    assert_eq!(
        google.told_at.as_deref(),
        Some("https://steadfast.example.org/calendars/google/changed")
    );
    // Google says nothing in the clear.
    let here = ("STEADFAST_ADDRESS", "http://127.0.0.1:7373/");
    let found_here = settings(Said::default(), &[client, secret, here]).unwrap();
    assert_eq!(found_here.reach().unwrap().google.unwrap().told_at, None);
    assert_eq!(found.google.secret_shown(), "set");
    assert!(
        settings(Said::default(), &[address])
            .unwrap()
            .reach()
            .unwrap()
            .google
            .is_none()
    );
}

#[test]
fn a_key_of_an_organisation_at_google_needs_its_domains_and_is_read_at_once() {
    let refused = |environment: &[(&'static str, &'static str)]| {
        settings(Said::default(), environment).err().unwrap().what
    };
    let key = ("STEADFAST_GOOGLE_KEY_FILE", "/no/such/key.json");
    let domains = ("STEADFAST_GOOGLE_DOMAINS", "example.org, Example.com");
    assert!(refused(&[key]).contains("not whose calendars"));
    assert!(refused(&[domains]).contains("no key of their organisation"));
    assert!(refused(&[key, domains]).contains("/no/such/key.json"));
    for odd in ["maya@example.org", "org", "*.example.org", "example.org,"] {
        assert!(
            refused(&[key, ("STEADFAST_GOOGLE_DOMAINS", odd)]).contains("are none"),
            "{odd}"
        );
    }
}

#[test]
fn mail_needs_a_sender_an_address_and_both_of_name_and_password() {
    let refused = |environment: &[(&'static str, &'static str)]| {
        let error = settings(Said::default(), environment).err().unwrap();
        assert_eq!(error.kind, Kind::Usage);
        error.what
    };
    let smtp = ("STEADFAST_SMTP", "smtps://mail.example.org");
    let user = ("STEADFAST_SMTP", "smtps://maya@mail.example.org");
    let from = ("STEADFAST_MAIL_FROM", "Steadfast <steadfast@example.org>");
    let address = ("STEADFAST_ADDRESS", "https://steadfast.example.org/");
    let password = ("STEADFAST_SMTP_PASSWORD", "secret-marker");
    assert!(refused(&[smtp, address]).contains("no sender"));
    assert!(refused(&[smtp, from]).contains("not where people open"));
    assert!(refused(&[user, from, address]).contains("only one is given"));
    assert!(refused(&[smtp, from, address, password]).contains("only one is given"));
    let wrong = ("STEADFAST_MAIL_FROM", "nobody");
    assert!(refused(&[smtp, wrong, address]).contains("no address"));
    let found = settings(Said::default(), &[user, from, address, password]).unwrap();
    let (server, address) = found.mail.server(None).unwrap().unwrap();
    assert_eq!(
        (server.port, address.as_str()),
        (465, "https://steadfast.example.org")
    );
    assert!(!format!("{server:?} {}", found.mail.password_shown()).contains("marker"));
    let none = settings(Said::default(), &[from]).unwrap();
    assert!(none.mail.server(None).unwrap().is_none());
}
