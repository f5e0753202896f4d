//! Who looked: whom it is about is told, and nobody else is.

use crate::everybody::everybody;
use crate::support::{DAY, Site};
use steadfast_app::server::accounts::organisation;
use steadfast_app::server::demo;
use steadfast_app::server::export::{Here, everything_about};
use steadfast_store::AccessLog;

/// The section of the page Privacy.
async fn section(site: &Site, cookie: &str) -> String {
    let page = site.get("/privacy", cookie).await.body;
    let (_, after) = page.split_once("<h2 id=\"looks\">").unwrap();
    after.split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_is_looked_at_is_told_who_at_what_and_on_which_day() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let mayas_page = "All their 1:1s on one page, yours among them: <time class=\"nowrap\" datetime=\"2026-11-22\">22 November</time>.";
    let bens = section(&site, &all.ben).await;
    assert!(
        bens.contains("<bdi>Maya</bdi>") && bens.contains(mayas_page),
        "{bens}"
    );
    assert!(!bens.contains("Your 1:1 with them"), "{bens}");
    site.wait(DAY);
    site.get(&all.moved, &all.maya).await;
    let bens = section(&site, &all.ben).await;
    let look =
        "Your 1:1 with them: <time class=\"nowrap\" datetime=\"2026-11-23\">23 November</time>.";
    assert!(bens.contains(look), "{bens}");
    assert!(
        section(&site, &all.maya)
            .await
            .contains("Nobody has looked in these 90 days"),
        "what one does oneself is no look at oneself"
    );
    for path in ["/one-on-ones", &all.pair, "/log", "/privacy/export"] {
        assert_eq!(site.get(path, &all.ben).await.status, 200);
    }
    assert!(
        !section(&site, &all.maya).await.contains("<dt>"),
        "what a report looks at of their own is nobody else's to know"
    );
    let gorans = section(&site, &all.goran).await;
    assert!(gorans.contains("Nobody has looked"), "{gorans}");
}

#[tokio::test]
async fn a_foreign_one_on_one_is_neither_shown_nor_looked_at() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let org = organisation(&site.store).await.unwrap().unwrap();
    let kept = async || site.store.accesses(&org, None, None, 1_000).await.unwrap();
    let before = kept().await;
    assert_eq!(site.get(&all.moved, &all.goran).await.status, 404);
    assert_eq!(site.get(&all.pair, &all.goran).await.status, 404);
    assert_eq!(kept().await, before);
    for _ in 0..3 {
        site.get(&all.pair, &all.maya).await;
    }
    let new = kept().await.len() - before.len();
    assert_eq!(new, 1, "once a day, of this one alone");
    let times = kept()
        .await
        .into_iter()
        .map(|(_, look)| look.day.begins().0);
    assert!(times.into_iter().all(|at| at % DAY == 0), "no minutes");
}

#[tokio::test]
async fn what_whoever_runs_the_server_takes_out_is_told_as_well() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    let org = organisation(&site.store).await.unwrap().unwrap();
    everything_about(
        &site.store,
        Here::default(),
        &org,
        "ben@example.com",
        demo::now(),
    )
    .await
    .unwrap();
    for cookie in [&all.ben, &all.maya] {
        let told = section(&site, cookie).await;
        assert!(told.contains("Whoever runs this server"), "{told}");
    }
    let gorans = section(&site, &all.goran).await;
    assert!(!gorans.contains("<dt>"), "{gorans}");
}

