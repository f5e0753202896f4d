//! Which addresses go by one full name.

use super::{
    full_name,
    judge::one_domain_twice,
    seen::{all, people},
};
use crate::{
    history::History,
    people::{Directory, PersonId},
};
use std::sync::Arc;
use steadfast_calendar::Texts;

/// The addresses of each full name that several go by, in order of name. A name that one domain has twice is several
/// people's, whatever is seen of them, and left out: in a large house most are.
pub(super) fn clusters(history: &History) -> Vec<Vec<Arc<str>>> {
    let names = Names::of(history);
    let mut fulls = Texts::default();
    let mut by_full: Vec<(u32, PersonId)> = Vec::with_capacity(names.of.len());
    for (id, name) in names.directory.ids().zip(&names.of) {
        if let Goes::By(name) = name
            && let Some(full) = full_name(names.texts.get(*name))
        {
            by_full.push((fulls.number(&full), id));
        }
    }
    by_full.sort_unstable();
    let mut clusters: Vec<(&str, Vec<Arc<str>>)> = Vec::new();
    for of_one in by_full.chunk_by(|a, b| a.0 == b.0) {
        let addresses = || {
            of_one
                .iter()
                .map(|(_, id)| names.directory.person(*id).address)
        };
        if let [(full, _), _, ..] = of_one
            && !one_domain_twice(addresses())
        {
            let mut addresses: Vec<Arc<str>> = addresses().map(Arc::from).collect();
            addresses.sort_unstable();
            clusters.push((fulls.get(*full), addresses));
        }
    }
    clusters.sort_unstable();
    clusters
        .into_iter()
        .map(|(_, addresses)| addresses)
        .collect()
}

/// Every address with its name: of a large export there are a million.
#[derive(Default)]
struct Names {
    directory: Directory,
    /// By place in the directory.
    of: Vec<Goes>,
    texts: Texts,
}

/// What an address goes by.
#[derive(Clone, Copy)]
enum Goes {
    /// That name, as yet; perhaps the empty one.
    By(u32),
    /// Two full names: it is nobody's in particular.
    ByTwo,
}

impl Names {
    fn of(history: &History) -> Self {
        let mut names = Self::default();
        names.directory.share(history.texts());
        // An override nearly always names whom its series names, in the same place and as the same texts.
        let mut before: Vec<[usize; 2]> = Vec::new();
        for series in all(history) {
            series.each_ever(|event| {
                for (place, (address, name)) in people(&event).enumerate() {
                    let here = [address, name].map(|text| text.as_ptr().addr());
                    match before.get_mut(place) {
                        Some(there) if *there == here => continue,
                        Some(there) => *there = here,
                        None => before.push(here),
                    }
                    names.hear(address, name);
                }
            });
        }
        names
    }

    fn hear(&mut self, address: &str, name: &str) {
        let at = self.directory.meet(address).index();
        match self.of.get(at) {
            Some(Goes::By(known)) => {
                let known = self.texts.get(*known);
                // Most are the same, letter by letter.
                if known == name || name.is_empty() {
                    return;
                }
                let goes = match (full_name(known), full_name(name)) {
                    (_, None) => return,
                    (Some(before), Some(full)) if before == full => return,
                    (None, Some(_)) => Goes::By(self.texts.number(name)),
                    (Some(_), Some(_)) => Goes::ByTwo,
                };
                if let Some(known) = self.of.get_mut(at) {
                    *known = goes;
                }
            }
            Some(Goes::ByTwo) => {}
            None => self.of.push(Goes::By(self.texts.number(name))),
        }
    }
}
