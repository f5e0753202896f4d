//! The planner beside OR-Tools CP-SAT and HiGHS, one after the other on the same instances: `plan_speed PYTHON SCRATCH
//! [SECONDS]`, run by `cargo xtask bench-planner`. With 0 seconds the peers are left out. Prints Markdown tables.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use serde_json::json;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use steadfast_planner::plan::{self, Plan, Status};
use steadfast_planner::problem::{DayCap, Kind, Limits, Problem};
use steadfast_planner::{format1, make_good, sample, watch::Unhurried};

/// People, seed and load of the organisations whose optima are known.
const ORGANISATIONS: [(usize, u64, i32); 9] = [
    (100, 1, 100),
    (100, 2, 100),
    (100, 3, 100),
    (1000, 1, 100),
    (1000, 2, 100),
    (1000, 3, 100),
    (1000, 1, 200),
    (1000, 1, 250),
    (10_000, 1, 100),
];

/// People, seed, and what share of the 1:1s, in percent, the days of a week have room for.
const CAPPED: [(usize, u64, usize); 10] = [
    (100, 1, 100),
    (100, 1, 85),
    (100, 2, 105),
    (100, 3, 70),
    (300, 1, 100),
    (300, 2, 85),
    (1000, 1, 105),
    (1000, 1, 100),
    (1000, 2, 85),
    (1000, 3, 70),
];

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let peers = Peers {
        python: arguments
            .next()
            .ok_or("name the Python that has the peers")?,
        scratch: arguments.next().ok_or("name a folder to write to")?.into(),
        seconds: arguments.next().unwrap_or_else(|| "60".to_owned()),
    };
    std::fs::create_dir_all(&peers.scratch)?;
    if peers.seconds != "0" {
        side_by_side(&peers)?;
    }
    growth()?;
    displaced()?;
    checked(&peers)
}

fn side_by_side(peers: &Peers) -> Done<()> {
    println!(
        "| one manager, 20 seeds | ours, ms | CP-SAT, ms | HiGHS, ms | CP-SAT / ours | HiGHS / ours | equal |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for reports in [5, 10, 15, 20] {
        weeks(peers, reports)?;
    }
    println!(
        "\n| organisation | ours, s | cost | CP-SAT, s | cost | HiGHS, s | cost | CP-SAT / ours | HiGHS / ours |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (people, seed, load) in ORGANISATIONS {
        let problem = sample::organisation(people, seed, load)?;
        organisation(peers, &format!("{people}, seed {seed}, {load} %"), &problem)?;
    }
    for (people, seed, percent) in CAPPED {
        let (problem, starts) = capped(people, seed, percent)?;
        let name = format!("{people}, seed {seed}, {starts} starts a day in all");
        organisation(peers, &name, &problem)?;
    }
    Ok(())
}

/// A made-up organisation with a cap on all pairs together, and that.
fn capped(people: usize, seed: u64, percent: usize) -> Done<(Problem, u16)> {
    let free = sample::organisation(people, seed, 100)?;
    let starts = u16::try_from((free.pairs().len() * percent).div_ceil(500))?;
    let cap = Some(DayCap {
        starts,
        utc_offset: 0,
    });
    let (people, pairs) = (free.people().to_vec(), free.pairs().to_vec());
    let problem = Problem::new(free.kind(), people, pairs, cap, &Limits::default())?;
    Ok((problem, starts))
}

/// The cost against the number of people. Few people are planned with many seeds, ten thousand in all: what a person costs
/// hangs on whose teams are large, and of those a hundred people have none or one.
fn growth() -> Done<()> {
    println!(
        "\n| people | seeds | clock of the first, s | processor of all, s | processor µs a person | cost of the first | most memory so far, MB |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    for people in [100, 300, 1000, 3000, 10_000, 30_000, 100_000] {
        let seeds = (10_000 / people).max(1);
        let (mut used, mut first) = (0.0, None);
        for seed in 1..=seeds {
            let problem = sample::organisation(people, seed as u64, 100)?;
            let before = processor();
            let one = ours(&problem, 1)?;
            used += processor() - before;
            first.get_or_insert(one);
        }
        let (seconds, cost) = first.unwrap_or_default();
        println!(
            "| {people} | {seeds} | {seconds:.3} | {used:.2} | {:.0} | {cost} | {} |",
            used * 1e6 / (seeds * people) as f64,
            most_memory()
        );
    }
    println!("\n| a thousand people | clock, s | cost |\n|---|---:|---:|");
    for seed in 1..=3 {
        let (seconds, cost) = ours(&sample::organisation(1000, seed, 100)?, 1)?;
        println!("| seed {seed} | {seconds:.3} | {cost} |");
    }
    Ok(())
}

