//! A source that tells a series piece by piece: the series in one place, each exception in its own.

use super::life::played;
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

/// What a calendar says of itself does not come with its pieces.
fn without_itself(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let lines = text.split_inclusive('\n');
    let kept: String = lines.filter(|line| !line.starts_with("X-WR-")).collect();
    kept.into_bytes()
}

#[test]
fn a_life_told_piece_by_piece_reads_as_one_told_whole() {
    let mut known: HashMap<String, BTreeMap<String, String>> = HashMap::new();
    played(12, without_itself, &mut |owner, bytes| {
        let now = pieces(bytes);
        let object = |(href, lines): (&String, &String)| Object {
            href: href.clone(),
            lines: lines.clone().into_bytes(),
        };
        let news = match known.get(owner) {
            None => News::Whole {
                objects: now.iter().map(object).collect(),
                kept: Vec::new(),
                blind: false,
            },
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
        known.insert(owner.to_owned(), now);
        ("c", news)
    });
}
