//! What counts as once in a while, as a report was read with it.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use steadfast_signal::{Kind, Once};

/// The choice by which the readings of a report were made; in what is kept, its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OnceInAWhile(pub Once);

impl OnceInAWhile {
    /// "One in five moved and one in ten lost": where it ends.
    pub fn words(self) -> String {
        let [moved, lost] =
            [Kind::Disruption, Kind::Loss].map(|kind| in_words(self.0.one_in(kind)));
        format!("One in {moved} moved and one in {lost} lost")
    }
}

/// "five".
pub(crate) fn in_words(number: u32) -> String {
    const WORDS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match (
        usize::try_from(number).ok().and_then(|at| WORDS.get(at)),
        number,
    ) {
        (Some(word), _) => (*word).to_owned(),
        (None, 20) => "twenty".to_owned(),
        (None, number) => number.to_string(),
    }
}

impl Serialize for OnceInAWhile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.key())
    }
}

impl<'de> Deserialize<'de> for OnceInAWhile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let known = Once::named(&key).map(Self);
        known.ok_or_else(|| D::Error::custom("no such choice of what counts as once in a while"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_is_kept_by_its_name_and_told_in_words() {
        let told = Once::ALL.map(|once| {
            let once = OnceInAWhile(once);
            let kept = serde_json::to_string(&once).unwrap();
            assert_eq!(serde_json::from_str::<OnceInAWhile>(&kept).unwrap(), once);
            format!("{kept}: {}", once.words())
        });
        assert_eq!(
            told,
            [
                "\"one-in-ten\": One in ten moved and one in twenty lost",
                "\"one-in-five\": One in five moved and one in ten lost",
                "\"one-in-three\": One in three moved and one in six lost",
            ]
        );
        assert!(serde_json::from_str::<OnceInAWhile>("\"one-in-four\"").is_err());
    }
}