/// Every listed instance, its plan read by a checker that is not ours.
fn checked(peers: &Peers) -> Done<()> {
    let mut problems = Vec::new();
    for reports in [5, 10, 15, 20] {
        for seed in 1..=20 {
            problems.push(sample::week(reports, seed)?);
        }
    }
    for (people, seed, load) in ORGANISATIONS {
        problems.push(sample::organisation(people, seed, load)?);
    }
    for (people, seed, percent) in CAPPED {
        problems.push(capped(people, seed, percent)?.0);
    }
    let all = problems.len();
    let mut agree = 0;
    for (nth, problem) in problems.iter().enumerate() {
        let plan = plan::make(problem, &Unhurried)?;
        let instance = peers.write(&format!("instance-{nth}.json"), problem)?;
        let path = peers.scratch.join(format!("plan-{nth}.json"));
        std::fs::write(&path, told(problem, &plan).to_string())?;
        let wrong = peers.run("check", &instance, path.as_os_str())?;
        if wrong["wrong"].is_null() {
            agree += 1;
        } else {
            note(&wrong.to_string());
        }
    }
    println!("\nOf {all} plans a checker in another language agrees with {agree}.");
    Ok(())
}

/// The choices of a plan, as `steadfast plan` writes them.
fn told(problem: &Problem, plan: &Plan) -> serde_json::Value {
    let choices = problem.pairs().iter().zip(&plan.places);
    let choices: Vec<_> = choices
        .map(|(pair, place)| match place {
            Some(at) => json!({"pair": pair.id, "start": at.start, "parity": at.weeks.bits()}),
            None => json!({"pair": pair.id, "dropped": true}),
        })
        .collect();
    json!({
        "choices": choices, "objective": plan.total.objective, "moved": plan.total.moved,
        "dropped": plan.total.dropped,
    })
}

/// Processor seconds that this process used so far, all its threads together; 0 where the system does not say.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in brackets: user and system time are the 12th and 13th, in hundredths.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

struct Peers {
    python: String,
    scratch: PathBuf,
    seconds: String,
}

/// What a peer needed, building its model included, and what it found.
struct Theirs {
    seconds: f64,
    cost: Option<u64>,
    proved: bool,
}

impl Peers {
    fn run(&self, what: &str, instance: &Path, with: &OsStr) -> Done<serde_json::Value> {
        let ran = Command::new(&self.python)
            .arg("benches/peers/planner_peer.py")
            .arg(what)
            .arg(instance)
            .arg(with)
            .output()?;
        if !ran.status.success() {
            return Err(String::from_utf8_lossy(&ran.stderr).into_owned().into());
        }
        // A solver may have something to say before.
        let told = String::from_utf8_lossy(&ran.stdout);
        Ok(serde_json::from_str(
            told.lines().last().unwrap_or_default(),
        )?)
    }

    fn ask(&self, solver: &str, instance: &Path) -> Done<Theirs> {
        let told = self.run(solver, instance, OsStr::new(&self.seconds))?;
        let number = |name: &str| told[name].as_f64().unwrap_or(0.0);
        Ok(Theirs {
            seconds: number("build") + number("solve"),
            cost: told["objective"].as_u64(),
            proved: told["status"] == "OPTIMAL",
        })
    }

    fn write(&self, name: &str, problem: &Problem) -> Done<PathBuf> {
        let path = self.scratch.join(name);
        std::fs::write(&path, format1::write(problem))?;
        Ok(path)
    }
}

