//! What everybody is answered about the guard: rows of [`crate::rows`] that are asked before those.

use crate::rows::Row;

pub(crate) const GUARD: &[Row] = &[
    // None was promised then.
    (
        "post",
        "/one-on-ones/{pair}/wish",
        &[("promised", "0"), ("wish", "yes")],
        [303, 303, 404, 422, 404],
    ),
    ("get", "/api/v1/guard", &[], [401, 401, 200, 200, 200]),
    (
        "post",
        "/api/v1/guard",
        &[("level", "\"defend\"")],
        [401, 401, 200, 200, 200],
    ),
    ("post", "/api/v1/guard", &[], [401, 401, 422, 422, 422]),
    (
        "post",
        "/api/v1/guard/switch",
        &[("stopped", "false")],
        [401, 401, 200, 200, 200],
    ),
    (
        "get",
        "/api/v1/one-on-ones/{pair}/guard",
        &[],
        [401, 401, 200, 200, 404],
    ),
    (
        "post",
        "/api/v1/one-on-ones/{pair}/guard",
        &[("level", "\"watch\"")],
        [401, 401, 200, 200, 404],
    ),
    // Nothing was done, and nobody has somebody else's.
    (
        "post",
        "/api/v1/log/take-back",
        &[("deed", "\"i\"")],
        [401, 401, 404, 404, 404],
    ),
    (
        "post",
        "/log/take-back",
        &[("intent", "i")],
        [303, 303, 404, 404, 404],
    ),
    // Which offer it is only a token that this server marked says.
    ("get", "/pick/{token}", &[], [404, 404, 404, 404, 404]),
    (
        "post",
        "/pick/{token}",
        &[("pick", "none")],
        [404, 404, 404, 404, 404],
    ),
    // Of no promise.
    (
        "get",
        "/one-on-ones/{pair}/by-mail",
        &[],
        [303, 303, 404, 404, 404],
    ),
    (
        "post",
        "/one-on-ones/{pair}/by-mail",
        &[("promised", "1"), ("mark", "0")],
        [303, 303, 422, 404, 404],
    ),
    // Nothing of theirs stands as free.
    (
        "post",
        "/one-on-ones/{pair}/busy",
        &[],
        [303, 303, 422, 422, 404],
    ),
    // Nothing leaves anybody to be told.
    ("get", "/log/tell", &[], [303, 303, 404, 404, 404]),
    (
        "post",
        "/log/tell",
        &[("deed", "i"), ("mark", "0")],
        [303, 303, 404, 404, 404],
    ),
    ("post", "/log/tell", &[], [303, 303, 400, 400, 400]),
    (
        "post",
        "/guard/level",
        &[("level", "defend")],
        [303, 303, 303, 303, 303],
    ),
    (
        "post",
        "/guard/level",
        &[("level", "anything")],
        [303, 303, 400, 400, 400],
    ),
    (
        "post",
        "/guard/bounds",
        &[("open", "yes")],
        [303, 303, 303, 303, 303],
    ),
    (
        "post",
        "/guard/bounds",
        &[
            ("freeze", "60"),
            ("sure", "90"),
            ("book", "never"),
            ("actions", "900"),
        ],
        [303, 303, 422, 422, 422],
    ),
    (
        "get",
        "/guard/one-on-ones/{pair}",
        &[],
        [303, 303, 200, 200, 404],
    ),
    (
        "post",
        "/guard/one-on-ones/{pair}",
        &[("level", "advise")],
        [303, 303, 303, 303, 404],
    ),
    (
        "post",
        "/guard/one-on-ones/{pair}/bounds",
        &[
            ("freeze", "60"),
            ("sure", "90"),
            ("book", "never"),
            ("actions", "1"),
        ],
        [303, 303, 303, 303, 404],
    ),
    (
        "post",
        "/guard/switch",
        &[("do", "stop")],
        [303, 303, 303, 303, 303],
    ),
    (
        "post",
        "/guard/switch",
        &[("do", "anything")],
        [303, 303, 400, 400, 400],
    ),
    // For everybody: only whoever set the server up.
    (
        "post",
        "/guard/switch/all",
        &[("do", "stop")],
        [303, 303, 303, 404, 404],
    ),
    (
        "post",
        "/guard/default/level",
        &[("level", "watch")],
        [303, 303, 303, 404, 404],
    ),
    (
        "post",
        "/guard/default/bounds",
        &[
            ("freeze", "60"),
            ("sure", "90"),
            ("book", "never"),
            ("actions", "1"),
        ],
        [303, 303, 303, 404, 404],
    ),
    (
        "post",
        "/guard/limits",
        &[
            ("level", "defend"),
            ("freeze", "60"),
            ("sure", "90"),
            ("actions", "9"),
        ],
        [303, 303, 303, 404, 404],
    ),
    // This server does not know where people open it: no link could lead there.
    (
        "post",
        "/chat",
        &[
            ("sort", "slack"),
            ("address", "https://hooks.example.org/x"),
        ],
        [303, 303, 422, 422, 422],
    ),
    ("post", "/chat/away", &[], [303, 303, 303, 303, 303]),
    // Whose feed it is only a token that this server marked says.
    ("get", "/held/{token}", &[], [404, 404, 404, 404, 404]),
    ("get", "/held", &[], [303, 303, 200, 200, 200]),
    ("post", "/held", &[], [303, 303, 303, 303, 303]),
    ("post", "/held/away", &[], [303, 303, 303, 303, 303]),
];
