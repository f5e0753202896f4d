//! What a manager could say to the report where it reads as more than once in a while.

/// Of what it mostly was, with the time that is offered, where one is.
pub(crate) fn say(mostly_lost: bool, time: Option<&str>) -> String {
    let kept = if mostly_lost {
        "I kept letting our time go"
    } else {
        "I kept moving our time"
    };
    match time {
        Some(time) => format!("{kept}. That stops; {time} is yours."),
        None => format!("{kept}, and I know how that reads. I will stop."),
    }
}

#[cfg(test)]
#[test]
fn who_mostly_lost_it_does_not_say_that_it_was_moved() {
    assert_eq!(
        say(false, Some("Friday 3:00")),
        "I kept moving our time. That stops; Friday 3:00 is yours."
    );
    assert_eq!(
        say(true, None),
        "I kept letting our time go, and I know how that reads. I will stop."
    );
}
