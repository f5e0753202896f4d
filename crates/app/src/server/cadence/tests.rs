//! Who may say what, when.

use super::standing::{Agreed, Proposed, Standing};
use super::{Say, fits};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

fn standing(agreed: Option<i64>, proposed: Option<(i64, &str)>) -> Standing {
    let now = Instant::from_seconds(0);
    Standing {
        agreed: agreed.map(|days| Agreed {
            days,
            proposed_by: MAYA.to_owned(),
            agreed_by: BEN.to_owned(),
            since: now,
        }),
        proposed: proposed.map(|(days, by)| Proposed {
            days,
            by: by.to_owned(),
            at: now,
        }),
    }
}

#[test]
fn only_the_other_one_agrees_and_only_to_what_is_proposed() {
    // What stands, who says what, and the word that is kept.
    for (agreed, proposed, me, say, word) in [
        (None, None, MAYA, Say::Propose(7), Some("propose")),
        (None, None, MAYA, Say::Propose(10), None),
        (None, None, MAYA, Say::Agree(7), None),
        (None, None, MAYA, Say::Drop, None),
        (None, None, MAYA, Say::End, None),
        (None, Some((7, MAYA)), MAYA, Say::Agree(7), None),
        (None, Some((7, MAYA)), BEN, Say::Agree(7), Some("agree")),
        (None, Some((7, MAYA)), BEN, Say::Agree(14), None),
        (None, Some((7, MAYA)), BEN, Say::Drop, Some("drop")),
        (None, Some((7, MAYA)), MAYA, Say::Drop, Some("drop")),
        (
            None,
            Some((7, MAYA)),
            BEN,
            Say::Propose(14),
            Some("propose"),
        ),
        (Some(7), None, BEN, Say::Propose(7), None),
        (
            Some(7),
            Some((14, BEN)),
            MAYA,
            Say::Agree(14),
            Some("agree"),
        ),
        (Some(7), None, MAYA, Say::End, Some("end")),
        (Some(7), None, BEN, Say::End, Some("end")),
    ] {
        let found = fits(&standing(agreed, proposed), me, say);
        assert_eq!(found.ok().map(|(word, _)| word), word, "{me} {say:?}");
    }
}
