//! What a source can show, at best, of who made a change.

use super::{Plan, promise::Pair};
use crate::{
    dialect::Following,
    truth::{Hand, Shown},
};

impl Plan {
    /// What a source shows of an organiser's edit of one instance.
    pub(crate) fn shown_of_edit(&self, pair: &Pair, hand: Hand) -> Shown {
        let habits = self.config.dialect.habits();
        if !habits.keeps_sequence || self.config.strip_guests {
            return Shown::Nobody;
        }
        match hand {
            Hand::Report => Shown::Report,
            Hand::Delegate if habits.keeps_sent_by => Shown::Delegate,
            Hand::Manager if pair.assistant.is_none() => Shown::Manager,
            Hand::Delegate | Hand::Manager => Shown::ManagerSide,
        }
    }

    pub(crate) fn shown_of_call_off(&self, pair: &Pair, hand: Hand) -> Shown {
        let habits = self.config.dialect.habits();
        if habits.bumps_on_call_off {
            self.shown_of_edit(pair, hand)
        } else {
            Shown::Nobody
        }
    }

    /// What a source shows of a change to a whole series.
    pub(crate) fn shown_of_series(&self, pair: &Pair) -> Shown {
        let habits = self.config.dialect.habits();
        let whose = if pair.organiser == pair.report {
            Hand::Report
        } else {
            Hand::Manager
        };
        match habits.following {
            Following::SplitR => Shown::Nobody,
            _ => self.shown_of_edit(pair, whose),
        }
    }
}
