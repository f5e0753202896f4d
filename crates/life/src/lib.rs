//! Seeded simulated organisations living on calendars, with known truth kept apart. Pure.
