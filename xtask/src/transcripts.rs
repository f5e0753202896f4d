//! Transcripts: text files in `examples/` that begin with a command line and go on with what it prints. They show a
//! reader what the program does, and hold the program to it.
//!
//! ```text
//! $ steadfast audit examples/maya.zip --now 2026-11-22T08:00:00Z
//! Maya's calendar …
//! ```

use crate::failure::{Done, Failure, at};
use crate::process::{cargo, program, run, text_of};
use crate::workspace::{self, root};
use std::path::{Path, PathBuf};

const PROMPT: &str = "$ steadfast ";

/// One transcript.
struct Transcript {
    /// Its file, from the root.
    name: String,
    /// The whole command line behind the prompt's `$ steadfast`.
    command: String,
    /// What follows it.
    printed: String,
}

/// The program as the tests are built; beside it, `examples/` has the examples so built.
pub(crate) fn built_program() -> Done<PathBuf> {
    let mut build = cargo(&root());
    // Everything at once, as `cargo test` does: cargo then settles on the same features of the same packages, and
    // nothing is built twice. For one package alone it would build half of the others' code anew.
    build.args([
        "build",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--profile",
        "test",
    ]);
    run(&mut build, "see what the compiler says above")?;
    Ok(workspace::metadata("Cargo.toml")?
        .target_directory
        .join("debug/steadfast"))
}

/// Whether there is any.
pub(crate) fn are_there() -> Done<bool> {
    Ok(!all()?.is_empty())
}

/// Runs them all; one that prints something else is a failure.
pub(crate) fn check() -> Done {
    let steadfast = built_program()?;
    let mut differing = Vec::new();
    for transcript in all()? {
        let printed = transcript.run(&steadfast)?;
        match first_difference(&transcript.printed, &printed) {
            None => println!("test {} ... ok", transcript.name),
            Some((line, was, is)) => {
                println!(
                    "test {} ... differs at line {line}\n  was: {was}\n  is:  {is}",
                    transcript.name
                );
                differing.push(transcript.name);
            }
        }
    }
    if differing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!(
            "the program prints something else than {}",
            differing.join(", ")
        ),
        "if the new text is what you meant, `cargo xtask bless` and read the diff",
    ))
}

/// Runs them all and writes down what they print now.
pub(crate) fn bless() -> Done {
    let transcripts = all()?;
    if transcripts.is_empty() {
        return Ok(());
    }
    let steadfast = built_program()?;
    for transcript in transcripts {
        let printed = transcript.run(&steadfast)?;
        let path = root().join(&transcript.name);
        let text = format!("{PROMPT}{}\n{printed}", transcript.command);
        std::fs::write(&path, text).map_err(at(&path))?;
    }
    Ok(())
}

/// Writes the page of every audit among them into `folder`.
pub(crate) fn pages(folder: &Path) -> Done {
    let audits: Vec<Transcript> = all()?
        .into_iter()
        .filter(|one| one.command.starts_with("audit "))
        .collect();
    if audits.is_empty() {
        return Ok(());
    }
    let steadfast = built_program()?;
    for audit in audits {
        let page = folder.join(
            Path::new(&audit.name)
                .with_extension("html")
                .file_name()
                .unwrap_or_default(),
        );
        let mut command = program(&steadfast, &root());
        command
            .args(audit.command.split_whitespace())
            .args(["--format", "html", "--output"])
            .arg(page);
        run(
            &mut command,
            &format!("run it by hand: steadfast {} --format html", audit.command),
        )?;
    }
    Ok(())
}

fn all() -> Done<Vec<Transcript>> {
    let mut found = Vec::new();
    for name in workspace::files()? {
        if name.starts_with("examples/") && name.ends_with(".txt") {
            found.extend(parse(&name, &workspace::read(&name)?));
        }
    }
    Ok(found)
}

fn parse(name: &str, text: &str) -> Option<Transcript> {
    let (first, rest) = text.split_once('\n')?;
    Some(Transcript {
        name: name.to_owned(),
        command: first.strip_prefix(PROMPT)?.to_owned(),
        printed: rest.to_owned(),
    })
}

impl Transcript {
    fn run(&self, steadfast: &Path) -> Done<String> {
        let mut command = program(steadfast, &root());
        command
            .args(self.command.split_whitespace())
            .env("NO_COLOR", "1")
            .env_remove("COLUMNS");
        text_of(
            &mut command,
            &format!("run it by hand: steadfast {}", self.command),
        )
    }
}

/// Number and both forms of the first line that differs, counted from the command line as 1.
fn first_difference<'a>(was: &'a str, is: &'a str) -> Option<(usize, &'a str, &'a str)> {
    const NOTHING: &str = "(nothing)";
    let (mut old, mut new) = (was.lines(), is.lines());
    for number in 2.. {
        match (old.next(), new.next()) {
            (None, None) => return None,
            (left, right) if left == right => {}
            (left, right) => {
                return Some((number, left.unwrap_or(NOTHING), right.unwrap_or(NOTHING)));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_begins_with_a_command_is_a_transcript() {
        let transcript = parse("a.txt", "$ steadfast audit a.ics\nx\n").unwrap();
        assert_eq!(
            (transcript.command.as_str(), transcript.printed.as_str()),
            ("audit a.ics", "x\n")
        );
        assert!(parse("a.txt", "notes\nx\n").is_none());
    }

    #[test]
    fn the_first_line_that_differs_is_shown_from_both_sides() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some((3, "b", "c")));
        assert_eq!(first_difference("a\n", ""), Some((2, "a", "(nothing)")));
    }
}
