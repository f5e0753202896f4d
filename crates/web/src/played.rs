//! A made-up half year that was played beforehand, without a guard and with one: what a demo lets people watch.

/// The same weeks, played in several ways.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// Who meets whom, one name for each 1:1.
    pub pairs: Vec<String>,
    /// How many weeks.
    pub weeks: usize,
    /// Each way, the one without a guard first.
    pub ways: Vec<PlayedWay>,
}

/// One way.
#[derive(Clone, Debug)]
pub struct PlayedWay {
    /// What it is called: "Without a guard".
    pub name: &'static str,
    /// Every promise.
    pub promises: Vec<PlayedPromise>,
}

/// One promise.
#[derive(Clone, Debug)]
pub struct PlayedPromise {
    /// The place of its 1:1 in [`Played::pairs`].
    pub pair: usize,
    /// The week for which it was promised, the first one 0.
    pub week: usize,
    /// What became of it.
    pub became: PlayedAs,
    /// What came at it last: "an executive briefing came over it".
    pub attack: Option<&'static str>,
    /// What was done for it last: "the other meeting was moved".
    pub helped: Option<&'static str>,
}

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlayedAs {
    /// It stood.
    Kept,
    /// It was held at another time before the next one.
    MadeGood,
    /// It was lost.
    Lost,
    /// Leave, or the report asked.
    Excused,
}

impl PlayedAs {
    /// All, as they are listed.
    pub const ALL: [Self; 4] = [Self::Kept, Self::MadeGood, Self::Lost, Self::Excused];

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::MadeGood => "made good",
            Self::Lost => "lost",
            Self::Excused => "excused",
        }
    }
}

impl PlayedWay {
    /// How many became that up to the end of `week`.
    pub fn count(&self, became: PlayedAs, week: usize) -> usize {
        let so_far = self.promises.iter().filter(|one| one.week <= week);
        so_far.filter(|one| one.became == became).count()
    }

    /// Kept or made good, of those that count, in whole percent, rounded down; `None` where none counts.
    pub fn percent(&self) -> Option<usize> {
        let all = |became| self.count(became, usize::MAX);
        let stood = all(PlayedAs::Kept) + all(PlayedAs::MadeGood);
        (stood * 100).checked_div(stood + all(PlayedAs::Lost))
    }
}
