//! A calendar behind one address: Google's secret address, Outlook's published calendar, a public `.ics`.

use super::client::{Ask, Client};
use super::shown;
use crate::document::Bounded;
use crate::error::SourceError;
use crate::gather::{Gather, Offered, single};
use crate::intake::{DocumentName, Intake};
use crate::names;
use url::Url;

/// Reads a feed.
pub(crate) fn read(client: &Client, url: &Url, intake: &mut dyn Intake) -> Result<(), SourceError> {
    let label = shown::address(url);
    let answer = client.send(&Ask::get(url))?;
    if answer.status != 200 {
        return Err(answer.refusal(label, client.has_user()));
    }
    let mut gather = Gather::new(intake);
    gather.intake.progress(0, answer.length);
    let limit = client.limits().download_bytes;
    let mut body = Bounded::new(answer.body, limit);
    let name = DocumentName {
        label: label.clone(),
        snapshot: None,
        owner: owner(url),
    };
    let offered = gather.offer(name, &mut body);
    if body.exceeded() {
        return single(offered, &label, Some(limit));
    }
    match offered {
        // A download that breaks off is the network's doing, not the file's.
        Offered::Broken(error) => Err(super::client::broken_body(&label, &error)),
        other => single(other, &label, None),
    }
}

/// Whose calendar a Google feed is: `/calendar/ical/<address>/private-…/basic.ics`.
pub(crate) fn owner(url: &Url) -> Option<String> {
    let mut parts = url.path_segments()?;
    if url.host_str() != Some("calendar.google.com")
        || parts.next() != Some("calendar")
        || parts.next() != Some("ical")
    {
        return None;
    }
    names::owner(&parts.next()?.replace("%40", "@"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_google_feed_says_whose_it_is() {
        fn check(url: &str, expected: Option<&str>) {
            assert_eq!(
                owner(&Url::parse(url).expect("a URL")).as_deref(),
                expected,
                "{url}"
            );
        }
        let google = "https://calendar.google.com/calendar/ical";
        check(
            &format!("{google}/maya%40example.com/private-abc/basic.ics"),
            Some("maya@example.com"),
        );
        check(
            &format!("{google}/c_1%40group.calendar.google.com/public/basic.ics"),
            None,
        );
        check(
            "https://example.com/calendar/ical/maya%40example.com/x/basic.ics",
            None,
        );
        check("https://calendar.google.com/", None);
    }
}
