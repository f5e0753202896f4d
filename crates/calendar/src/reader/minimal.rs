//! Of a stream, only what is read: for whoever keeps what was seen. Descriptions, places, attachments, alarms and
//! everything else that decides nothing are left out and never stored.

use super::{
    Calendar,
    lines::{Interest, Receiver, Unfolder},
    parser::{Parser, Tag},
};

/// What the stream says, and the lines that say it: unfolded, each ending in CR LF. Reading these lines again gives the
/// same events.
pub fn minimal(bytes: &[u8]) -> (Calendar, Vec<u8>) {
    let mut lines: Unfolder<Tag> = Unfolder::default();
    let mut keeper = Keeper {
        parser: Parser::default(),
        kept: Vec::new(),
    };
    lines.feed(bytes, &mut keeper);
    lines.finish(&mut keeper);
    let calendar = keeper.parser.finish(lines.number());
    (calendar, keeper.kept)
}

/// A parser that keeps what it is shown.
struct Keeper {
    parser: Parser,
    kept: Vec<u8>,
}

impl Receiver for Keeper {
    type Tag = Tag;

    fn interest(&mut self, head: &[u8], number: u32) -> Interest<Tag> {
        self.parser.interest(head, number)
    }

    fn line(&mut self, tag: Option<Tag>, line: &[u8], number: u32) {
        if tag.is_some() {
            self.kept.extend_from_slice(line);
            self.kept.extend_from_slice(b"\r\n");
        }
        self.parser.line(tag, line, number);
    }

    fn too_long(&mut self, number: u32) {
        self.parser.too_long(number);
    }
}

#[cfg(test)]
mod tests {
    use super::minimal;
    use crate::Reader;

    const EXPORT: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:maya@example.com\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        DTSTART:20260303T090000Z\r\nDTEND:20260303T093000Z\r\nSUMMARY:1:1 with a long title that was fol\r\n ded\r\n\
        DESCRIPTION:salary\\, secret\r\n plans\r\nLOCATION:Room 5\r\nATTENDEE;CN=Ben:mailto:ben@example.com\r\n\
        BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:secret too\r\nEND:VALARM\r\nX-NOTES:secret\r\nEND:VEVENT\r\n\
        BEGIN:VTODO\r\nSUMMARY:secret errand\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";

    #[test]
    fn what_nobody_reads_is_not_kept() {
        let (_, kept) = minimal(EXPORT.as_bytes());
        let kept = String::from_utf8(kept).unwrap();
        for word in ["secret", "Room 5", "plans", "DISPLAY"] {
            assert!(!kept.contains(word), "{word} is in {kept}");
        }
        assert!(
            kept.contains("SUMMARY:1:1 with a long title that was folded\r\n"),
            "{kept}"
        );
    }

    #[test]
    fn what_is_kept_says_the_same() {
        let (read, kept) = minimal(EXPORT.as_bytes());
        let mut again = Reader::read(&kept);
        let mut whole = Reader::read(EXPORT.as_bytes());
        assert_eq!(read.events, whole.events);
        for events in [&mut again.events, &mut whole.events] {
            // Lines are counted anew.
            events.iter_mut().for_each(|event| event.line = 0);
        }
        assert_eq!(again.events, whole.events);
        assert_eq!((again.name, again.complete), (whole.name, true));
    }
}
