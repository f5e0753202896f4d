//! Which class of meeting keeps its time against which: Bradley–Terry strengths from decided conflicts.

/// Strengths of the classes, in the order given; 1 is the strength of the reference meeting.
///
/// `wins[i][j]` is how often class i kept its time when class j wanted it too; missing cells count as none.
/// Every class has one virtual win and one virtual loss against the reference, so that a class that never lost does
/// not become infinitely strong. The chance that i keeps its time against j is [`keeps_its_time`].
///
/// Fitted by minorisation–maximisation (Hunter 2004), which climbs to the one maximum from any start:
/// `s_i = (1 + W_i) / (2/(s_i + 1) + sum_j n_ij/(s_i + s_j))`.
pub fn strengths(wins: &[Vec<u32>]) -> Vec<f64> {
    // A handful of classes settles in a few hundred rounds; the limit only guards against a slow tail.
    const ROUNDS: usize = 20_000;
    let classes = wins.len();
    let won = |i: usize, j: usize| {
        let cell = wins.get(i).and_then(|row| row.get(j));
        cell.map_or(0.0, |count| f64::from(*count))
    };
    let mut strengths = vec![1.0; classes];
    for _ in 0..ROUNDS {
        let next: Vec<f64> = strengths
            .iter()
            .enumerate()
            .map(|(i, own)| {
                let others = strengths.iter().enumerate().filter(|(j, _)| *j != i);
                let (victories, weight) =
                    others.fold((0.0, 0.0), |(victories, weight), (j, other)| {
                        (
                            victories + won(i, j),
                            weight + (won(i, j) + won(j, i)) / (own + other),
                        )
                    });
                (1.0 + victories) / (2.0 / (own + 1.0) + weight)
            })
            .collect();
        let moved = strengths
            .iter()
            .zip(&next)
            .map(|(old, new)| (old - new).abs() / new)
            .fold(0.0, f64::max);
        strengths = next;
        if moved < 1e-13 {
            break;
        }
    }
    strengths
}

/// The chance that a class of strength `one` keeps its time against one of strength `other`.
pub fn keeps_its_time(one: f64, other: f64) -> f64 {
    one / (one + other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_conflicts_all_are_as_strong_as_the_reference() {
        assert_eq!(strengths(&[vec![0, 0], vec![0, 0]]), [1.0, 1.0]);
        assert!(strengths(&[]).is_empty());
    }

    #[test]
    fn two_classes_mirror_each_other() {
        let [strong, weak] = strengths(&[vec![0, 5], vec![1, 0]])[..] else {
            panic!("two classes")
        };
        assert!((strong * weak - 1.0).abs() < 1e-9);
        assert!(keeps_its_time(strong, weak) > 0.5);
    }

    #[test]
    fn a_ragged_matrix_and_a_diagonal_are_harmless() {
        assert_eq!(strengths(&[vec![9], vec![]]), [1.0, 1.0]);
    }
}
