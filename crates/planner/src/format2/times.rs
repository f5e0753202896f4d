//! Times as people write them: `"Tue 14:30"`, `"9:00"`.

/// Minutes of a quarter hour.
const QUARTER: i32 = 15;

/// `14:30` as minutes of the day; up to `24:00`.
pub(super) fn clock(said: &str) -> Option<i32> {
    let (hours, minutes) = said.trim().split_once(':')?;
    let number = |text: &str| text.parse::<u8>().ok().map(i32::from);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

const DAYS: [&str; 7] = [
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
];

/// `Tue` or `tuesday` as 2; Sunday is 0. Nothing else is a day: `Mon-Fri` is none.
pub(super) fn day(said: &str) -> Option<i32> {
    let said = said.trim().to_lowercase();
    let is = |day: &str| said == day || said == day[..3];
    i32::try_from(DAYS.iter().position(|day| is(day))?).ok()
}

/// `Tue 14:30` as day and minutes of the day.
pub(super) fn moment(said: &str) -> Option<(i32, i32)> {
    let (name, time) = said.trim().split_once(' ')?;
    Some((day(name)?, clock(time)?))
}

/// Quarter hours of a day that a stretch touches.
pub(super) fn touched(from: i32, to: i32) -> (i32, i32) {
    (
        from.div_euclid(QUARTER),
        (to + QUARTER - 1).div_euclid(QUARTER),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(moment("Tue 14:30"), Some((2, 870)));
        assert_eq!(moment("sunday 0:00"), Some((0, 0)));
        assert_eq!(clock("24:00"), Some(1440));
        for wrong in ["Mon-Fri", "Mon,Tue", "monkey", "m", ""] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
        for wrong in ["14", "14:60", "25:00", "24:15", "-1:00", "x"] {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
        assert_eq!(touched(545, 590), (36, 40));
    }
}
