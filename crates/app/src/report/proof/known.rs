//! What is known, and how well: each finding once, for every page that holds something against it.

use super::Support;

/// A finding and its support.
pub(crate) type Known = (Support, &'static str);

/// Having none.
pub(crate) const WITHOUT: Known = (
    Support::Some,
    "People without any 1:1 with their manager were more often disengaged in the data of two companies; \
    a correlation, and which way round is open (Fuller and Shikaloff 2016).",
);
/// What it is like, and how many there are.
pub(crate) const QUALITY: Known = (
    Support::Some,
    "In a survey of 303 people asked twice, what a 1:1 was like counted for more than how many there were, \
    once they met at least monthly (Flinchum 2022, a thesis).",
);
/// Words and deeds.
pub(crate) const WORDS_AND_DEEDS: Known = (
    Support::Well,
    "Where words and deeds agree, people trust more and are more committed (a meta-analysis: Simons, Leroy and \
    others 2015).",
);
/// Saying why.
pub(crate) const A_REASON: Known = (
    Support::Well,
    "A reason softens how a decision is taken (54 samples: Shaw, Wild and Colquitt 2003); in experiments on \
    late meetings an excuse was better than no word (Mroz and Allen 2019).",
);
/// Now fair, now unfair.
pub(crate) const NOW_AND_THEN: Known = (
    Support::Well,
    "Treatment that is now fair and now unfair went with more stress than treatment that was always unfair (an \
    experiment and a field study: Matta, Scott, Colquitt and others 2017).",
);
/// Being made to wait.
pub(crate) const WAITING: Known = (
    Support::Some,
    "Being made to wait tends to be read as being worth less (small and old studies of time and status).",
);
/// Beside the 1:1 with the boss.
pub(crate) const THE_BOSS: Known = (
    Support::Practice,
    "The fairest comparison a calendar offers: the same size and the same kind of meeting, with the power the \
    other way round.",
);
/// Leading all of them alike.
pub(crate) const ALIKE: Known = (
    Support::Well,
    "Leading the members of one group differently goes with less cohesion in it (4,114 groups: Yu, Matta and \
    Cornfield 2018).",
);
/// What replacing somebody costs.
pub(crate) const COST: Known = (
    Support::Some,
    "In 27 case studies replacing somebody cost a fifth of a year’s pay (the median, 21 %; Boushey and Glynn \
    2012).",
);
/// Where more people leave.
pub(crate) const TURNOVER: Known = (
    Support::Well,
    "Where more people leave, organisations do a little less well (110 correlations, −.15: Park and Shaw \
    2013).",
);
