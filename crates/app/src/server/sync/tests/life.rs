//! A simulated life, watched and audited.

use super::*;

/// (pair, promised start) → outcome and who changed it.
pub(super) type Told = BTreeMap<(String, Instant), (Outcome, Option<Who>)>;

pub(super) fn told(report: &Report) -> Told {
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
pub(super) fn past(told: Told) -> Told {
    let past = told.into_iter();
    past.filter(|(_, (outcome, _))| *outcome != Outcome::Open)
        .collect()
}

#[test]
fn a_life_played_over_feeds_reads_as_an_audit_of_the_same_history() {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 5;
    config.weeks = 14;
    let world = World::new(11, &config);
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
        let mut connected: Vec<String> = Vec::new();
        for (at, changed) in &looks {
            for owner in &owners {
                bench.stands(owner, vec![calendar("", News::Unchanged)]);
            }
            audit.snapshot(*at);
            for (owner, bytes) in changed {
                audit
                    .calendar("look", Some(owner), Some(*at), &mut bytes.as_slice())
                    .unwrap();
                let text = String::from_utf8(bytes.clone()).unwrap();
                bench.stands(owner, vec![calendar("", whole(&text))]);
            }
            let before = bench.now.load(Ordering::Relaxed);
            bench.after(at.seconds() * 1_000_000 - before).await;
            for (owner, _) in changed {
                if !connected.contains(owner) {
                    bench.connect(owner, owner).await.unwrap();
                    connected.push(owner.clone());
                }
            }
        }
        audit.snapshot(world.now());
        for owner in &owners {
            bench.stands(owner, vec![calendar("", News::Unchanged)]);
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
