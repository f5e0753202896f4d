//! Following every link that a page gives somebody.

use crate::support::{Answer, Site};
use std::collections::BTreeMap;

/// Pages at the most: there is a page for each 1:1 of half a year, and no more than that.
const MOST: usize = 600;

/// Every answer that can be reached by links from the menu, by path.
pub(crate) async fn everything(site: &Site, cookie: &str) -> BTreeMap<String, Answer> {
    let mut found: BTreeMap<String, Answer> = BTreeMap::new();
    let mut to_visit = vec!["/".to_owned(), "/one-on-ones".to_owned()];
    while let Some(path) = to_visit.pop() {
        if found.contains_key(&path) {
            continue;
        }
        assert!(found.len() < MOST, "links without end");
        let answer = site.get(&path, cookie).await;
        to_visit.extend(links(&answer.body));
        found.insert(path, answer);
    }
    found
}

/// Addresses of this server in a page.
pub(crate) fn links(page: &str) -> Vec<String> {
    page.split("href=\"/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|path| format!("/{}", path.replace("&amp;", "&")))
        .filter(|path| !path.starts_with("/assets/"))
        .collect()
}
