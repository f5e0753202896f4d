//! A history as it was recorded: whose calendar stood how, and when. Once recorded it never changes, whatever becomes of the
//! simulator that it came from.
//!
//! Kept as deflated text. A calendar is told piece by piece, cut where its events begin; a piece that was told before is told
//! by its number.

#![allow(dead_code, reason = "each test takes what it needs")]

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::{
    borrow::Borrow,
    collections::HashMap,
    fs,
    io::{Read, Write as _},
    path::Path,
};
use steadfast_app::{
    audit::{Audit, Options, org_file},
    report::Report,
};
use steadfast_calendar::Instant;
use steadfast_life::{Config, World};

/// Where a calendar is cut.
const EVENT: &[u8] = b"BEGIN:VEVENT";

/// A recorded history.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    /// When it was recorded.
    now: Instant,
    /// The organisation file.
    org: String,
    /// What was seen, in order.
    seen: Vec<Seen>,
}

/// One thing that was seen.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Everything not told next was as before.
    Snapshot(Instant),
    /// The calendar of `owner` was like this.
    Calendar {
        at: Instant,
        owner: String,
        text: Vec<u8>,
    },
}

impl Recorded {
    /// The life of `world`, as somebody sees it who looks every `poll_minutes`.
    pub(crate) fn of(world: &World, config: &Config) -> Self {
        Self {
            now: world.now(),
            org: world.org_csv(),
            seen: seen(world, config).collect(),
        }
    }

    /// What is told of it, with its organisation file or without.
    pub(crate) fn audit(&self, with_org: bool) -> Report {
        let mut options = Options::at(self.now);
        options.from = Some(jiff::civil::date(2000, 1, 1));
        if with_org {
            options.org = Some(org_file::parse(&self.org).expect("the file of that organisation"));
        }
        audit(options, &self.seen)
    }

    pub(crate) fn write(&self, path: &Path) {
        let file = fs::File::create(path).expect("the recording can be written");
        let mut out = GzEncoder::new(file, Compression::best());
        out.write_all(&self.told()).expect("a file takes it");
        out.finish().expect("a file takes it");
    }

    pub(crate) fn read(path: &Path) -> Self {
        let file = fs::File::open(path).expect("the recording is in the repository");
        let mut told = Vec::new();
        GzDecoder::new(file)
            .read_to_end(&mut told)
            .expect("deflated text");
        Self::heard(&told)
    }

    /// As text.
    fn told(&self) -> Vec<u8> {
        let mut out = format!(
            "now {}\norg {}\n{}",
            self.now.seconds(),
            self.org.len(),
            self.org
        )
        .into_bytes();
        let mut known: HashMap<&[u8], usize> = HashMap::new();
        for seen in &self.seen {
            match seen {
                Seen::Snapshot(at) => out.extend(format!("snapshot {}\n", at.seconds()).bytes()),
                Seen::Calendar { at, owner, text } => {
                    let pieces = pieces(text);
                    let line = format!("calendar {} {owner} {}\n", at.seconds(), pieces.len());
                    out.extend(line.bytes());
                    for piece in pieces {
                        let new = known.len();
                        match known.get(piece) {
                            Some(number) => out.extend(format!("= {number}\n").bytes()),
                            None => {
                                known.insert(piece, new);
                                out.extend(format!("+ {}\n", piece.len()).bytes());
                                out.extend_from_slice(piece);
                            }
                        }
                    }
                }
            }
        }
        out
    }

    /// From text.
    fn heard(told: &[u8]) -> Self {
        let mut rest = Rest(told);
        let now = rest.words()[1].parse().map(Instant::from_seconds);
        let length = rest.words()[1].parse().expect("a length");
        let org = String::from_utf8(rest.bytes(length).to_vec()).expect("text");
        let mut known: Vec<&[u8]> = Vec::new();
        let mut seen = Vec::new();
        while !rest.0.is_empty() {
            let words = rest.words();
            let at = Instant::from_seconds(words[1].parse().expect("a moment"));
            if words[0] == "snapshot" {
                seen.push(Seen::Snapshot(at));
                continue;
            }
            let mut text = Vec::new();
            for _ in 0..words[3].parse().expect("a number") {
                let piece = rest.words();
                let number: usize = piece[1].parse().expect("a number");
                if piece[0] == "+" {
                    known.push(rest.bytes(number));
                    text.extend_from_slice(known[known.len() - 1]);
                } else {
                    text.extend_from_slice(known[number]);
                }
            }
            let owner = words[2].clone();
            seen.push(Seen::Calendar { at, owner, text });
        }
        Self {
            now: now.expect("a moment"),
            org,
            seen,
        }
    }
}

/// The life of `world`, as somebody sees it who looks every `poll_minutes`, in order.
pub(crate) fn seen(world: &World, config: &Config) -> impl Iterator<Item = Seen> {
    let gaps = &world.truth().gaps;
    let poll = config.poll_minutes;
    let mut last: Option<Instant> = None;
    world.history().flat_map(move |state| {
        let mut seen = Vec::new();
        if last != Some(state.at) {
            // The look before, at which nothing was different.
            let before = state.at.plus_minutes(-poll);
            let blind = gaps
                .iter()
                .any(|(from, to)| *from <= before && before < *to);
            if !blind && last.is_some_and(|last| last < before) {
                seen.push(Seen::Snapshot(before));
            }
            seen.push(Seen::Snapshot(state.at));
            last = Some(state.at);
        }
        seen.push(Seen::Calendar {
            at: state.at,
            owner: state.owner,
            text: state.text,
        });
        seen
    })
}

/// What is told of all that was seen.
pub(crate) fn audit(options: Options, all: impl IntoIterator<Item = impl Borrow<Seen>>) -> Report {
    let now = options.now;
    let mut audit = Audit::new(options);
    for seen in all {
        match seen.borrow() {
            Seen::Snapshot(at) => audit.snapshot(*at),
            Seen::Calendar { at, owner, text } => audit
                .calendar("history", Some(owner), Some(*at), &mut text.as_slice())
                .expect("bytes in memory can be read"),
        }
    }
    audit.snapshot(now);
    audit.finish()
}

/// What of a recording was not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn words(&mut self) -> Vec<String> {
        let end = self.0.iter().position(|byte| *byte == b'\n');
        let line = self.bytes(end.expect("a line"));
        self.bytes(1);
        let line = std::str::from_utf8(line).expect("text");
        line.split(' ').map(str::to_owned).collect()
    }

    fn bytes(&mut self, length: usize) -> &'a [u8] {
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        bytes
    }
}

/// `text`, cut where events begin.
fn pieces(text: &[u8]) -> Vec<&[u8]> {
    let starts = text.windows(EVENT.len()).enumerate();
    let starts = starts.filter(|(at, window)| *at > 0 && *window == EVENT);
    let mut cuts: Vec<usize> = starts.map(|(at, _)| at).collect();
    cuts.insert(0, 0);
    cuts.push(text.len());
    cuts.windows(2).map(|cut| &text[cut[0]..cut[1]]).collect()
}

#[test]
fn a_recording_is_read_back_to_the_byte() {
    let config = Config::small(steadfast_life::Dialect::Google);
    let recorded = Recorded::of(&World::new(1, &config), &config);
    assert!(recorded.seen.len() > 100, "a history");
    assert_eq!(Recorded::heard(&recorded.told()), recorded);
}
