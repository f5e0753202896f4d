//! How the terminal is: wide, coloured, able to show Unicode.

use super::super::mark::Mark;

/// What the terminal can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextStyle {
    /// Cells in a line; taken as at least 24.
    pub width: usize,
    /// Whether to colour. Colour never says anything by itself.
    pub colour: bool,
    /// Whether marks and typographic punctuation beyond ASCII are shown. Names keep their letters.
    pub unicode: bool,
}

/// Emphasis, as ANSI colours of the terminal's own theme, so that they fit light and dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ink {
    /// As it is.
    Plain,
    /// Names.
    Strong,
    /// Kept and made good.
    Kept,
    /// Moved.
    Moved,
    /// Lost.
    Lost,
    /// Excused, and what is beside the point.
    Quiet,
}

impl Ink {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Kept => "36",
            Self::Moved => "33",
            Self::Lost => "31",
            Self::Quiet => "2",
        }
    }

    /// The ink of one mark.
    pub(crate) const fn of(mark: Mark) -> Self {
        match mark {
            Mark::Kept | Mark::Nudged | Mark::Shortened | Mark::MadeGood => Self::Kept,
            Mark::Cut | Mark::NudgedLate | Mark::Moved | Mark::Slipped => Self::Moved,
            Mark::Lost => Self::Lost,
            Mark::Excused | Mark::Unknown | Mark::ToCome => Self::Quiet,
        }
    }
}

impl TextStyle {
    /// `words` in `ink`.
    pub(crate) fn paint(&self, ink: Ink, words: &str) -> String {
        if self.colour && ink != Ink::Plain && !words.is_empty() {
            format!("\u{1b}[{}m{words}\u{1b}[0m", ink.code())
        } else {
            words.to_owned()
        }
    }

    /// `words` with our own punctuation as this terminal can show it; one cell for one cell.
    pub(crate) fn plain(&self, words: &str) -> String {
        if self.unicode {
            return words.to_owned();
        }
        let fallback = |c: char| match c {
            '–' | '—' | '·' => '-',
            '…' => '~',
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            other => other,
        };
        words.chars().map(fallback).collect()
    }

    /// The character of `mark`.
    pub(crate) const fn mark(&self, mark: Mark) -> char {
        if self.unicode {
            mark.unicode()
        } else {
            mark.ascii()
        }
    }
}
