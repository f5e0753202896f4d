//! What is typed, or stands in a file, as people write it; and a slip of the pen is asked about.

use crate::people::{BEN, FILE, PETRA, feed, look};
use crate::support::{Site, request};
use axum::body::Body;
use axum::http::{StatusCode, header};
use steadfast_app::server::people::key_of;

#[tokio::test]
async fn a_name_of_somebody_who_leaves_can_be_corrected() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    feed(&site, &maya, FILE).await;
    let page = format!("/people/{}", key_of(BEN));
    site.post(&page, &maya, &[("do", "leave"), ("last", "2026-12-04")])
        .await;
    let his = site.get(&page, &maya).await.body;
    assert!(his.contains("Name and time zone"), "{his}");
    let named = [
        ("do", "describe"),
        ("name", "Benn Okafor"),
        ("zone", "Europe/Paris"),
    ];
    let done = site.post(&page, &maya, &named).await;
    assert_eq!(done.location(), page, "{}", done.body);
    let his = site.get(&page, &maya).await.body;
    for words in [
        "<bdi>Benn Okafor</bdi>",
        "value=\"Europe/Paris\"",
        "Their last day is 4 December 2026",
    ] {
        assert!(his.contains(words), "{words} in {his}");
    }
    assert!(
        site.get("/people", &maya)
            .await
            .body
            .contains("last day 4 December 2026")
    );
}

#[tokio::test]
async fn an_address_that_is_nearly_a_known_one_is_asked_about_and_what_was_typed_is_kept() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    feed(&site, &maya, FILE).await;
    let add = [
        ("address", "ben@exmaple.com"),
        ("name", "Benjamin"),
        ("manager", "petra@example.co"),
    ];
    let asked = site.post("/people", &maya, &add).await;
    assert_eq!(
        asked.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        asked.body
    );
    for words in [
        "Did you mean <bdi>ben@example.com</bdi> (<bdi>Ben Okafor</bdi>)?",
        "Did you mean <bdi>petra@example.com</bdi> (<bdi>Petra Fischer</bdi>)?",
        "value=\"ben@exmaple.com\"",
        "value=\"petra@example.co\"",
        "value=\"Benjamin\"",
    ] {
        assert!(asked.body.contains(words), "{words} in {}", asked.body);
    }
    assert!(!site.get("/people", &maya).await.body.contains("Benjamin"));
    let sure = [
        add[0],
        add[1],
        ("manager", PETRA),
        ("sure", "ben@exmaple.com"),
    ];
    let done = site.post("/people", &maya, &sure).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // On the page of one person as well; and what is no address stands there to be corrected.
    let page = format!("/people/{}", key_of("ben@exmaple.com"));
    for (what, typed, words) in [
        (
            "manager",
            "maya@exmaple.com",
            "Did you mean <bdi>maya@example.com</bdi>",
        ),
        ("delegate", "mayaexample.com", "value=\"mayaexample.com\""),
        ("also", "ben@", "value=\"ben@\""),
    ] {
        let form = [
            ("do", what),
            ("address", typed),
            ("from", "2026-11-02"),
            ("instead", "yes"),
        ];
        let asked = site.post(&page, &maya, &form).await;
        assert_eq!(
            asked.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{what}: {}",
            asked.body
        );
        assert!(asked.body.contains(words), "{words} in {}", asked.body);
        let kept = format!("value=\"{typed}\"");
        assert!(asked.body.contains(&kept), "{kept} in {}", asked.body);
    }
    let form = [
        ("do", "manager"),
        ("address", "maya@exmaple.com"),
        ("from", "2026-11-02"),
        ("sure", "maya@exmaple.com"),
    ];
    let done = site.post(&page, &maya, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn on_the_page_of_ones_one_on_ones_too_such_an_address_is_asked_about_and_kept() {
    let site = Site::new().await;
    let all = crate::everybody::everybody(&site).await;
    let lines = [
        ("is:ben@example.com", "report"),
        ("more", "ana@exmaple.com, noor"),
        ("manager", "petra@example.com"),
    ];
    let refused = site.post("/one-on-ones/lines", &all.maya, &lines).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = "value=\"ana@exmaple.com, noor\"";
    assert!(refused.body.contains(kept), "{}", refused.body);
    let lines = [
        ("is:ben@example.com", "report"),
        ("more", "ana@exmaple.com"),
    ];
    let asked = site.post("/one-on-ones/lines", &all.maya, &lines).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Did you mean <bdi>ana@example.com</bdi>",
        "value=\"ana@exmaple.com\"",
    ] {
        assert!(asked.body.contains(words), "{words} in {}", asked.body);
    }
    let sure = [lines[0], lines[1], ("sure", "ana@exmaple.com")];
    let done = site.post("/one-on-ones/lines", &all.maya, &sure).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn to_whom_nobody_reports_the_questions_are_not_put_as_theirs() {
    let site = Site::new().await;
    let all = crate::everybody::everybody(&site).await;
    let bens = site.get("/proof", &all.ben).await.body;
    let words = "The questions are for whoever leads others, and on your calendar nobody is known to report to you.";
    assert!(bens.contains(words), "{bens}");
    assert!(!bens.contains("Begin: the first question"), "{bens}");
    let hers = site.get("/proof", &all.maya).await.body;
    assert!(
        hers.contains("Begin: the first question") && !hers.contains(words),
        "{hers}"
    );
}

#[tokio::test]
async fn a_file_is_read_as_a_spreadsheet_writes_it() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    let file = b"sep=;\r\nemail;name;manager;from\r\nmaya@example.com;Maya Lind;;\r\n\
                 juergen@example.com;J\xfcrgen;maya@example.com;25.05.2026\r\n";
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"people\"; filename=\"org.csv\"\r\n\r\n"
            .to_vec();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let request = request("POST", "/people/file", &maya)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let preview = site.send(request).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    for words in ["<bdi>Jürgen</bdi>", "since 25 May 2026"] {
        assert!(preview.body.contains(words), "{words} in {}", preview.body);
    }
    let odd = "email,name,manager,from\nben@example.com,Ben,maya@example.com,6/5/2026\n";
    let odd = look(&site, &maya, odd).await;
    let words = "`6/5/2026` in column `from` may be 2026-05-06 or 2026-06-05";
    assert!(odd.body.contains(words), "{}", odd.body);
}