#[tokio::test]
async fn the_auditor_reads_who_looked_and_nothing_else_and_is_told_of_as_well() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    site.get(&all.moved, &all.maya).await;
    site.get("/one-on-ones", &all.ben).await;
    let name = async |cookie: &str, address: &str| {
        site.post("/auditor", cookie, &[("address", address)]).await
    };
    for (address, why) in [
        ("maya@example.com", "cannot be the auditor as well"),
        ("zoe@example.com", "Nobody here signs in"),
    ] {
        let refused = name(&all.maya, address).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(why), "{}", refused.body);
    }
    assert_eq!(name(&all.ben, "ben@example.com").await.status, 404);
    assert!(
        section(&site, &all.ben)
            .await
            .contains("Only you are shown it.")
    );
    assert_eq!(site.get("/looks", &all.goran).await.status, 404);
    let named = name(&all.maya, " Goran@example.com ").await;
    assert_eq!(named.location(), "/policies#auditor");
    for cookie in [&all.maya, &all.ben] {
        let told = section(&site, cookie).await;
        assert!(
            told.contains("the auditor, <bdi>goran@example.com</bdi>"),
            "{told}"
        );
        assert_eq!(site.get("/looks", cookie).await.status, 404);
        assert!(!site.get("/more", cookie).await.body.contains("/looks"));
    }
    assert!(!section(&site, &all.ben).await.contains("as the auditor"));
    assert!(
        site.get("/more", &all.goran)
            .await
            .body
            .contains("href=\"/looks\"")
    );
    // What was seen on a day that a clock was set back to stands with that day.
    site.wait(-2 * DAY);
    site.get(&all.moved, &all.maya).await;
    site.wait(2 * DAY);
    let page = site.get("/looks", &all.goran).await.body;
    let days: Vec<&str> = page.split("scope=\"rowgroup\"").skip(1).collect();
    let days: Vec<&str> = days
        .iter()
        .filter_map(|day| day.split("datetime=\"").nth(1)?.get(..10))
        .collect();
    assert_eq!(days, ["2026-11-22", "2026-11-20"], "{page}");
    let line = "<td><bdi>Maya</bdi></td><td>a 1:1</td><td><bdi>Ben</bdi></td>";
    assert!(page.contains(line), "{line} in {page}");
    assert!(!page.contains("<td><bdi>Ben</bdi></td><td>"), "{page}");
    assert!(
        !page.contains("16 June") && !page.contains(&all.pair),
        "{page}"
    );
    let bens = section(&site, &all.ben).await;
    assert!(
        bens.contains("Göran") && bens.contains("Who looked at what is about you, as the auditor"),
        "{bens}"
    );
    // Whom the list is about is in it from then on.
    let page = site.get("/looks", &all.goran).await.body;
    assert!(
        page.contains("<td><bdi>Göran</bdi></td><td>this list</td>"),
        "{page}"
    );
    let nobody = [("address", ""), ("nobody", "yes")];
    assert_eq!(site.post("/auditor", &all.maya, &nobody).await.status, 303);
    assert_eq!(site.get("/looks", &all.goran).await.status, 404);
    // Each has it in the log whom it is about, and nobody else.
    let log = async |cookie: &str| site.get("/log", cookie).await.body;
    let (hers, his, bens) = (
        log(&all.maya).await,
        log(&all.goran).await,
        log(&all.ben).await,
    );
    for words in [
        "You wanted <bdi>zoe@example.com</bdi> to be the auditor, and nothing was changed: nobody here signs in with that address.",
        "You wanted <bdi>maya@example.com</bdi> to be the auditor, and nothing was changed: ",
        "You named the auditor: <bdi>goran@example.com</bdi>.",
        "You said that there is no auditor",
    ] {
        assert!(hers.contains(words), "{words} in {hers}");
        assert!(!his.contains(words) && !bens.contains(words), "{words}");
    }
    for words in ["You were named the auditor", "You are the auditor no more."] {
        assert!(his.contains(words), "{words} in {his}");
        assert!(!hers.contains(words) && !bens.contains(words), "{words}");
    }
}

#[tokio::test]
async fn who_has_no_account_any_more_is_named_as_the_list_calls_them() {
    let site = Site::new().await;
    let all = everybody(&site).await;
    crate::people::feed(&site, &all.maya, crate::people::FILE).await;
    let org = organisation(&site.store).await.unwrap().unwrap();
    let looked = steadfast_store::Access {
        actor: "petra@example.com".to_owned(),
        subject: "ben@example.com".to_owned(),
        what: "one-on-one".to_owned(),
        day: steadfast_store::Day::of(steadfast_store::Micros(demo::now().seconds() * 1_000_000)),
    };
    site.store.log_access(&org, &[looked]).await.unwrap();
    let told = section(&site, &all.ben).await;
    assert!(told.contains("<bdi>Petra Fischer</bdi>"), "{told}");
    assert!(!told.contains("petra@example.com"), "{told}");
}
