//! A simulated life, watched and audited.

use super::*;

/// (pair, promised start) → outcome and who changed it.
type Told = BTreeMap<(String, Instant), (Outcome, Option<Who>)>;

fn told(report: &Report) -> Told {
    let pairs = report.pairs.iter();
    pairs
        .flat_map(|pair| {
            pair.occurrences.iter().map(|o| {
                let said = (o.verdict.outcome, o.actor.map(|actor| actor.who));
                ((pair.id.clone(), o.promised.start), said)
            })
        })
        .collect()
}

/// What is still to come is shown further ahead than an audit prints.
fn past(told: Told) -> Told {
    let past = told.into_iter();
    past.filter(|(_, (outcome, _))| *outcome != Outcome::Open)
        .collect()
}

/// What a source tells of somebody's calendar that has this text now, and who it is.
pub(super) type Tells<'a> = &'a mut dyn FnMut(&str, &[u8]) -> (&'static str, News);

/// Fourteen weeks of a manager with five reports, watched round by round as `tells` tells them, and audited from `read` of the
/// same texts: both read alike.
pub(super) fn played(seed: u64, read: fn(&[u8]) -> Vec<u8>, tells: Tells<'_>) {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 5;
    config.weeks = 14;
    let world = World::new(seed, &config);
    let owners: Vec<String> = world.owners().map(str::to_owned).collect();
    let lines = &world.truth().relationships;
    // The one with the most reports; the other is the boss.
    let manager = lines.last().unwrap().manager.clone();
    let theirs = lines.iter().filter(|line| line.manager == manager);
    let reports: Vec<String> = theirs.map(|line| line.report.clone()).collect();
    assert!(reports.len() > 3);
    let mut looks: BTreeMap<Instant, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for state in world.history() {
        looks
            .entry(state.at)
            .or_default()
            .push((state.owner, state.text));
    }
    with_bench(|bench| async move {
        let mut options = Options::at(world.now());
        options.me = vec![manager.clone()];
        options.reports.clone_from(&reports);
        options.from = Some(jiff::civil::date(2000, 1, 1));
        let mut audit = Audit::new(options);
        let mut places: BTreeMap<String, &'static str> = BTreeMap::new();
        for (at, changed) in &looks {
            for (owner, place) in &places {
                bench.stands(owner, vec![calendar(place, News::Unchanged)]);
            }
            audit.snapshot(*at);
            let mut first = Vec::new();
            for (owner, bytes) in changed {
                audit
                    .calendar("look", Some(owner), Some(*at), &mut read(bytes).as_slice())
                    .unwrap();
                let (place, news) = tells(owner, bytes);
                bench.stands(owner, vec![calendar(place, news)]);
                if places.insert(owner.clone(), place).is_none() {
                    first.push(owner);
                }
            }
            let before = bench.now.load(Ordering::Relaxed);
            bench.after(at.seconds() * 1_000_000 - before).await;
            for owner in first {
                bench.connect(owner, owner).await.unwrap();
            }
        }
        audit.snapshot(world.now());
        assert_eq!(places.len(), owners.len(), "everybody is seen");
        for (owner, place) in &places {
            bench.stands(owner, vec![calendar(place, News::Unchanged)]);
        }
        bench
            .after(world.now().seconds() * 1_000_000 - bench.now.load(Ordering::Relaxed))
            .await;
        let viewer = bench.viewer(&manager);
        ledger::declare(&bench.store, &viewer, bench.instant(), &reports, None)
            .await
            .unwrap();
        let (watched, audited) = (told(&bench.view(&manager).await), told(&audit.finish()));
        assert!(watched.len() > 40, "{}", watched.len());
        assert_eq!(past(watched), past(audited));
    });
}

#[test]
fn a_life_played_over_feeds_reads_as_an_audit_of_the_same_history() {
    played(11, <[u8]>::to_vec, &mut |_, bytes| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        ("", whole(&text))
    });
}
