//! Words planted in one person's calendar, looked for in every byte that others get.

use crate::calendars::{INSIDE, OTHER_TITLE, mayas_with_markers};
use crate::crawl::everything;
use crate::everybody::{Everybody, everybody};
use crate::support::Site;
use axum::http::StatusCode;

/// People, companies and meetings of Maya's calendar that Ben has no part in.
const NOT_BENS: &[&str] = &[
    OTHER_TITLE,
    INSIDE,
    "Ana",
    "ana@",
    "Chidi",
    "chidi@",
    "Dana",
    "dana@",
    "Noor",
    "noor@",
    "Petra",
    "petra@",
    "Eve ",
    "eve@",
    "Göran",
    "goran@",
    "northwind",
    "Northwind",
    "vendor",
    "Dentist",
    "Leadership",
    "displaced",
    "free for both",
    "You might say",
];

/// Classes of meetings. Where somebody chooses what the guard may do, they are offered to everybody alike; anywhere else
/// they would tell what took the place of a 1:1.
const CLASSES: &[&str] = &["leadership", "customer", "outside", "personal"];

/// What a mail says where there is no time; everybody who chooses what the guard may do is shown it.
const NO_TIME: &str = "No time before the next one is free for both of you.";

/// A page without what everybody is offered to choose.
fn without_choices(page: &str) -> String {
    let mut parts = page.split("class=\"guard\">");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| {
        let (_, after) = part.split_once("</section>").unwrap();
        page + after
    })
}

#[tokio::test]
async fn a_report_gets_not_one_byte_of_the_managers_other_meetings() {
    let site = Site::new().await;
    let planted = mayas_with_markers();
    assert!(planted.matches(OTHER_TITLE).count() > 20 && planted.matches(INSIDE).count() > 100);
    let all = everybody(&site).await;
    let mayas = everything(&site, &all.maya).await;
    let bens = everything(&site, &all.ben).await;
    assert!(
        mayas.len() > 100 && bens.len() > 25,
        "{} {}",
        mayas.len(),
        bens.len()
    );
    let tells = |word: &str| mayas.values().any(|answer| answer.body.contains(word));
    for word in ["leadership", "displaced", "Ana", "Göran"] {
        assert!(tells(word), "Maya herself is told of {word}");
    }
    for (path, answer) in &bens {
        // What his own guard would write to others, word for word.
        let body = answer.body.replace(NO_TIME, "");
        for word in NOT_BENS {
            let at = body.find(word);
            let around = at.map(|at| body[..at].chars().rev().take(80).collect::<String>());
            assert_eq!(around, None, "{path} has {word}, after this read backwards");
        }
        let told = without_choices(&answer.body);
        for word in CLASSES {
            assert!(!told.contains(word), "{path} has {word}: {told}");
        }
    }
    let gorans = everything(&site, &all.goran).await;
    for (path, answer) in &gorans {
        for word in [
            OTHER_TITLE,
            INSIDE,
            "Ben",
            "ben@",
            "Ana ",
            "ana@",
            "Okafor",
            "northwind",
        ] {
            assert!(!answer.body.contains(word), "{path} has {word}");
        }
    }
}

#[tokio::test]
async fn nobody_is_shown_what_stands_inside_a_meeting() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    for cookie in [&all.maya, &all.ben, &all.goran] {
        for (path, answer) in everything(&site, cookie).await {
            assert!(!answer.body.contains(INSIDE), "{path}");
        }
    }
}

#[tokio::test]
async fn what_a_report_keeps_to_himself_changes_no_byte_for_the_manager() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let word = format!("{}/word", all.moved);
    everybody_looked(&site, &all).await;
    let before = bodies(&site, &all.maya).await;
    let unsaid = site.get(&all.moved, &all.ben).await.body;
    for promise in [
        "“Only for me” is shown to nobody else; what it changes is changed for you alone.",
        "and to nobody else, also in their log; what it changes is changed for both. You can take it back later",
    ] {
        assert!(unsaid.contains(promise), "{promise} in {unsaid}");
    }
    let said = site
        .post(&word, &all.ben, &[("say", "asked.private")])
        .await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    assert_eq!(said.location(), all.moved);
    let mine = site.get(&all.moved, &all.ben).await.body;
    assert!(
        mine.contains("“I asked for it”") && mine.contains("you alone see it"),
        "{mine}"
    );
    assert_eq!(bodies(&site, &all.maya).await, before);
    let colleague = bodies(&site, &all.goran).await;
    site.post(&word, &all.ben, &[("say", "asked.shared")]).await;
    let hers = site.get(&all.moved, &all.maya).await.body;
    assert!(
        hers.contains("asked for it") && hers.contains("shared with you"),
        "{hers}"
    );
    assert_ne!(bodies(&site, &all.maya).await, before);
    assert_eq!(bodies(&site, &all.goran).await, colleague);
    site.post(&word, &all.ben, &[("say", "nothing")]).await;
    assert_eq!(
        bodies(&site, &all.maya).await,
        before,
        "taken back is as if never said"
    );
}

