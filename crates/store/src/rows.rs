//! Many rows in one statement.

use std::fmt::Write as _;

/// Splits rows into runs of powers of two and at most `most`, which is one as well, so that few different statements
/// are prepared, and each but once.
pub(crate) fn runs<T>(mut rows: &[T], most: usize) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        if rows.is_empty() {
            return None;
        }
        let largest = 1 << rows.len().ilog2();
        let (run, rest) = rows.split_at(most.min(largest));
        rows = rest;
        Some(run)
    })
}

/// `beginning` followed by so many rows of values. In `row`, `@` stands for the row's next own parameter and `#` for
/// the row's number from 1; parameters that all rows share are written as they are, and there are `shared` of them.
pub(crate) fn statement(
    beginning: &str,
    row: &str,
    shared: usize,
    rows: usize,
    end: &str,
) -> String {
    let mut sql = String::with_capacity(beginning.len() + rows * (row.len() + 24) + end.len());
    sql.push_str(beginning);
    let mut parameter = shared;
    for number in 1..=rows {
        sql.push_str(if number == 1 { " (" } else { ", (" });
        for character in row.chars() {
            let written = match character {
                '@' => {
                    parameter += 1;
                    write!(sql, "${parameter}")
                }
                '#' => write!(sql, "{number}"),
                other => {
                    sql.push(other);
                    Ok(())
                }
            };
            written.expect("a string takes what is written to it");
        }
        sql.push(')');
    }
    sql.push_str(end);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_powers_of_two_and_leave_nothing_out() {
        let rows: Vec<usize> = (0..1000).collect();
        let lengths: Vec<usize> = runs(&rows, 256).map(<[usize]>::len).collect();
        assert_eq!(lengths, [256, 256, 256, 128, 64, 32, 8]);
        assert_eq!(
            runs(&rows, 256).flatten().copied().collect::<Vec<_>>(),
            rows
        );
    }

    #[test]
    fn own_parameters_follow_the_shared_ones() {
        assert_eq!(
            statement("VALUES", "$1, $2 + #, @, @", 2, 2, ";"),
            "VALUES ($1, $2 + 1, $3, $4), ($1, $2 + 2, $5, $6);"
        );
    }
}
