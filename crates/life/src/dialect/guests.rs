//! ORGANIZER and ATTENDEE.

use super::{
    line::parameter,
    write::{Component, Said},
};
use crate::{meeting::Answer, person::Kind};
use std::fmt::Write as _;

impl Component<'_, '_> {
    /// Everybody in it; nothing for a private entry.
    pub(super) fn people(&mut self, said: &Said<'_>) {
        let (meeting, habits, people) = (self.meeting, self.view.habits, self.view.people);
        let Some(organiser) = meeting.organiser else {
            return;
        };
        let chair = &people[organiser.0];
        self.lines.line(|out| {
            out.push_str("ORGANIZER;CN=");
            parameter(out, &chair.name);
            if let Some(assistant) = said.sent_by.filter(|_| habits.keeps_sent_by) {
                let _ = write!(
                    out,
                    ";SENT-BY=\"{}{}\"",
                    habits.mailto, people[assistant.0].address
                );
            }
            let _ = write!(
                out,
                ":{}{}",
                habits.mailto,
                self.view.address(chair, meeting)
            );
        });
        for (guest, answer) in meeting.guests.iter().zip(said.answers) {
            if guest.who == organiser && !habits.lists_organiser {
                continue;
            }
            let person = &people[guest.who.0];
            self.lines.line(|out| {
                let room = matches!(person.kind, Kind::Room);
                let _ = write!(
                    out,
                    "ATTENDEE;CUTYPE={}",
                    if room { habits.room } else { "INDIVIDUAL" }
                );
                out.push_str(if room {
                    ";ROLE=NON-PARTICIPANT"
                } else {
                    ";ROLE=REQ-PARTICIPANT"
                });
                let _ = write!(out, ";PARTSTAT={}", partstat(*answer));
                out.push_str(";CN=");
                parameter(out, &person.name);
                out.push_str(habits.guest_parameters);
                let _ = write!(
                    out,
                    ":{}{}",
                    habits.mailto,
                    self.view.address(person, meeting)
                );
            });
        }
    }
}

const fn partstat(answer: Answer) -> &'static str {
    match answer {
        Answer::Open => "NEEDS-ACTION",
        Answer::Accepted => "ACCEPTED",
        Answer::Tentative => "TENTATIVE",
        Answer::Declined => "DECLINED",
    }
}
