//! The report and the server's pages in a real browser: their script, their narrow and wide forms, light and dark, and
//! what axe says of them.

use super::Ran;
use super::demo::{Demo, Fresh};
use crate::failure::{Done, Failure, at};
use crate::process::{Beside, cargo, program, run};
use crate::transcripts;
use crate::workspace::{self, root};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Makes the pages of the made-up reports and of the examples, and has all of them looked at.
pub(super) fn look() -> Done<Ran> {
    let folder = root().join("e2e");
    if !folder.join("axe.mjs").is_file() {
        return Ok(Ran::NothingThere("no e2e/axe.mjs yet"));
    }
    let pages = workspace::metadata("Cargo.toml")?
        .target_directory
        .join("pages");
    if pages.exists() {
        std::fs::remove_dir_all(&pages).map_err(at(&pages))?;
    }
    std::fs::create_dir_all(&pages).map_err(at(&pages))?;
    let samples = transcripts::built_program()?.with_file_name("examples/report_samples");
    run(
        program(samples, &root()).arg(&pages),
        "see what the example says above",
    )?;
    transcripts::pages(&pages)?;
    behind_a_link(&pages)?;
    let mut axe = program("node", &folder);
    let (large, usual): (Vec<PathBuf>, Vec<PathBuf>) = html_in(&pages)?
        .into_iter()
        .partition(|page| page.file_stem().is_some_and(|name| name == LARGE));
    axe.arg("axe.mjs").args(usual).arg("--large").args(large);
    // One browser uses one processor: the reports are looked at beside the demo.
    let reports = Beside::of(
        "reports",
        axe,
        "each finding above names the page, the window and the element; the page is in target/pages",
    )?;
    let demo = Demo::start()?;
    let mut walk = program("node", &folder);
    walk.arg("site.mjs").arg(&demo.address);
    run(
        &mut walk,
        "each finding above names the page and the window; `steadfast demo` shows it to you",
    )?;
    let mut taps = program("node", &folder);
    taps.arg("taps.mjs").arg(&demo.address);
    run(
        &mut taps,
        "each finding above is a tap that did not do what it says, or what axe says of a page on the way",
    )?;
    let mut passkeys = program("node", &folder);
    passkeys.arg("passkeys.mjs").arg(&demo.address);
    run(
        &mut passkeys,
        "each finding above is a step that did not go as it should",
    )?;
    first_minutes(&folder, &pages)?;
    reports.finish()?;
    Ok(Ran::Yes)
}

/// What a demo, which sends no mail, never shows: the mail that offers times to somebody who has not joined, and the page
/// behind the link in it. The server's own tests leave both, as they come to them.
fn behind_a_link(pages: &Path) -> Done {
    // All of the workspace, as it is built already.
    let mut test = cargo(&root());
    test.args(["test", "--quiet", "--workspace", "--test", "site", "--"])
        .arg("the_link_of_the_mail_that_was_sent")
        .env("STEADFAST_PAGES", pages)
        .stdout(Stdio::null());
    run(
        &mut test,
        "run `cargo test -p steadfast-web --test site by_link`",
    )?;
    for name in ["by-mail.html", "pick.html"] {
        if !pages.join(name).is_file() {
            let hint = "see crates/web/tests/site/by_link.rs";
            return Err(Failure::new(
                format!("{name} was not left to be looked at"),
                hint,
            ));
        }
    }
    Ok(())
}

/// What a demo never shows: a server that nobody has set up yet.
fn first_minutes(folder: &Path, pages: &Path) -> Done {
    let kept = pages.join("first");
    std::fs::create_dir_all(&kept).map_err(at(&kept))?;
    let server = Fresh::start(&kept)?;
    let mut first = program("node", folder);
    first
        .arg("first.mjs")
        .arg(server.address())
        .arg(&server.set_up);
    run(
        &mut first,
        "each finding above names the page and the window, or a form that was not answered as it should",
    )
}

/// The page of sixty pairs repeats what the others hold, and what axe costs grows faster than a page: half an hour for
/// that one alone if it were looked at as closely as they are.
const LARGE: &str = "crowd";

fn html_in(folder: &Path) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        if path.extension().is_some_and(|ending| ending == "html") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
