//! A mail as the bytes that go out (RFC 5322, 2045–2047). The same mail is the same bytes, however often it is made.

// lettre (MIT) writes MIME and speaks SMTP, without OpenSSL and without an async runtime of its own.
use super::{MailError, Sender, Stage};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use std::time::{Duration, UNIX_EPOCH};
use steadfast_calendar::Instant;

/// One mail to one reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// To whom: one address.
    pub to: String,
    /// Its Message-ID, without the brackets.
    pub id: String,
    /// Its date.
    pub at: Instant,
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as a page.
    pub html: Option<String>,
    /// The address to which a mail program posts to get no more (RFC 8058).
    pub off: Option<String>,
    /// To whom an answer goes, where that is not the sender.
    pub reply_to: Option<String>,
    /// What it says to a calendar (RFC 6047).
    pub calendar: Option<Calendar>,
}

/// An iTIP message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    /// `REQUEST`, `REPLY`, `COUNTER`, `CANCEL` or `PUBLISH`: the same as in the text.
    pub method: String,
    /// The iCalendar text.
    pub text: String,
}

/// The bytes of a mail.
///
/// # Errors
/// [`MailError`] of [`Stage::Message`], for an address that is none.
pub fn bytes(mail: &Mail, from: &Sender) -> Result<Vec<u8>, MailError> {
    Ok(message(mail, from)?.formatted())
}

pub(super) fn address(text: &str) -> Result<Address, MailError> {
    text.parse().map_err(|_| wrong())
}

pub(super) fn message(mail: &Mail, from: &Sender) -> Result<Message, MailError> {
    let seconds = u64::try_from(mail.at.seconds()).unwrap_or(0);
    let mut builder = Message::builder()
        .from(from.0.clone())
        .to(Mailbox::new(None, address(&mail.to)?))
        .subject(mail.subject.as_str())
        .message_id(Some(format!("<{}>", mail.id)))
        .date(UNIX_EPOCH + Duration::from_secs(seconds));
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let mut headers = vec![
        // Nobody answers to it by a machine (RFC 3834 §5; the second is for Exchange).
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
    ];
    if let Some(off) = &mail.off {
        headers.push(("List-Unsubscribe", format!("<{off}>")));
        headers.push((
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        ));
    }
    for (name, value) in headers {
        builder = builder.raw_header(raw(name, value));
    }
    let id = mail.id.split('@').next().unwrap_or_default();
    let mut parts = MultiPart::alternative()
        .boundary(format!("steadfast-{id}"))
        .singlepart(SinglePart::plain(mail.text.clone()));
    if let Some(html) = &mail.html {
        parts = parts.singlepart(SinglePart::html(html.clone()));
    }
    if let Some(calendar) = mail.calendar.as_ref().filter(|one| one.method == PUBLISHED) {
        // Some programs show a calendar part in the place of all other alternatives: what is published goes beside the words,
        // which are read whole whatever becomes of it.
        let kind = ContentType::parse(PUBLISHES).map_err(|_| wrong())?;
        let file = Attachment::new(TIMES.to_owned()).body(calendar.text.clone(), kind);
        let both = MultiPart::mixed()
            .boundary(format!("steadfast-with-{id}"))
            .multipart(parts)
            .singlepart(file);
        return builder.multipart(both).map_err(|_| wrong());
    }
    if let Some(calendar) = &mail.calendar {
        let kind = format!("text/calendar; method={}; charset=UTF-8", calendar.method);
        let kind = ContentType::parse(&kind).map_err(|_| wrong())?;
        let part = SinglePart::builder()
            .header(kind)
            .body(calendar.text.clone());
        let parts = parts.singlepart(part);
        // The same to keep and to open by hand, as other calendar programs send it: programs that show no alternative part show
        // this. Without a method it is a file and no second message (RFC 6047 §2.4), so that nobody is asked twice.
        let kind = ContentType::parse(ATTACHED).map_err(|_| wrong())?;
        let file = Attachment::new(FILE.to_owned()).body(calendar.text.clone(), kind);
        let both = MultiPart::mixed()
            // Neither begins as the other does: some programs look no further.
            .boundary(format!("steadfast-with-{id}"))
            .multipart(parts)
            .singlepart(file);
        return builder.multipart(both).map_err(|_| wrong());
    }
    builder.multipart(parts).map_err(|_| wrong())
}

/// What nobody is asked to answer (RFC 5546 §3.2.1).
const PUBLISHED: &str = "PUBLISH";
/// What the file of that is called.
const TIMES: &str = "times.ics";
/// Its content type: the method is the one in it (RFC 6047 §2.4).
const PUBLISHES: &str = "text/calendar; method=PUBLISH; charset=UTF-8; name=\"times.ics\"";

/// What the file is called that says the same as the calendar part.
const FILE: &str = "invite.ics";
/// Its content type.
const ATTACHED: &str = "text/calendar; charset=UTF-8; name=\"invite.ics\"";

/// A header as it is: an address is neither folded nor encoded.
fn raw(name: &'static str, value: String) -> HeaderValue {
    let encoded = value.clone();
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value, encoded)
}