#[tokio::test]
async fn whether_it_mattered_to_a_report_changes_no_byte_for_anybody_else() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let word = format!("{}/word", all.moved);
    everybody_looked(&site, &all).await;
    let mayas = bodies(&site, &all.maya).await;
    let gorans = bodies(&site, &all.goran).await;
    let unsaid = site.get(&all.moved, &all.ben).await.body;
    // Said before the tap, and no button shares it.
    assert!(
        unsaid.contains("For you alone: nobody else is shown it")
            && !unsaid.contains("mattered.shared"),
        "{unsaid}"
    );
    let hers = site.get(&all.moved, &all.maya).await.body;
    assert!(!hers.contains("Did it matter"), "{hers}");
    let shared = site
        .post(&word, &all.ben, &[("say", "mattered.shared")])
        .await;
    assert_eq!(shared.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get(&all.moved, &all.ben).await.body, unsaid);
    let said = site.post(&word, &all.ben, &[("say", "mattered")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    let mine = site.get(&all.moved, &all.ben).await.body;
    assert!(mine.contains("You said: “It mattered”"), "{mine}");
    // It stands beside a word, and neither takes the place of the other.
    site.post(&word, &all.ben, &[("say", "asked.private")])
        .await;
    let both = site.get(&all.moved, &all.ben).await.body;
    assert!(both.contains("“I asked for it”") && both.contains("You said: “It mattered”"));
    assert_eq!(bodies(&site, &all.maya).await, mayas);
    assert_eq!(bodies(&site, &all.goran).await, gorans);
    site.post(&word, &all.ben, &[("say", "nothing")]).await;
    site.post(&word, &all.ben, &[("say", "mattered_taken_back")])
        .await;
    assert_eq!(
        site.get(&all.moved, &all.ben).await.body,
        unsaid,
        "taken back is as if never said"
    );
}

#[tokio::test]
async fn what_somebody_answers_to_the_proof_is_in_no_byte_of_anybody_elses() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    everybody_looked(&site, &all).await;
    let (maya, bens, gorans) = (
        bodies(&site, &all.maya).await,
        bodies(&site, &all.ben).await,
        bodies(&site, &all.goran).await,
    );
    let answer = [("choice", "each"), ("words", "marker-answer")];
    let said = site.post("/proof/team", &all.maya, &answer).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    let mine = site.get("/proof", &all.maya).await.body;
    for part in ["marker-answer", "differs from your answer", "Noor"] {
        assert!(mine.contains(part), "{part} in {mine}");
    }
    assert_eq!(bodies(&site, &all.ben).await, bens);
    assert_eq!(bodies(&site, &all.goran).await, gorans);
    site.post("/proof/team", &all.ben, &answer).await;
    let bens = site.get("/proof", &all.ben).await.body;
    assert!(bens.contains("nobody is known to report to you"), "{bens}");
    site.post("/proof/erase", &all.maya, &[]).await;
    assert_eq!(
        bodies(&site, &all.maya).await,
        maya,
        "erased is as if never said"
    );
}

#[tokio::test]
async fn what_two_agree_on_is_told_to_both_and_to_nobody_else() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let gorans = bodies(&site, &all.goran).await;
    let policy = all.pair.replace("/one-on-ones/", "/policies/");
    let say = async |cookie: &str, word: &str| site.post(&policy, cookie, &[("say", word)]).await;
    let said = say(&all.maya, "propose.14").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert_eq!(
        say(&all.maya, "agree.14").await.status,
        422,
        "not to oneself"
    );
    let bens = site.get("/policies", &all.ben).await.body;
    assert!(bens.contains("<b>every two weeks</b>"), "{bens}");
    // Where he looks first it waits for him, with the same tap; for her, who proposes it, nothing does.
    let waits = "proposes to meet <b>every two weeks</b>";
    let bens = site.get("/one-on-ones", &all.ben).await.body;
    assert!(bens.contains(waits), "{bens}");
    assert!(bens.contains(&format!("action=\"{policy}\"")) && bens.contains("value=\"agree.14\""));
    let mayas = site.get("/one-on-ones", &all.maya).await.body;
    assert!(!mayas.contains(waits) && !mayas.contains("Proposed to you"));
    assert_eq!(say(&all.goran, "agree.14").await.status, 404);
    assert_eq!(say(&all.ben, "agree.14").await.status, 303);
    let bens = site.get("/one-on-ones", &all.ben).await.body;
    assert!(!bens.contains(waits), "{bens}");
    for (cookie, proposed, agreed) in [
        (&all.maya, "you", "Ben Okafor"),
        (&all.ben, "Maya Lind", "you"),
    ] {
        let body = site.get("/policies", cookie).await.body;
        for (what, who) in [("Proposed by", proposed), ("agreed by", agreed)] {
            let part = format!("{what} <bdi>{who}</bdi>");
            assert!(body.contains(&part), "{part} in {body}");
        }
        let pair = site.get(&all.pair, cookie).await.body;
        assert!(
            pair.contains("You agreed to meet every two weeks"),
            "{pair}"
        );
    }
    assert_eq!(say(&all.ben, "end").await.status, 303);
    assert_eq!(say(&all.ben, "drop").await.status, 422);
    assert_eq!(bodies(&site, &all.goran).await, gorans);
}

/// Whoever looks is told of on the page of whom it is about. After this, everybody has looked at everything today.
pub(crate) async fn everybody_looked(site: &Site, all: &Everybody) {
    for cookie in [&all.maya, &all.ben, &all.goran] {
        everything(site, cookie).await;
    }
}

pub(crate) async fn bodies(site: &Site, cookie: &str) -> Vec<(String, String)> {
    let all = everything(site, cookie).await;
    all.into_iter()
        .map(|(path, answer)| (path, answer.body))
        .collect()
}
