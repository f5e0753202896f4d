//! Push channels: opened, told over, over by themselves, stopped.

use crate::common::{BEN, Keeper, MAYA, account, made, office, options, weekly};
use steadfast_connect::SourceError;
use steadfast_connect::sync::Cursor;
use steadfast_connect::sync::google::push::{Channel, Channels, watchable};
use steadfast_fakes::google::Fault;

const ADDRESS: &str = "https://steadfast.example.org/calendars/google/changed";

#[test]
fn a_channel_tells_that_something_changed_until_it_ends_or_is_stopped() {
    let google = office();
    let team = "c_team@group.calendar.google.com";
    google.add_calendar(MAYA, team, "Team", "Europe/Paris");
    let account = account(&google, MAYA);
    let mut maya = Keeper::of(&account);
    let round = maya.round();
    assert_eq!(watchable(&round.cursor), [team, MAYA]);
    let mut channels = Channels::of(&account, &options()).unwrap();
    let opened = channels.open(MAYA, ("c1", "t1"), ADDRESS).unwrap();
    assert_eq!(opened.id, "c1");
    // A week, in milliseconds.
    assert_eq!(opened.until, Some((1_767_600_000 + 604_800) * 1_000));
    made(&google, MAYA, &weekly("a", &[MAYA, BEN]));
    let told: Vec<_> = google
        .pushes()
        .into_iter()
        .map(|push| (push.channel, push.token, push.state, push.address))
        .collect();
    let one = |state| ("c1".to_owned(), "t1".to_owned(), state, ADDRESS.to_owned());
    assert_eq!(told, [one("sync"), one("exists")]);
    channels.stop(&opened).unwrap();
    made(&google, MAYA, &weekly("b", &[MAYA, BEN]));
    assert_eq!(google.pushes().len(), 2);
    // Once more is no error.
    channels.stop(&opened).unwrap();
    let second = channels.open(team, ("c2", "t2"), ADDRESS).unwrap();
    assert_eq!(google.watched(), [team]);
    google.pass(604_801);
    assert_eq!(google.watched(), [] as [String; 0]);
    assert_ne!(second.resource, opened.resource);
    assert_eq!(google.violations(), [] as [String; 0]);
}

#[test]
fn what_is_wrong_with_a_channel_is_said() {
    let google = office();
    let mut channels = Channels::of(&account(&google, MAYA), &options()).unwrap();
    let mut open = |calendar: &str, id: &str, address: &str| {
        channels.open(calendar, (id, "t"), address).unwrap_err()
    };
    // Google tells nobody in the clear.
    let error = open(MAYA, "c", "http://steadfast.example.org/");
    assert!(
        matches!(error, SourceError::GrantRefused { .. }),
        "{error:?}"
    );
    let error = open("nobody@example.com", "c", ADDRESS);
    assert!(
        matches!(error, SourceError::Answered { status: 404, .. }),
        "{error:?}"
    );
    google.fault("watch", Fault::After(17));
    let error = open(MAYA, "c", ADDRESS);
    assert!(
        matches!(
            error,
            SourceError::SlowDown {
                after: Some(17),
                ..
            }
        ),
        "{error:?}"
    );
    google.fault("watch", Fault::Garbage);
    let error = open(MAYA, "c", ADDRESS);
    assert!(matches!(error, SourceError::BadAnswer { .. }), "{error:?}");
    let unknown = Channel {
        id: "x".to_owned(),
        resource: "y".to_owned(),
        until: None,
    };
    google.fault("stop", Fault::Status(500, "backendError"));
    assert!(channels.stop(&unknown).is_err());
    channels.stop(&unknown).unwrap();
    let feed = Cursor::from_json(r#"{"v":1,"feed":{"fingerprint":"ab"}}"#).unwrap();
    assert_eq!(watchable(&feed), [] as [String; 0]);
}
