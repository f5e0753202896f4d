//! How a JSON text is set out: as `serde_json` sets it out when asked to be pretty, to the byte.
//!
//! That one writes two spaces at a time, for every level of every line: a twelfth of the time of an audit.

use serde_json::ser::Formatter;
use std::io::{self, Write};

/// What comes between two values: a comma, a line feed and the spaces of the deepest level; deeper ones come in pieces.
const BETWEEN: &[u8; 2 + 2 * LEVELS] = b",\n                                ";
const LEVELS: usize = 16;

/// Two spaces a level, a line for each value.
#[derive(Default)]
pub(super) struct Indented {
    level: usize,
    has_value: bool,
}

impl Indented {
    /// A new line, after a comma where there is a value before it.
    #[inline]
    fn line<W: ?Sized + Write>(&self, after_a_value: bool, out: &mut W) -> io::Result<()> {
        let from = usize::from(!after_a_value);
        match BETWEEN.get(from..2 + 2 * self.level) {
            Some(line) => out.write_all(line),
            None => self.deep_line(from, out),
        }
    }

    #[cold]
    fn deep_line<W: ?Sized + Write>(&self, from: usize, out: &mut W) -> io::Result<()> {
        out.write_all(BETWEEN.get(from..2).unwrap_or_default())?;
        (0..self.level).try_for_each(|_| out.write_all(b"  "))
    }

    #[inline]
    fn open<W: ?Sized + Write>(&mut self, bracket: &[u8], out: &mut W) -> io::Result<()> {
        self.level += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    #[inline]
    fn close<W: ?Sized + Write>(&mut self, bracket: &[u8], out: &mut W) -> io::Result<()> {
        self.level = self.level.saturating_sub(1);
        if self.has_value {
            self.line(false, out)?;
        }
        out.write_all(bracket)
    }
}

impl Formatter for Indented {
    #[inline]
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(b"[", out)
    }

    #[inline]
    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(b"]", out)
    }

    #[inline]
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(!first, out)
    }

    #[inline]
    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    #[inline]
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(b"{", out)
    }

    #[inline]
    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(b"}", out)
    }

    #[inline]
    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(!first, out)
    }

    #[inline]
    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    #[inline]
    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Indented;
    use serde::Serialize as _;
    use serde_json::{Serializer, Value, json};

    #[test]
    fn set_out_as_serde_json_does_also_beyond_the_deepest_level() {
        let mut deep = json!({"last": []});
        for level in 0..40 {
            let value = json!([deep, {}, [], {"a": level, "b": [1, "two", null]}]);
            let mut ours = Vec::new();
            let mut serializer = Serializer::with_formatter(&mut ours, Indented::default());
            assert!(value.serialize(&mut serializer).is_ok());
            let theirs = serde_json::to_vec_pretty(&value).unwrap_or_default();
            assert_eq!(String::from_utf8(ours), String::from_utf8(theirs));
            deep = Value::Object([("in".to_owned(), value)].into_iter().collect());
        }
    }
}
