//! How the outcomes read from the other side: the statistics over (disruption, q). Pure; knows no calendar.