fn wrong() -> MailError {
    MailError {
        stage: Stage::Message,
        code: None,
        is_permanent: true,
        because: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            to: "maya@example.com".to_owned(),
            id: "0a1b@example.org".to_owned(),
            at: Instant::from_seconds(1_772_000_000),
            subject: "Your 1:1 of Tue 31 Mar 14:00: it was moved".to_owned(),
            text: "Göran, Tue 31 Mar 14:00\n".to_owned(),
            html: Some("<p>Göran</p>".to_owned()),
            off: Some(format!(
                "https://steadfast.example.org/mail/off/{}",
                "a".repeat(97)
            )),
            reply_to: None,
            calendar: None,
        }
    }

    fn told(mail: &Mail) -> String {
        let from = Sender::parse("Steadfast <steadfast@example.org>").unwrap();
        String::from_utf8(bytes(mail, &from).unwrap()).unwrap()
    }

    #[test]
    fn the_same_mail_is_the_same_bytes_and_all_of_them_are_ascii() {
        let text = told(&mail());
        assert_eq!(text, told(&mail()));
        assert!(text.is_ascii(), "{text}");
        for line in [
            "From: Steadfast <steadfast@example.org>",
            "To: maya@example.com",
            "Subject: Your 1:1 of Tue 31 Mar 14:00: it was moved",
            "Message-ID: <0a1b@example.org>",
            "Date: Wed, 25 Feb 2026 06:13:20 +0000",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "MIME-Version: 1.0",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in {text}");
        }
        let off = format!("List-Unsubscribe: <{}>", mail().off.unwrap());
        assert!(text.lines().any(|one| one == off), "{text}");
    }

    #[test]
    fn what_it_says_to_a_calendar_is_a_part_with_its_method_and_a_file_and_answers_go_to_whoever_sends()
     {
        let summary = format!("SUMMARY:Göran\\, {}", "a title ".repeat(20));
        let invites = Mail {
            html: None,
            off: None,
            reply_to: Some("maya@example.com".to_owned()),
            calendar: Some(Calendar {
                method: "REQUEST".to_owned(),
                text: format!(
                    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n{summary}\r\nEND:VCALENDAR\r\n"
                ),
            }),
            ..mail()
        };
        let text = told(&invites);
        assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 998));
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        for line in [
            "From: Steadfast <steadfast@example.org>",
            "Reply-To: maya@example.com",
        ] {
            assert!(head.lines().any(|one| one == line), "{line} in {head}");
        }
        assert!(head.contains("Content-Type: multipart/mixed;"), "{head}");
        assert!(!head.contains("List-Unsubscribe"), "{head}");
        let kinds: Vec<&str> = body
            .lines()
            .filter_map(|line| line.strip_prefix("Content-Type: "))
            .collect();
        assert_eq!(
            kinds,
            [
                "multipart/alternative; boundary=\"steadfast-0a1b\"",
                "text/plain; charset=utf-8",
                "text/calendar; method=REQUEST; charset=utf-8",
                "text/calendar; charset=utf-8; name=\"invite.ics\""
            ]
        );
        let file = "Content-Disposition: attachment; filename=\"invite.ics\"";
        assert!(body.lines().any(|line| line == file), "{body}");
        // Both are the same bytes.
        let parts = body.split("--steadfast-");
        let texts: Vec<&str> = parts
            .filter(|part| part.contains("text/calendar"))
            .filter_map(|part| part.split_once("\r\n\r\n"))
            .map(|(_, text)| text.trim_end())
            .collect();
        assert!(texts.len() == 2 && texts[0] == texts[1], "{texts:?}");
    }

    #[test]
    fn what_is_published_stands_beside_the_words_and_never_in_their_place() {
        let published = Mail {
            calendar: Some(Calendar {
                method: "PUBLISH".to_owned(),
                text: "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n".to_owned(),
            }),
            ..mail()
        };
        let text = told(&published);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("Content-Type: multipart/mixed;"), "{head}");
        let kinds: Vec<&str> = body
            .lines()
            .filter_map(|line| line.strip_prefix("Content-Type: "))
            .collect();
        assert_eq!(
            kinds,
            [
                "multipart/alternative; boundary=\"steadfast-0a1b\"",
                "text/plain; charset=utf-8",
                "text/html; charset=utf-8",
                "text/calendar; method=PUBLISH; charset=utf-8; name=\"times.ics\""
            ]
        );
        // The alternatives are over before it begins.
        let (words, file) = body.split_once("--steadfast-0a1b--").unwrap();
        assert!(!words.contains("VCALENDAR") && file.contains("METHOD:PUBLISH"));
    }

    #[test]
    fn no_field_begins_another_header() {
        let crooked = Mail {
            subject: "a\r\nBcc: eve@example.com".to_owned(),
            ..mail()
        };
        let text = told(&crooked);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        let to = Mail {
            to: "a@b.c\r\nBcc: d@e.f".to_owned(),
            ..mail()
        };
        let from = Sender::parse("s@example.org").unwrap();
        assert!(bytes(&to, &from).is_err());
    }
}
