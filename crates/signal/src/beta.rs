//! The regularised incomplete beta function: the only special function the signal needs.
//!
//! Written here rather than taken from a crate: it is one function of forty lines, every reading of every pair
//! rests on it, and the calibration evaluates it tens of millions of times. Held against 40-digit arithmetic it
//! is more exact and no slower than `statrs` 0.19 (which brings six crates) and `puruspe` 0.4 (which is wrong
//! outright for some shapes in the hundreds); the figures stand in `docs/measure/signal.md`.

use std::f64::consts::TAU;

/// I_x(a, b): the probability that a Beta(a, b) variable is at most `x`.
///
/// Absolute error below 1e-13 for the shapes of a pair (up to about twenty), below 1e-11 up to some thousands.
/// `x` outside [0, 1] is read as the nearer end; a shape that is not positive and finite has no distribution and gives NaN.
///
/// Method: the continued fraction of DLMF 8.17.22, evaluated by Lentz's algorithm on whichever side of the mean
/// it converges fast.
pub fn regularised_incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = ln_front(x, a, b).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(x, a, b) / a
    } else {
        1.0 - front * continued_fraction(1.0 - x, b, a) / b
    }
}

/// Probability that a Beta(a, b) variable lies above `x`. See [`regularised_incomplete_beta`].
pub fn probability_above(x: f64, a: f64, b: f64) -> f64 {
    // The mirror image instead of `1 - I`, which would lose the digits of a small tail.
    regularised_incomplete_beta(1.0 - x, b, a)
}

/// Density of Beta(a, b) at `x` in (0, 1); 0 outside.
pub(crate) fn density(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return 0.0;
    }
    ln_front(x, a, b).exp() / (x * (1.0 - x))
}

/// ln(x^a (1-x)^b / B(a, b)).
fn ln_front(x: f64, a: f64, b: f64) -> f64 {
    let whole = a + b;
    if a >= FROM && b >= FROM {
        // Stirling with its large terms cancelled on paper: subtracting ln Γ of thousands would lose four digits.
        let powers = a * (x * whole / a).ln() + b * ((1.0 - x) * whole / b).ln();
        powers + 0.5 * (a / whole * b / TAU).ln() + stirling_tail(whole)
            - stirling_tail(a)
            - stirling_tail(b)
    } else {
        a * x.ln() + b * (-x).ln_1p() + ln_gamma(whole) - ln_gamma(a) - ln_gamma(b)
    }
}

/// From here on Stirling's series leaves nothing that an f64 can hold.
const FROM: f64 = 10.0;

/// ln Γ(z) for z > 0: Stirling's series, reached by the recurrence from below.
fn ln_gamma(z: f64) -> f64 {
    let mut z = z;
    let mut lift = 1.0;
    while z < FROM {
        lift *= z;
        z += 1.0;
    }
    (z - 0.5) * z.ln() - z + 0.5 * TAU.ln() + stirling_tail(z) - lift.ln()
}

/// The series in 1/z of DLMF 5.11.1, for z of [`FROM`] and more.
fn stirling_tail(z: f64) -> f64 {
    const SERIES: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let square = 1.0 / (z * z);
    SERIES
        .iter()
        .rev()
        .fold(0.0, |sum, term| sum * square + term)
        / z
}

fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    // The fraction needs about the square root of the larger shape; a thousand rounds serve shapes of a million.
    const ROUNDS: usize = 1000;
    // Lentz divides by these; a zero would only mean that a convergent passed through infinity.
    let away_from_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    let mut m = 0.0;
    for _ in 0..ROUNDS {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let step = c * d;
        fraction *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, want: f64, tolerance: f64) {
        assert!((got - want).abs() <= tolerance, "got {got}, want {want}");
    }

    #[test]
    fn the_prior_of_the_signal_is_a_power_of_four_fifths() {
        near(
            regularised_incomplete_beta(0.2, 1.0, 7.0),
            1.0 - 0.8_f64.powi(7),
            1e-15,
        );
        near(
            regularised_incomplete_beta(0.2, 1.0, 7.0),
            0.790_284_800,
            1e-12,
        );
    }

    #[test]
    fn a_beta_tail_with_whole_shapes_is_a_binomial_sum() {
        // P(theta > x | Beta(a, b)) = P(Bin(a + b - 1, x) <= a - 1)
        for (a, b, x) in [
            (4_u32, 10_u32, 0.2),
            (2, 3, 0.5),
            (7, 30, 0.1),
            (12, 1, 0.7),
            (1, 1, 0.3),
        ] {
            let n = a + b - 1;
            let mut term = (1.0_f64 - x).powf(f64::from(n));
            let mut sum = 0.0;
            for k in 0..a {
                sum += term;
                term *= f64::from(n - k) / f64::from(k + 1) * x / (1.0 - x);
            }
            near(probability_above(x, f64::from(a), f64::from(b)), sum, 1e-13);
        }
        near(probability_above(0.2, 4.0, 10.0), 0.747_324_310, 1e-9);
    }

    #[test]
    fn values_agree_with_forty_digit_arithmetic() {
        // x, a, b, I_x(a, b), computed once with mpmath at 40 digits.
        const EXACT: [(f64, f64, f64, f64); 14] = [
            (0.2, 4.0, 10.0, 0.252_675_690_496),
            (0.1, 1.0, 12.0, 0.717_570_463_519),
            (0.5, 9.0, 4.0, 0.072_998_046_875),
            (0.2, 3.515_763_509, 9.218_714_382, 0.293_562_321_343_864_8),
            (0.2, 1.000_000_1, 13.98, 0.955_822_808_889_465_4),
            (0.1, 4.578_471_254, 13.640_052_257, 0.041_709_135_956_840_07),
            (0.3, 0.5, 0.5, 0.369_010_119_565_545_4),
            (0.5, 300.5, 280.25, 0.200_179_267_017_338_2),
            (0.1, 1000.0, 9000.0, 0.503_546_220_751_864),
            (0.25, 2500.0, 7400.0, 0.282_382_724_577_710_1),
            (0.9, 30.0, 2.0, 0.169_564_633_100_864_9),
            (0.001, 1.5, 40.0, 0.005_934_009_824_657_879),
            (0.999, 40.0, 1.5, 0.994_065_990_175_342_1),
            (0.05, 1.0, 400.0, 0.999_999_998_771_310_6),
        ];
        for (x, a, b, want) in EXACT {
            near(regularised_incomplete_beta(x, a, b), want, 1e-12);
        }
        let small = 1.587_544_064e-12;
        near(
            regularised_incomplete_beta(0.2, 20.0, 3.0) / small,
            1.0,
            1e-12,
        );
        near(probability_above(0.8, 3.0, 20.0) / small, 1.0, 1e-12);
    }

    #[test]
    fn ln_gamma_knows_factorials_and_the_half() {
        near(ln_gamma(1.0), 0.0, 1e-14);
        near(ln_gamma(2.0), 0.0, 1e-14);
        near(ln_gamma(11.0), 3_628_800.0_f64.ln(), 1e-13);
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-14);
    }

    #[test]
    fn ends_and_nonsense_have_an_answer() {
        near(regularised_incomplete_beta(-1.0, 2.0, 3.0), 0.0, 0.0);
        near(regularised_incomplete_beta(2.0, 2.0, 3.0), 1.0, 0.0);
        for (x, a, b) in [
            (0.5, 0.0, 1.0),
            (0.5, 1.0, f64::INFINITY),
            (f64::NAN, 1.0, 1.0),
            (0.5, -1.0, 2.0),
        ] {
            assert!(regularised_incomplete_beta(x, a, b).is_nan());
        }
    }
}
