//! What everybody is answered about what is theirs alone: rows of [`crate::rows`] that are asked before those.

use crate::rows::Row;

pub(crate) const OWN: &[Row] = &[
    (
        "get",
        "/one-on-ones/{pair}/until/{day}",
        &[],
        [303, 303, 200, 200, 404],
    ),
    (
        "get",
        "/one-on-ones/{pair}/until/{day}/{one}",
        &[],
        [303, 303, 200, 200, 404],
    ),
    // Nothing of that name lies over anything.
    (
        "post",
        "/one-on-ones/{pair}/sort",
        &[("over", "nothing"), ("class", "status")],
        [303, 303, 404, 404, 404],
    ),
    // Google is told nothing of where to say what changed.
    (
        "post",
        "/calendars/google/changed",
        &[],
        [404, 404, 404, 404, 404],
    ),
    // Of whoever manages whom, only the report is answered.
    (
        "post",
        "/one-on-ones/{pair}/only-me",
        &[],
        [303, 303, 404, 200, 404],
    ),
    (
        "post",
        "/one-on-ones/{pair}/{day}/word",
        &[("say", "mattered")],
        [303, 303, 422, 303, 404],
    ),
    (
        "post",
        "/one-on-ones/{pair}/{day}/word",
        &[("say", "mattered.shared")],
        [303, 303, 422, 422, 422],
    ),
    (
        "post",
        "/api/v1/one-on-ones/{pair}/{day}/mattered",
        &[("mattered", "true")],
        [401, 401, 409, 200, 404],
    ),
    ("get", "/privacy/leave", &[], [303, 303, 200, 200, 200]),
    (
        "post",
        "/privacy/leave",
        &[("password", "not it at all")],
        [303, 303, 422, 422, 422],
    ),
];
