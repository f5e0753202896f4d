//! Times for good that are offered by mail to a report who has not joined: as those for a single one, and what is picked the
//! guard moves the series to.

use super::picks::token;
use super::*;
use crate::server::guard::tests::staff;
use crate::server::guard::{
    Answered, FOR_GOOD, Outlook, ToPick, approve_pick, is_for_good, open_pick, outlook,
    pick_by_link, pointing, to_pick, withdraw,
};
use steadfast_calendar::Slot;

const BY: Instant = Instant::from_seconds(FOR_GOOD);

impl Desk {
    /// Something lies over it every week; gives the times to which it could go.
    async fn fought_over(&self) -> Vec<Slot> {
        self.bench
            .round(MAYA, now(), &[&one_on_one(""), &staff()])
            .await;
        let movings = self.outlook().await.movings;
        let [moving] = movings.as_slice() else {
            panic!("{movings:?}");
        };
        assert!(!moving.other_joined && moving.is_possible);
        moving.times.iter().map(|time| time.first).collect()
    }

    async fn outlook(&self) -> Outlook {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        outlook(&self.bench.store, &maya, &ahead, now)
            .await
            .unwrap()
    }

    async fn for_good(&self) -> Result<ToPick, ServerError> {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        let (places, pair) = ((&self.keyring, &self.office), pair_id(MAYA, BEN));
        let about = (pair.as_str(), BY);
        to_pick(&self.bench.store, places, &maya, &ahead, now, about).await
    }

    async fn sends_for_good(&self, mark: &str) -> Result<(), ServerError> {
        let (maya, now) = (self.maya(), self.instant());
        let ahead = self.bench.ahead(&maya, now).await;
        let (places, pair) = ((&self.keyring, &self.office), pair_id(MAYA, BEN));
        let about = (pair.as_str(), BY, mark);
        approve_pick(&self.bench.store, places, &maya, &ahead, now, about).await
    }

    /// Series that the guard was asked to go on with elsewhere: where, and whether as agreed.
    async fn goes_on(&self) -> Vec<(Slot, bool)> {
        let (store, org) = (&self.bench.store, &self.bench.org);
        let all = store.intents_of(org, MAYA, 9).await.unwrap();
        let all = all.iter().map(|one| action_of(one).unwrap());
        let made = all.filter_map(|action| match action.edit {
            Edit::Successor(series) => Some((series.slot, action.agreed)),
            _ => None,
        });
        made.collect()
    }
}

#[test]
fn times_for_good_go_by_mail_as_they_were_read_and_what_is_picked_is_moved_to_once() {
    with_desk(|desk| async move {
        let firsts = desk.fought_over().await;
        let shown = desk.for_good().await.unwrap();
        assert_eq!((shown.to.as_str(), &shown.slots), (BEN, &firsts));
        for words in [
            "for your 1:1 from here on; it comes as often as before:",
            "s, ",
            ", from ",
            "/pick/",
        ] {
            assert!(shown.text.contains(words), "{words} in {}", shown.text);
        }
        assert!(!shown.text.contains("1970"), "{}", shown.text);
        assert_eq!(desk.step().await, Step::Idle, "nothing goes by itself");
        assert!(desk.sends_for_good("0").await.is_err());
        desk.sends_for_good(&shown.mark).await.unwrap();
        assert!(
            desk.sends_for_good(&shown.mark).await.is_err() && desk.for_good().await.is_err(),
            "it is offered"
        );
        assert_eq!(desk.step().await, Step::Sent);
        let [mail]: [Mail; 1] = desk.outside.given().try_into().unwrap();
        assert_eq!((mail.subject, &mail.text), (shown.subject, &shown.text));
        let token = token(&mail.text);
        let (store, org, now) = (&desk.bench.store, &desk.bench.org, desk.instant());
        let (by, at) = pointing(store, &desk.keyring, org, now, token)
            .await
            .unwrap()
            .unwrap();
        let ahead = desk.bench.ahead(&by, now).await;
        let open = open_pick(store, &ahead, (&by, &at), now).await.unwrap();
        assert!(is_for_good(open.promised));
        assert_eq!((&open.slots, open.answered), (&firsts, None));
        desk.bench.defends(now).await;
        assert_eq!(desk.goes_on().await, [], "not before it is picked");
        let picks = Some(firsts[1].start);
        pick_by_link(store, &ahead, (&by, &at), now, picks)
            .await
            .unwrap();
        for _ in 0..2 {
            desk.bench.defends(now).await;
            assert_eq!(desk.goes_on().await, [(firsts[1], true)]);
        }
        let open = open_pick(store, &ahead, (&by, &at), now).await.unwrap();
        assert_eq!(open.answered, Some(Answered::Picked(firsts[1])));
    });
}

#[test]
fn what_was_taken_back_or_can_be_no_more_goes_to_nobody() {
    with_desk(|desk| async move {
        desk.fought_over().await;
        let shown = desk.for_good().await.unwrap();
        desk.sends_for_good(&shown.mark).await.unwrap();
        let (maya, now) = (desk.maya(), desk.instant());
        let ahead = desk.bench.ahead(&maya, now).await;
        let pair = pair_id(MAYA, BEN);
        withdraw(&desk.bench.store, &maya, &ahead, now, (&pair, BY))
            .await
            .unwrap();
        assert_eq!(desk.step().await, Step::Dropped);
        assert!(desk.outside.given().is_empty());
        // Offered anew it is another offer.
        let again = desk.for_good().await.unwrap();
        assert_ne!(again.mark, shown.mark);
        // Nothing lies over it any more: there is nothing to offer.
        desk.bench
            .news(
                MAYA,
                now.plus_minutes(1),
                Vec::new(),
                vec!["1.ics".to_owned()],
            )
            .await;
        assert!(desk.for_good().await.is_err());
        assert!(desk.sends_for_good(&again.mark).await.is_err());
    });
}

#[test]
fn whoever_has_joined_is_offered_it_on_their_own_page_and_by_no_mail() {
    with_desk(|desk| async move {
        desk.fought_over().await;
        desk.bench.joins(BEN).await;
        let refused = desk.for_good().await;
        let Err(ServerError::Input(what, _)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(what, "they have joined since");
    });
}
