//! The list of people: who is in it, who goes, and who is to be invited.

use crate::people::{BEN, FILE, MAYA, PETRA, calendar, feed, look, weekly};
use crate::support::{DAY, Site};
use axum::http::StatusCode;
use steadfast_app::server::people::key_of;

#[tokio::test]
async fn a_line_that_began_after_the_last_look_at_a_calendar_is_told_to_both_as_not_known() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let petra = site.join(&maya, PETRA, "Petra").await;
    let with_maya = calendar(&[&weekly("ZQwith-maya", (MAYA, BEN), 2)]);
    let own = calendar(&[&weekly("ZQown", (PETRA, "goran@example.com"), 4)]);
    for (cookie, text) in [(&maya, &with_maya), (&ben, &with_maya), (&petra, &own)] {
        site.upload(cookie, "a.ics", text.as_bytes()).await;
    }
    feed(&site, &maya, FILE).await;
    let told = async |cookie: &str| site.get("/one-on-ones", cookie).await.body;
    let not_known = "What is known here of the calendars ends on 1 May, before that: whether the two of you have a 1:1 yet is not known.";
    for (cookie, words) in [
        (&petra, "Ben Okafor reports to you since 1 September. "),
        (&ben, "You report to Petra Fischer since 1 September. "),
    ] {
        let page = told(cookie).await;
        assert!(
            page.contains(&format!("{words}{not_known}")),
            "{words} in {page}"
        );
    }
    assert!(!told(&maya).await.contains("Perhaps without a 1:1"));
    // As soon as the calendar is seen as it is, it is told whether there is one.
    let later = own.replace("20260501T", "20261120T");
    site.upload(&petra, "a.ics", later.as_bytes()).await;
    let page = told(&petra).await;
    assert!(
        page.contains("Ben Okafor has no 1:1 with you since 1 September"),
        "{page}"
    );
    assert!(!page.contains("Perhaps without a 1:1"), "{page}");
}

#[tokio::test]
async fn beside_whoever_has_not_joined_there_is_an_invitation_for_those_who_may_invite_them() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    feed(&site, &maya, FILE).await;
    let petras = "/invite?to=petra%40example.com&amp;name=Petra%20Fischer";
    let list = site.get("/people", &maya).await.body;
    assert!(list.contains(petras), "{list}");
    assert!(
        !list.contains("/invite?to=ben") && !list.contains("/invite?to=maya"),
        "{list}"
    );
    assert!(!list.contains("/invite?to=zqdelegate"), "{list}");
    let her_page = site
        .get(&format!("/people/{}", key_of(PETRA)), &maya)
        .await
        .body;
    assert!(her_page.contains(petras), "{her_page}");
    // Ben reports to Petra; Göran has nothing to do with her.
    assert!(site.get("/people", &ben).await.body.contains(petras));
    let goran = site.join(&maya, "goran@example.com", "Göran").await;
    let his = site.get("/people", &goran).await.body;
    assert!(
        his.contains("<bdi>Petra Fischer</bdi>") && !his.contains("/invite?"),
        "{his}"
    );
    // Once she is here, there is nothing to invite her to.
    let petra = site.join(&maya, PETRA, "Petra").await;
    for cookie in [&maya, &ben, &petra] {
        assert!(!site.get("/people", cookie).await.body.contains(petras));
    }
}

