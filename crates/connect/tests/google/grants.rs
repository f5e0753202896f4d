//! What a person allows: asked for with PKCE, taken once, refreshed, refused, given back.

use crate::common::{
    BEN, Keeper, MAYA, REDIRECT, endpoints, made, office, options, registration, weekly,
};
use steadfast_connect::sync::google::{self, Account, By, grant};
use steadfast_connect::{Secret, SourceError};
use steadfast_fakes::google::Google;
use steadfast_testkit::servers::request;
use url::Url;

const VERIFIER: &str = "a-verifier-of-43-letters-and-digits-at-least-000";

/// Opens the page in a browser, and gives what it brings back.
fn page(google: &Google, redirect: &str) -> Vec<(String, String)> {
    page_for(google, redirect, false)
}

fn page_for(google: &Google, redirect: &str, writes: bool) -> Vec<(String, String)> {
    let page = grant::page(
        &endpoints(google),
        &registration(),
        redirect,
        ("state1", VERIFIER),
        writes,
    );
    assert!(!page.as_str().contains(VERIFIER) && !page.as_str().contains("hush"));
    let path = format!("{}?{}", page.path(), page.query().unwrap());
    let reply = request(page.port().unwrap(), "GET", &path, ("", ""), &[], "");
    let location = reply
        .text
        .lines()
        .find_map(|line| line.strip_prefix("Location: "));
    let back = location.map(|location| Url::parse(location).unwrap());
    let pairs = back.iter().flat_map(Url::query_pairs);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value)
}

fn take(google: &Google, code: &str, verifier: &str) -> Result<grant::Allowed, SourceError> {
    let returned = grant::Returned {
        code,
        verifier,
        redirect: REDIRECT,
    };
    grant::take(&endpoints(google), &registration(), &returned, &options())
}

fn account(google: &Google, refresh: String) -> Account {
    Account {
        endpoints: endpoints(google),
        by: By::Allowed {
            registration: registration(),
            refresh: Secret::new(refresh),
        },
    }
}

fn reason(error: SourceError) -> String {
    match error {
        SourceError::GrantRefused { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_allowed_opens_the_calendar_until_it_is_given_back() {
    let google = office();
    made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    google.sign_in(Some(MAYA), &[]);
    let back = page(&google, REDIRECT);
    assert_eq!(value(&back, "state"), "state1");
    let allowed = take(&google, value(&back, "code"), VERIFIER).unwrap();
    assert!(allowed.is_enough && !format!("{allowed:?}").contains(&allowed.refresh));
    // A code is good once.
    assert_eq!(
        reason(take(&google, value(&back, "code"), VERIFIER).unwrap_err()),
        "invalid_grant"
    );
    let refresh = Secret::new(allowed.refresh.clone());
    let account = account(&google, allowed.refresh);
    let mut provider = google::open(&account, &options()).unwrap();
    let round = provider.round(None).unwrap();
    assert_eq!(round.calendars[0].owner.as_deref(), Some(MAYA));
    // The access token is over after an hour, and another is fetched.
    google.pass(4_000);
    provider.round(Some(&round.cursor)).unwrap();
    google.expire();
    provider.round(Some(&round.cursor)).unwrap();
    grant::give_back(&account.endpoints, &refresh, &options()).unwrap();
    assert_eq!(
        reason(provider.round(Some(&round.cursor)).unwrap_err()),
        "invalid_grant"
    );
    // Once more is no error.
    grant::give_back(&account.endpoints, &refresh, &options()).unwrap();
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn a_code_is_good_only_with_what_it_was_asked_for() {
    let google = office();
    google.sign_in(Some(MAYA), &[]);
    let code = |back: Vec<(String, String)>| value(&back, "code").to_owned();
    let stolen = code(page(&google, REDIRECT));
    let other = VERIFIER.replace('0', "1");
    assert_eq!(
        reason(take(&google, &stolen, &other).unwrap_err()),
        "invalid_grant"
    );
    // It was tried, and is used up.
    assert_eq!(
        reason(take(&google, &stolen, VERIFIER).unwrap_err()),
        "invalid_grant"
    );
    let late = code(page(&google, REDIRECT));
    google.pass(601);
    assert_eq!(
        reason(take(&google, &late, VERIFIER).unwrap_err()),
        "invalid_grant"
    );
    assert_eq!(page(&google, "https://elsewhere.example/"), []);
    google.sign_in(None, &[]);
    assert_eq!(value(&page(&google, REDIRECT), "error"), "access_denied");
}

#[test]
fn less_than_what_is_needed_is_said_to_be_and_leaves_what_was_allowed_before() {
    let google = office();
    google.sign_in(Some(MAYA), &[grant::SCOPES[1]]);
    let back = page(&google, REDIRECT);
    let mut before = Keeper::new(&google, MAYA);
    before.round();
    let less = take(&google, value(&back, "code"), VERIFIER).unwrap();
    assert!(!less.is_enough);
    before.round();
    // A token that opens too little says so when it is used.
    let refresh = google.allow(MAYA, "client", &grant::SCOPES[..1]);
    let mut provider = google::open(&account(&google, refresh), &options()).unwrap();
    assert_eq!(
        reason(provider.round(None).unwrap_err()),
        "insufficientPermissions"
    );
}

#[test]
fn writing_is_asked_for_besides_and_can_be_unticked() {
    let google = office();
    let taken = |writes: bool, unticked: &[&str]| {
        google.sign_in(Some(MAYA), unticked);
        let back = page_for(&google, REDIRECT, writes);
        let allowed = take(&google, value(&back, "code"), VERIFIER).unwrap();
        (allowed.is_enough, allowed.writes)
    };
    assert_eq!(taken(false, &[]), (true, false));
    assert_eq!(taken(true, &[]), (true, true));
    assert_eq!(taken(true, &[grant::WRITES]), (true, false));
    // Whoever lets it write lets it read.
    assert_eq!(taken(true, &[grant::SCOPES[1]]), (true, true));
    assert_eq!(taken(true, &[grant::SCOPES[0]]), (false, true));
}

#[test]
fn somebody_who_takes_it_back_at_google_is_told_to_connect_again() {
    let google = office();
    let mut maya = Keeper::new(&google, MAYA);
    maya.round();
    google.take_back(MAYA);
    let error = maya.try_round().unwrap_err();
    assert!(
        error.hint().contains("connect it again"),
        "{}",
        error.hint()
    );
    assert_eq!(reason(error), "invalid_grant");
    let wrong = grant::Returned {
        code: "x",
        verifier: VERIFIER,
        redirect: REDIRECT,
    };
    let registration = google::Registration {
        client_id: "client".to_owned(),
        client_secret: Secret::new("wrong"),
    };
    let error = grant::take(&endpoints(&google), &registration, &wrong, &options()).unwrap_err();
    assert_eq!(reason(error), "invalid_client");
}
