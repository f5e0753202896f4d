//! What a message to a chat says: a line and a link for each thing told, in the form that the chat takes.

use super::Sort;
use crate::server::mail::Office;
use serde_json::{Value, json};

/// One thing that is told: a sentence that names nobody, what the link is called, and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::server) struct Line {
    pub(in crate::server) says: String,
    pub(in crate::server) label: String,
    pub(in crate::server) link: String,
}

const FOOT: &str = "Opening a link does nothing: what is done is done by a tap there.";

/// These things, as one message.
pub(in crate::server) fn told(sort: Sort, lines: &[Line], more: usize, office: &Office) -> String {
    let mut lines = lines.to_vec();
    if more > 0 {
        lines.push(Line {
            says: format!("And {more} more."),
            label: "See your 1:1s".to_owned(),
            link: format!("{}/one-on-ones#threats", office.address),
        });
    }
    message(sort, &lines).to_string()
}

/// What a webhook is tried with.
pub(super) fn trial(sort: Sort, office: &Office) -> String {
    let line = Line {
        says: "Steadfast can write here now. It will say when one of your 1:1s needs you, without names.".to_owned(),
        label: "What is told, and when".to_owned(),
        link: format!("{}/mail", office.address),
    };
    message(sort, &[line]).to_string()
}

fn message(sort: Sort, lines: &[Line]) -> Value {
    match sort {
        Sort::Slack => slack(lines),
        Sort::Teams => teams(lines),
    }
}

/// Text with Slack's own marks for links: Mattermost and Rocket.Chat read the same, and have no blocks.
fn slack(lines: &[Line]) -> Value {
    let mut text = String::new();
    for line in lines {
        let (says, label) = (escaped(&line.says), escaped(&line.label));
        text.push_str(&format!("{says}\n<{}|{label}>\n", line.link));
    }
    text.push_str(FOOT);
    json!({ "text": text, "mrkdwn": true, "unfurl_links": false })
}

/// The three characters that mean something to Slack.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// An Adaptive Card 1.4, as Teams' webhooks want it.
fn teams(lines: &[Line]) -> Value {
    let text = |says: &str, is_quiet: bool| json!({ "type": "TextBlock", "text": says, "wrap": true, "isSubtle": is_quiet });
    let mut body: Vec<Value> = Vec::new();
    for line in lines {
        body.push(text(&line.says, false));
        body.push(json!({
            "type": "ActionSet",
            "actions": [{ "type": "Action.OpenUrl", "title": line.label, "url": line.link }],
        }));
    }
    body.push(text(FOOT, true));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
            },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Office {
        Office {
            address: "https://steadfast.example.org".to_owned(),
            domain: "example.org".to_owned(),
            from: String::new(),
        }
    }

    fn line() -> Line {
        Line {
            says: "Your 1:1 of Tue: <moved> & cut".to_owned(),
            label: "See".to_owned(),
            link: "https://steadfast.example.org/one-on-ones/p#threats".to_owned(),
        }
    }

    #[test]
    fn slack_is_given_text_with_its_own_links_and_nothing_that_means_something_else() {
        let said: Value =
            serde_json::from_str(&told(Sort::Slack, &[line()], 2, &office())).unwrap();
        let text = said["text"].as_str().unwrap();
        assert_eq!(
            text,
            "Your 1:1 of Tue: &lt;moved&gt; &amp; cut\n<https://steadfast.example.org/one-on-ones/p#threats|See>\n\
             And 2 more.\n<https://steadfast.example.org/one-on-ones#threats|See your 1:1s>\n\
             Opening a link does nothing: what is done is done by a tap there."
        );
    }

    #[test]
    fn teams_is_given_a_card_in_a_message() {
        let said: Value =
            serde_json::from_str(&told(Sort::Teams, &[line()], 0, &office())).unwrap();
        let card = &said["attachments"][0];
        assert_eq!(
            card["contentType"],
            "application/vnd.microsoft.card.adaptive"
        );
        let body = card["content"]["body"].as_array().unwrap();
        assert_eq!(body.len(), 3);
        assert_eq!(body[0]["text"], "Your 1:1 of Tue: <moved> & cut");
        assert_eq!(body[1]["actions"][0]["url"], line().link);
    }
}
