//! What is told of leave, and that it names the ways out that the page has.

use super::*;

/// Maya's leave on the day of the 31st.
fn leave() -> String {
    let leave = event(
        "u-leave",
        "20260331T000000Z",
        "SUMMARY:Vacation\r\n",
        MAYA,
        &[MAYA],
    );
    leave.replace("PT30M", "P1D")
}

/// The mail to Maya about that one, with her leave over it or without.
async fn mailed(bench: &Bench, one: &str, others: &[String], is_joined: bool) -> Mail {
    bench.joins(MAYA).await;
    if is_joined {
        bench.joins(BEN).await;
    }
    bench.mayas(one, others).await;
    let (desk, post) = (Desk::at(now()), Script::default());
    assert!(desk.judged(bench, MAYA).await);
    desk.settle();
    assert_eq!(desk.step(bench, &post).await, Step::Sent);
    post.given().remove(0)
}

#[test]
fn leave_is_told_as_leave_and_nothing_is_to_be_agreed_about_it() {
    for one in [one_on_one(""), one_on_one("EXDATE:20260331T140000Z\r\n")] {
        with_bench(|bench| async move {
            let mail = mailed(&bench, &one, &[leave()], true).await;
            assert_eq!(
                mail.subject,
                "Your 1:1 of Tue 31 March, 14:00: leave lies over it"
            );
            assert!(mail.text.contains("You are away then"), "{}", mail.text);
            assert!(
                mail.text.contains("hold it at another time"),
                "{}",
                mail.text
            );
            assert!(!mail.text.contains("agreed"), "{}", mail.text);
        });
    }
}

#[test]
fn a_reason_is_asked_for_where_somebody_can_read_it() {
    for is_joined in [true, false] {
        with_bench(|bench| async move {
            let lost = one_on_one("EXDATE:20260331T140000Z\r\n");
            let mail = mailed(&bench, &lost, &[], is_joined).await;
            assert_eq!(mail.text.contains("say why"), is_joined, "{}", mail.text);
            assert!(
                mail.text.contains("say that you two agreed"),
                "{}",
                mail.text
            );
        });
    }
}