#[tokio::test]
async fn whoever_has_a_last_day_to_come_is_there_until_it_is_over_and_may_stay_after_all() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let goran = site.join(&maya, "goran@example.com", "Göran").await;
    feed(&site, &maya, FILE).await;
    let page = format!("/people/{}", key_of(BEN));
    let told = async |path: &str, cookie: &str| site.get(path, cookie).await.body;
    let named = "<bdi>Ben Okafor</bdi>";
    let say = async |form: &[(&str, &str)]| site.post(&page, &maya, form).await;
    let leaves = say(&[("do", "leave"), ("last", "2026-12-04")]).await;
    assert_eq!(leaves.location(), "/people");
    let list = told("/people", &maya).await;
    assert!(
        list.contains(named) && list.contains("last day 4 December 2026"),
        "{list}"
    );
    // The day is nobody else's business; that he is there everybody sees.
    let his = told("/people", &goran).await;
    assert!(his.contains(named) && !his.contains("December"), "{his}");
    assert!(told("/people", &ben).await.contains(named));
    let hers = told(&page, &maya).await;
    assert!(hers.contains("Their last day is 4 December 2026"), "{hers}");
    assert!(
        hers.contains("1 September 2026 to 4 December 2026"),
        "{hers}"
    );
    assert_eq!(site.get("/people/me", &ben).await.status, StatusCode::OK);
    // Another day, and lines that end with it.
    say(&[("do", "leave"), ("last", "2026-12-31")]).await;
    let hers = told(&page, &maya).await;
    assert!(
        hers.contains("1 September 2026 to 31 December 2026"),
        "{hers}"
    );
    assert!(
        hers.contains("12 February 2026 to 31 August 2026"),
        "{hers}"
    );
    // He stays.
    assert_eq!(say(&[("do", "stay")]).await.location(), page);
    let hers = told(&page, &maya).await;
    assert!(
        hers.contains("since 1 September 2026") && hers.contains("Take them out"),
        "{hers}"
    );
    assert!(!told("/people", &maya).await.contains("last day"));
    // Until the day is over, and not a moment longer.
    say(&[("do", "leave"), ("last", "2026-12-04")]).await;
    let over = "2026-12-05T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let now = site.seconds();
    site.wait((over.as_second() - 1 - now) * 1_000_000);
    assert!(told("/people", &goran).await.contains(named));
    site.wait(1_000_000);
    assert_eq!(site.get(&page, &maya).await.status, StatusCode::NOT_FOUND);
    assert!(!told("/people", &goran).await.contains(named));
}

#[tokio::test]
async fn a_mistyped_manager_goes_out_of_the_list_by_itself_or_by_a_tap() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let ben = site.join(&maya, BEN, "Ben").await;
    let add = [
        ("address", BEN),
        ("name", "Ben Okafor"),
        ("manager", "petra@exmaple.com"),
    ];
    let page = site
        .post("/people", &maya, &add)
        .await
        .location()
        .to_owned();
    let wrong = "petra@exmaple.com";
    let wrong_page = format!("/people/{}", key_of(wrong));
    let is_there = async || site.get(&wrong_page, &maya).await.status == StatusCode::OK;
    assert!(is_there().await);
    // That the line never was leaves nothing that is known of them.
    let never = [("do", "never"), ("address", wrong), ("from", "")];
    site.post(&page, &maya, &never).await;
    assert!(!is_there().await, "nothing knows them");
    // By a file the line to the mistyped one ends, and who follows had it from its beginning.
    feed(
        &site,
        &maya,
        &format!("email,manager,from\n{BEN},{wrong},2026-03-02\n"),
    )
    .await;
    feed(
        &site,
        &maya,
        &format!("email,name,manager\n{PETRA},Petra Fischer,\n{BEN},,{PETRA}\n"),
    )
    .await;
    assert!(is_there().await);
    let list = site.get("/people", &maya).await.body;
    assert!(
        list.contains("Perhaps mistyped") && list.contains(&format!("{wrong_page}#mistake")),
        "{list}"
    );
    let told = site.get(&wrong_page, &maya).await.body;
    assert!(
        told.contains("Nobody goes by that address") && told.contains("the line that names it"),
        "{told}"
    );
    let done = site.post(&wrong_page, &maya, &[("do", "mistake")]).await;
    assert_eq!(done.location(), "/people", "{}", done.body);
    assert!(!is_there().await);
    let his = site.get(&page, &maya).await.body;
    assert!(
        his.contains("since 2 March 2026") && !his.contains(&key_of(wrong)),
        "{his}"
    );
    let own = site.get("/people/me", &ben).await.body;
    assert!(
        own.contains("Petra Fischer") && own.contains("since 2 March 2026"),
        "{own}"
    );
    // Who signs in is somebody, and another who is known by a name stays where a line never was.
    let refused = site.post(&page, &maya, &[("do", "mistake")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !site
            .get(&page, &maya)
            .await
            .body
            .contains("Nobody goes by that address")
    );
    let never = [("do", "never"), ("address", PETRA), ("from", "2026-03-02")];
    site.post(&page, &maya, &never).await;
    assert!(
        site.get("/people", &maya)
            .await
            .body
            .contains("Petra Fischer")
    );
}

