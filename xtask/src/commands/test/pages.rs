//! The report and the server's pages in a real browser: their script, their narrow and wide forms, light and dark, and
//! what axe says of them; and, beside them, the API.

use super::demo::{Demo, Fresh};
use super::{Ran, api};
use crate::failure::{Done, Failure, at};
use crate::process::{Beside, cargo, giving_way, program, run};
use crate::transcripts;
use crate::workspace::{self, root};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Makes the pages of the made-up reports and of the examples, and has all of them looked at, behind what else runs.
pub(super) fn look_at_reports() -> Done<Beside> {
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
    let mut axe = program("node", &browsers());
    let (large, usual): (Vec<PathBuf>, Vec<PathBuf>) = html_in(&pages)?
        .into_iter()
        .partition(|page| page.file_stem().is_some_and(|name| name == LARGE));
    axe.arg("axe.mjs").args(usual).arg("--large").args(large);
    Beside::of(
        "reports",
        giving_way(&axe),
        "each finding above names the page, the window and the element; the page is in target/pages",
    )
}

/// Walks through the pages of a demo and beside it, since one browser uses one processor, taps, signs in, begins on a server
/// of its own, and asks the API.
pub(super) fn look() -> Done<Ran> {
    let folder = browsers();
    let seen = Demo::start()?;
    let mut walk = program("node", &folder);
    walk.arg("site.mjs").arg(&seen.address);
    let walk = Beside::of(
        "site",
        walk,
        "each finding above names the page and the window; `steadfast demo` shows it to you",
    )?;
    let tapped = Demo::start()?;
    let mut taps = program("node", &folder);
    taps.arg("taps.mjs").arg(&tapped.address);
    run(
        &mut taps,
        "each finding above is a tap that did not do what it says, or what axe says of a page on the way",
    )?;
    let mut passkeys = program("node", &folder);
    passkeys.arg("passkeys.mjs").arg(&tapped.address);
    run(
        &mut passkeys,
        "each finding above is a step that did not go as it should",
    )?;
    drop(tapped);
    first_minutes(&folder)?;
    api::ask()?;
    walk.finish().map(|()| Ran::Yes)
}

/// The folder of what drives a browser.
fn browsers() -> PathBuf {
    root().join("e2e")
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
fn first_minutes(folder: &Path) -> Done {
    let kept = workspace::metadata("Cargo.toml")?
        .target_directory
        .join("first-minutes");
    if kept.exists() {
        std::fs::remove_dir_all(&kept).map_err(at(&kept))?;
    }
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
