//! What was allowed at Google ends with the last source of that account: giving one token back ends all of them.

use super::*;
use steadfast_store::{NewSource, Sources};

/// What is given back, in its order.
#[derive(Default)]
struct Given(Mutex<Vec<String>>);

impl Calendars for Given {
    async fn ask(&self, _: &Access, _: Option<&str>) -> Result<Found, Trouble> {
        panic!("nothing is asked to give something back")
    }

    async fn give_back(&self, access: &Access) {
        let token = access.password.clone().unwrap();
        self.0.lock().unwrap().push(token);
    }
}

impl Given {
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Bench {
    /// Connected at Google, with the source's own name as its token; of which account is known or not.
    pub(super) async fn google(&self, source: &str, account: Option<&str>) {
        let about = super::super::status::About {
            label: "Google Calendar".to_owned(),
            with_password: false,
            is_google: true,
            by_key: false,
            writes: false,
            account: account.map(str::to_owned),
        };
        let new = NewSource {
            source: source.to_owned(),
            person: MAYA.to_owned(),
            about: serde_json::to_vec(&about).unwrap(),
            created: Micros(START),
        };
        let access = Access::google(source.to_owned());
        sealed::keep(&self.store, &self.keyring, &self.org, source, &access)
            .await
            .unwrap();
        self.store.connect(&self.org, &new).await.unwrap();
    }

    /// Gives a source back and disconnects it, as its owner does; what was given back then.
    async fn leaves(&self, source: &str) -> Vec<String> {
        let (given, maya) = (Given::default(), self.viewer(MAYA));
        give_back(&self.store, &self.keyring, &given, &maya, source, &[])
            .await
            .unwrap();
        let now = Micros(START);
        let clock = move || now;
        disconnect(&self.store, &maya, self.machine(&clock), source)
            .await
            .unwrap();
        given.all()
    }
}

#[test]
fn what_was_allowed_is_given_back_with_the_last_source_of_that_account_alone() {
    let none: [&str; 0] = [];
    let (work, home) = (Some("maya@example.com"), Some("maya@example.net"));
    with_bench(|bench| async move {
        bench.google("a1", work).await;
        bench.google("a2", work).await;
        bench.google("b", home).await;
        assert_eq!(bench.leaves("a1").await, none, "another goes on by it");
        assert_eq!(bench.leaves("b").await, ["b"]);
        assert_eq!(bench.leaves("a2").await, ["a2"]);
    });
    // One of an earlier version, of which account is not known, may be of the same.
    with_bench(|bench| async move {
        bench.google("old", None).await;
        bench.google("a", work).await;
        assert_eq!(bench.leaves("a").await, none);
        assert_eq!(bench.leaves("old").await, ["old"]);
    });
}

#[test]
fn what_comes_to_nothing_is_given_back_unless_it_may_be_what_another_goes_on_by() {
    with_bench(|bench| async move {
        let (given, maya) = (Given::default(), bench.viewer(MAYA));
        let back = async |account: Option<&str>| {
            let access = Access::google("new".to_owned());
            give_back_unkept(&bench.store, &given, &maya, &access, account)
                .await
                .unwrap();
            given.all().len()
        };
        assert_eq!(back(None).await, 1);
        bench.google("a", Some("maya@example.com")).await;
        assert_eq!(back(None).await, 1);
        assert_eq!(back(Some("maya@example.com")).await, 1);
        assert_eq!(back(Some("ben@example.com")).await, 2);
    });
}

#[test]
fn of_several_that_go_together_the_last_of_each_account_is_given_back() {
    let (work, home) = (Some("maya@example.com"), Some("maya@example.net"));
    with_bench(|bench| async move {
        bench.google("a1", work).await;
        bench.google("a2", work).await;
        bench.google("b", home).await;
        let (given, maya) = (Given::default(), bench.viewer(MAYA));
        let sources = bench.store.sources_of(&bench.org, MAYA).await.unwrap();
        for (at, one) in sources.iter().enumerate() {
            let before = &sources[..at];
            give_back(
                &bench.store,
                &bench.keyring,
                &given,
                &maya,
                &one.source,
                before,
            )
            .await
            .unwrap();
        }
        let mut given = given.all();
        given.sort_unstable();
        assert_eq!(given, ["a2", "b"]);
    });
}
