//! How what Google and Microsoft say is written as iCalendar: content lines, moments and people.

pub(crate) mod lines;
pub(crate) mod moment;
pub(crate) mod person;
