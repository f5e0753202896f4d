//! A source that tells a series piece by piece: the series in one place, each exception in its own.

use super::life::{past, told};
use super::*;

/// The events of a calendar's text, each as an object of its own, by place.
fn pieces(text: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    let mut pieces = BTreeMap::new();
    for event in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let (event, _) = event.split_once("END:VEVENT\r\n").unwrap();
        let value = |name: &str| {
            let line = event.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.rsplit(':').next())
                .unwrap_or_default()
        };
        let place = format!("{}_{}", value("UID"), value("RECURRENCE-ID"));
        let whole = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        assert_eq!(pieces.insert(place, whole), None);
    }
    pieces
}

#[test]
fn a_life_told_piece_by_piece_reads_as_one_told_whole() {
    let mut config = Config::small(Dialect::Google);
    config.managers = 1;
    config.reports_per_manager = 5;
    config.weeks = 14;
    let world = World::new(12, &config);
    let owners: Vec<String> = world.owners().map(str::to_owned).collect();
    let lines = &world.truth().relationships;
    let manager = lines.last().unwrap().manager.clone();
    let theirs = lines.iter().filter(|line| line.manager == manager);
    let reports: Vec<String> = theirs.map(|line| line.report.clone()).collect();
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
        let mut known: HashMap<String, BTreeMap<String, String>> = HashMap::new();
        for (at, changed) in &looks {
            for owner in &owners {
                bench.stands(owner, vec![calendar("c", News::Unchanged)]);
            }
            audit.snapshot(*at);
            let mut first = Vec::new();
            for (owner, bytes) in changed {
                // What a calendar says of itself does not come with its pieces.
                let text = String::from_utf8(bytes.clone()).unwrap();
                let text: String = text
                    .split_inclusive('\n')
                    .filter(|line| !line.starts_with("X-WR-"))
                    .collect();
                audit
                    .calendar("look", Some(owner), Some(*at), &mut text.as_bytes())
                    .unwrap();
                let now = pieces(bytes);
                let object = |(href, lines): (&String, &String)| Object {
                    href: href.clone(),
                    lines: lines.clone().into_bytes(),
                };
                let news = match known.get(owner) {
                    None => {
                        first.push(owner.clone());
                        News::Whole {
                            objects: now.iter().map(object).collect(),
                            blind: false,
                        }
                    }
                    Some(before) => News::Changes {
                        put: now
                            .iter()
                            .filter(|(href, lines)| before.get(*href) != Some(*lines))
                            .map(object)
                            .collect(),
                        gone: before
                            .keys()
                            .filter(|href| !now.contains_key(*href))
                            .cloned()
                            .collect(),
                    },
                };
                known.insert(owner.clone(), now);
                bench.stands(owner, vec![calendar("c", news)]);
            }
            let before = bench.now.load(Ordering::Relaxed);
            bench.after(at.seconds() * 1_000_000 - before).await;
            for owner in first {
                bench.connect(&owner, &owner).await.unwrap();
            }
        }
        audit.snapshot(world.now());
        for owner in &owners {
            bench.stands(owner, vec![calendar("c", News::Unchanged)]);
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