#[tokio::test]
async fn at_an_invitation_and_at_ones_own_place_such_an_address_is_asked_about() {
    let site = Site::new().await;
    let all = crate::everybody::everybody(&site).await;
    // Whoever keeps the list, and somebody who knows those they meet.
    for (cookie, typed, near) in [
        (&all.maya, "ana@exmaple.com", "ana@example.com"),
        (&all.ben, "maya@exmaple.com", "maya@example.com"),
    ] {
        let question = format!("Did you mean <bdi>{near}</bdi>");
        let letter = [("email", typed), ("text", "Come, look.")];
        let asked = site.post("/invite", cookie, &letter).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let kept = format!("value=\"{typed}\"");
        for words in [&question, &kept, "Come, look."] {
            assert!(asked.body.contains(words), "{words} in {}", asked.body);
        }
        let acts = [("do", "delegate"), ("address", typed)];
        let asked = site.post("/people/me", cookie, &acts).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in [&question, &kept] {
            assert!(asked.body.contains(words), "{words} in {}", asked.body);
        }
        let sure = [acts[0], acts[1], ("sure", typed)];
        let done = site.post("/people/me", cookie, &sure).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let sure = [
        ("email", "ana@exmaple.com"),
        ("text", "Come, look."),
        ("sure", "ana@exmaple.com"),
    ];
    let done = site.post("/invite", &all.maya, &sure).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    // Of whom Ben meets nobody he is told nothing, however near it is.
    let stranger = [("email", "petra@exmaple.com"), ("text", "Come, look.")];
    let refused = site.post("/invite", &all.ben, &stranger).await;
    assert!(!refused.body.contains("Did you mean"), "{}", refused.body);
}

#[tokio::test]
async fn whoever_was_taken_out_is_added_again_with_a_word_on_what_that_means() {
    for (again, line) in [
        ("stays", "since 1 September 2026"),
        ("back", "1 September 2026 to 20 November 2026"),
    ] {
        let site = Site::new().await;
        let maya = site.set_up().await;
        feed(&site, &maya, FILE).await;
        let page = format!("/people/{}", key_of(BEN));
        site.post(&page, &maya, &[("do", "leave"), ("last", "2026-11-20")])
            .await;
        assert_eq!(site.get(&page, &maya).await.status, StatusCode::NOT_FOUND);
        let asked = site
            .post("/people", &maya, &[("address", "Ben@example.com")])
            .await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in [
            "<bdi>Ben Okafor</bdi> was taken out: their last day was 20 November 2026.",
            "They stay after all",
            "They come back",
        ] {
            assert!(asked.body.contains(words), "{words} in {}", asked.body);
        }
        assert_eq!(site.get(&page, &maya).await.status, StatusCode::NOT_FOUND);
        // What was said of somebody else is no word on him.
        let other = [("address", BEN), ("again", again), ("again_of", PETRA)];
        let asked = site.post("/people", &maya, &other).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = [("address", BEN), ("again", again), ("again_of", BEN)];
        let done = site.post("/people", &maya, &said).await;
        assert_eq!(done.location(), page, "{}", done.body);
        let his = site.get(&page, &maya).await.body;
        assert!(his.contains(line), "{line} in {his}");
    }
}

#[tokio::test]
async fn nobody_reports_to_somebody_after_their_last_day() {
    let site = Site::new().await;
    let maya = site.set_up().await;
    feed(&site, &maya, FILE).await;
    let petra = format!("/people/{}", key_of(PETRA));
    site.post(&petra, &maya, &[("do", "leave"), ("last", "2026-12-04")])
        .await;
    let nina = |from| {
        [
            ("address", "nina@example.com"),
            ("manager", PETRA),
            ("from", from),
        ]
    };
    let refused = site.post("/people", &maya, &nina("2026-12-07")).await;
    let words = "The last day of petra@example.com is 2026-12-04";
    assert!(refused.body.contains(words), "{}", refused.body);
    let done = site.post("/people", &maya, &nina("2026-11-23")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let hers = site.get(done.location(), &maya).await.body;
    let words = "23 November 2026 to 4 December 2026";
    assert!(hers.contains(words), "{hers}");
}
