//! Calendars to hand in: Maya's from the story, with words planted in it; and one of somebody who has no part in it.

use steadfast_life::story;

/// Stands in every title that is not a 1:1 with Ben, and nowhere else.
pub(crate) const OTHER_TITLE: &str = "ZQtitle";
/// Stands in descriptions and places of every event, Ben's included.
pub(crate) const INSIDE: &str = "ZQinside";

pub(crate) fn exported(address: &str) -> String {
    let bytes = story::maya().final_export(address).expect("a calendar");
    String::from_utf8(bytes).expect("text")
}

/// Maya's export with planted words.
pub(crate) fn mayas_with_markers() -> String {
    let text = exported("maya@example.com").replace("\r\n ", "");
    let mut planted = String::new();
    for (number, block) in text.split("BEGIN:VEVENT\r\n").enumerate() {
        if number == 0 {
            planted.push_str(block);
            continue;
        }
        planted.push_str(&format!(
            "BEGIN:VEVENT\r\nDESCRIPTION:{INSIDE}{number} agenda\r\nLOCATION:{INSIDE}{number} room\r\n\
             COMMENT:{INSIDE}{number} comment\r\nX-NOTE:{INSIDE}{number} note\r\n"
        ));
        let with_ben = block.contains("SUMMARY:1:1 Maya / Ben");
        for line in block.split_inclusive("\r\n") {
            match line.strip_prefix("SUMMARY:") {
                Some(title) if !with_ben => {
                    planted.push_str(&format!("SUMMARY:{OTHER_TITLE}{number} {title}"));
                }
                _ => planted.push_str(line),
            }
        }
    }
    planted
}

/// Göran's calendar: a weekly 1:1 with Olga.
pub(crate) fn gorans() -> String {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nX-WR-CALNAME:goran@example.com\r\n\
     X-WR-TIMEZONE:Europe/Paris\r\nBEGIN:VEVENT\r\nUID:goran-olga@example.com\r\nDTSTAMP:20261101T080000Z\r\n\
     CREATED:20260501T080000Z\r\nDTSTART:20260601T080000Z\r\nDTEND:20260601T083000Z\r\nRRULE:FREQ=WEEKLY\r\n\
     SUMMARY:1:1 Göran / Olga\r\nORGANIZER;CN=Göran Persson:mailto:goran@example.com\r\n\
     ATTENDEE;CN=Göran Persson;PARTSTAT=ACCEPTED:mailto:goran@example.com\r\n\
     ATTENDEE;CN=Olga Ivanov;PARTSTAT=ACCEPTED:mailto:olga@example.com\r\nSTATUS:CONFIRMED\r\nSEQUENCE:0\r\n\
     END:VEVENT\r\nEND:VCALENDAR\r\n"
        .to_owned()
}
