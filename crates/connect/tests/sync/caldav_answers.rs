//! CalDAV servers that do only a part of it, badly, or lie.