#[tokio::test]
async fn whoever_keeps_the_list_is_asked_before_somebody_comes_back_by_a_file() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    feed(&site, &maya, FILE).await;
    let page = format!("/people/{}", key_of(BEN));
    let leaves = [("do", "leave"), ("last", "2026-12-04")];
    site.post(&page, &maya, &leaves).await;
    // His row has another name, and a line without a last day.
    let file = FILE.replace("Ben Okafor", "Ben O.");
    let preview = look(&site, &maya, &file).await;
    for words in [
        "Named, though they were taken out",
        "<bdi>Ben Okafor</bdi>, last day 4 December 2026",
        "name=\"stays\" value=\"ben@example.com\"",
        "It changes nothing",
    ] {
        assert!(preview.body.contains(words), "{words} in {}", preview.body);
    }
    let (_, from) = preview.body.split_once("name=\"from\" value=\"").unwrap();
    let from = from.split('"').next().unwrap();
    let form = [("text", file.as_str()), ("from", from)];
    let done = site.post("/people/file/apply", &maya, &form).await;
    assert_eq!(done.location(), "/people/file?changed=0", "{}", done.body);
    let his = site.get(&page, &maya).await.body;
    assert!(his.contains("Their last day is 4 December 2026"), "{his}");
    // Chosen, it is shown what it would change, and done.
    let again = [
        ("text", file.as_str()),
        ("from", from),
        ("stays", BEN),
        ("look", "yes"),
    ];
    let shown = site.post("/people/file/apply", &maya, &again).await;
    for words in ["<b>Stays after all: </b><bdi>Ben O.</bdi>", "checked"] {
        assert!(shown.body.contains(words), "{words} in {}", shown.body);
    }
    let stays = [("text", file.as_str()), ("from", from), ("stays", BEN)];
    let done = site.post("/people/file/apply", &maya, &stays).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let his = site.get(&page, &maya).await.body;
    assert!(
        his.contains("Take them out") && his.contains("Ben O."),
        "{his}"
    );
    // Gone for good, a file brings nobody back without a word either.
    site.post(&page, &maya, &leaves).await;
    site.wait(20 * DAY);
    let preview = look(&site, &maya, &file).await.body;
    assert!(
        preview.contains("<bdi>Ben O.</bdi>, last day 4 December 2026"),
        "{preview}"
    );
    assert!(!preview.contains("<b>New: </b>"), "{preview}");
}

#[tokio::test]
async fn what_two_said_between_them_is_told_on_people_where_the_list_says_nothing() {
    let site = Site::new().await;
    let all = crate::everybody::everybody(&site).await;
    let hers = site.get("/people", &all.maya).await.body;
    assert!(!hers.contains("The list says of nobody"), "{hers}");
    for words in [
        "Reports to you",
        "<bdi>Ben</bdi>",
        "as one of you two said at the 1:1s",
    ] {
        assert!(hers.contains(words), "{words} in {hers}");
    }
    let his = site.get("/people", &all.ben).await.body;
    for words in [
        "You report to",
        "<bdi>Maya</bdi>",
        "as one of you two said at the 1:1s",
    ] {
        assert!(his.contains(words), "{words} in {his}");
    }
    let gorans = site.get("/people", &all.goran).await.body;
    assert!(gorans.contains("The list says of nobody"), "{gorans}");
}

#[tokio::test]
async fn that_a_line_ends_is_told_to_both_at_their_one_on_ones_until_it_does() {
    let site = Site::new().await;
    let all = crate::everybody::everybody(&site).await;
    feed(
        &site,
        &all.maya,
        "email,name,manager\nmaya@example.com,Maya Lind,\nben@example.com,Ben Okafor,maya@example.com\n",
    )
    .await;
    let page = format!("/people/{}", key_of(BEN));
    site.post(&page, &all.maya, &[("do", "leave"), ("last", "2026-12-04")])
        .await;
    for (cookie, words) in [
        (&all.maya, "Ben Okafor reports to you until 4 December."),
        (&all.ben, "You report to Maya Lind until 4 December."),
    ] {
        for path in ["/one-on-ones", all.pair.as_str()] {
            let told = site.get(path, cookie).await.body;
            assert!(told.contains(words), "{words} on {path} in {told}");
        }
    }
    let gorans = site.get("/one-on-ones", &all.goran).await.body;
    assert!(!gorans.contains("until 4 December"), "{gorans}");
}
