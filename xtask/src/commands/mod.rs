//! The chores, one file each.

mod bench;
mod bench_peers;
mod bench_planner;
mod bench_server;
mod bless;
mod check;
mod consequences;
mod dist;
mod fuzz;
mod lighthouse;
mod soak;
mod test;
mod tools;

use crate::failure::{Done, Failure};

/// One chore.
struct Command {
    /// As typed.
    name: &'static str,
    /// Its arguments, for the help.
    arguments: &'static str,
    /// What it does, in a line.
    about: &'static str,
    /// Does it.
    run: fn(&[String]) -> Done,
}

/// All chores, in the order of the help.
const ALL: &[Command] = &[
    test::COMMAND,
    tools::COMMAND,
    check::COMMAND,
    bless::COMMAND,
    consequences::COMMAND,
    fuzz::COMMAND,
    soak::COMMAND,
    bench::COMMAND,
    bench_peers::COMMAND,
    bench_planner::COMMAND,
    bench_server::COMMAND,
    lighthouse::COMMAND,
    dist::COMMAND,
];

/// Runs the chore of that name.
pub(crate) fn run(name: &str, arguments: &[String]) -> Done {
    match ALL.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(arguments),
        None => Err(Failure::new(
            format!("there is no chore called {name}"),
            "`cargo xtask help` lists them",
        )),
    }
}

/// The list of chores.
pub(crate) fn help() -> String {
    let mut text = String::from("usage: cargo xtask CHORE [ARGUMENTS]\n\n");
    for command in ALL {
        let call = format!("{} {}", command.name, command.arguments);
        text.push_str(&format!("  {:<37} {}\n", call.trim_end(), command.about));
    }
    text
}

/// For a chore without arguments: refuses any.
fn takes_none(arguments: &[String]) -> Done {
    match arguments {
        [] => Ok(()),
        [first, ..] => Err(Failure::new(
            format!("this chore takes no arguments, and was given {first}"),
            "`cargo xtask help` shows what each takes",
        )),
    }
}