/// The median time of so many plans, and their cost.
fn ours(problem: &Problem, times: usize) -> Done<(f64, u64)> {
    let mut seconds = Vec::new();
    let mut cost = 0;
    for _ in 0..times {
        let begin = Instant::now();
        let plan = plan::make(problem, &Unhurried)?;
        seconds.push(begin.elapsed().as_secs_f64());
        if plan.status() != Status::Optimal {
            note(&format!(
                "not proved: {} of {}",
                plan.bound, plan.total.objective
            ));
        }
        cost = plan.total.objective;
    }
    Ok((median(&mut seconds), cost))
}

#[expect(clippy::print_stderr, reason = "stderr is talk")]
fn note(text: &str) {
    eprintln!("{text}");
}

fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn weeks(peers: &Peers, reports: usize) -> Done<()> {
    let (mut our, mut cpsat, mut highs, mut equal) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for seed in 1..=20 {
        let problem = sample::week(reports, seed)?;
        let path = peers.write("week.json", &problem)?;
        let (seconds, cost) = ours(&problem, 1)?;
        let (one, other) = (peers.ask("cpsat", &path)?, peers.ask("highs", &path)?);
        our.push(seconds);
        cpsat.push(one.seconds);
        highs.push(other.seconds);
        equal += usize::from(one.cost == Some(cost) && other.cost == Some(cost));
    }
    let (our, cpsat, highs) = (median(&mut our), median(&mut cpsat), median(&mut highs));
    println!(
        "| {reports} reports | {:.3} | {:.1} | {:.1} | {:.0} | {:.0} | {equal} of 20 |",
        our * 1e3,
        cpsat * 1e3,
        highs * 1e3,
        cpsat / our,
        highs / our
    );
    Ok(())
}

fn organisation(peers: &Peers, name: &str, problem: &Problem) -> Done<()> {
    let path = peers.write("organisation.json", problem)?;
    let (our, cost) = ours(problem, 1)?;
    let cpsat = peers.ask("cpsat", &path)?;
    let highs = peers.ask("highs", &path)?;
    let told = |theirs: &Theirs| {
        let cost = theirs
            .cost
            .map_or("none".to_owned(), |cost| cost.to_string());
        let sure = if theirs.proved { "" } else { ", not proved" };
        format!("{:.2} | {cost}{sure}", theirs.seconds)
    };
    println!(
        "| {name} | {our:.3} | {cost} | {} | {} | {:.0} | {:.0} |",
        told(&cpsat),
        told(&highs),
        cpsat.seconds / our,
        highs.seconds / our
    );
    Ok(())
}

/// The most memory this process held, in megabytes; 0 where the system does not say.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

fn displaced() -> Done<()> {
    let (mut offered, mut whole) = (Vec::new(), Vec::new());
    for seed in 1..=50 {
        let problem = sample::make_good(seed)?;
        let Kind::MakeGood(target) = problem.kind() else {
            continue;
        };
        offered.push(micros(|| make_good::alternatives(&problem, target)));
        whole.push(micros(|| plan::make(&problem, &Unhurried)));
    }
    let (most, most_whole) = (
        offered.iter().copied().fold(0.0, f64::max),
        whole.iter().copied().fold(0.0, f64::max),
    );
    println!(
        "\nA displaced 1:1 in a week of eight, 50 seeds: its places median {:.1} µs, most {most:.1}; the whole plan, with the \
         name of its state, the reason for everybody and the check, median {:.1}, most {most_whole:.1}.",
        median(&mut offered),
        median(&mut whole)
    );
    let large = sample::organisation(1000, 1, 100)?;
    let target = large.pairs().len() / 2;
    let large = large.asking(Kind::MakeGood(target))?;
    println!(
        "In an organisation of a thousand: its places {:.0} µs, the whole plan {:.0} µs.",
        micros(|| make_good::alternatives(&large, target)),
        micros(|| plan::make(&large, &Unhurried))
    );
    Ok(())
}

/// Microseconds that it takes, over a tenth of a second or so.
fn micros<T>(work: impl Fn() -> T) -> f64 {
    let begin = Instant::now();
    let mut times = 0;
    while begin.elapsed().as_millis() < 50 {
        std::hint::black_box(work());
        times += 1;
    }
    begin.elapsed().as_secs_f64() * 1e6 / f64::from(times)
}
