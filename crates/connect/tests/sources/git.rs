//! Histories in git repositories, made by the real git.

use crate::common::{Recorder, calendar, read_with, tight};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use steadfast_connect::{Options, Source, SourceError, SourceErrorKind};
use tempfile::TempDir;

struct Repo {
    folder: TempDir,
}

impl Repo {
    fn new() -> Self {
        let repo = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        repo.git("", &["init", "--quiet", "--initial-branch=main"]);
        repo
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs git without any configuration but the repository's own.
    fn git(&self, date: &str, arguments: &[&str]) {
        let status = Command::new("git")
            .args([
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", "/nowhere")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
            .env("GIT_COMMITTER_DATE", date)
            .output()
            .expect("git is needed for these tests: apt-get install git");
        assert!(
            status.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&status.stderr)
        );
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    fn commit(&self, date: &str) {
        self.git(date, &["add", "--all"]);
        self.git(date, &["commit", "--quiet", "--allow-empty", "-m", "x"]);
    }

    fn read(&self, path: &str) -> (String, Recorder, Result<(), SourceError>) {
        read_at(self.path(), path, &Options::default())
    }
}

fn read_at(
    repository: &Path,
    path: &str,
    options: &Options,
) -> (String, Recorder, Result<(), SourceError>) {
    let source = Source::Git {
        repository: repository.into(),
        path: path.into(),
    };
    let (recorder, result) = read_with(&source, options);
    // Commit ids depend on what git writes; they are not what is tested.
    let told = recorder.told(repository);
    let mut plain = String::new();
    for line in told.lines() {
        match line.split_once('@') {
            Some((before, after)) if before.ends_with('…') => {
                let rest = after.get(8..).unwrap_or_default();
                plain.push_str(&format!("{before}@C{rest}\n"));
            }
            _ => plain.push_str(&format!("{line}\n")),
        }
    }
    (plain, recorder, result)
}

/// One file over five commits, of which four touched it.
fn one_file() -> Repo {
    let repo = Repo::new();
    repo.write("cal/team.ics", &calendar("one"));
    repo.commit("2026-03-02T08:00:00Z");
    repo.write("README", "unrelated");
    repo.commit("2026-03-03T08:00:00Z");
    repo.write("cal/team.ics", &calendar("two"));
    repo.commit("2026-03-09T10:00:00+02:00");
    fs::remove_file(repo.path().join("cal/team.ics")).expect("removed");
    repo.commit("2026-03-16T08:00:00Z");
    repo.write("cal/team.ics", &calendar("three"));
    repo.commit("2026-03-23T08:00:00Z");
    repo
}

const ONE_FILE: &str = "\
snapshot 2026-03-02T08:00:00Z
calendar …@C:cal/team.ics at 2026-03-02T08:00:00Z
snapshot 2026-03-09T08:00:00Z
calendar …@C:cal/team.ics at 2026-03-09T08:00:00Z
snapshot 2026-03-16T08:00:00Z
warning …@C:cal/team.ics: deleted here; nothing is known of it until it comes back
snapshot 2026-03-23T08:00:00Z
calendar …@C:cal/team.ics at 2026-03-23T08:00:00Z
gap 2026-03-16T08:00:00Z 2026-03-23T08:00:00Z
";

#[test]
fn each_commit_that_touched_the_file_is_a_snapshot_and_a_deletion_is_a_gap() {
    let repo = one_file();
    let (told, recorder, result) = repo.read("cal/team.ics");
    assert_eq!(result, Ok(()));
    assert_eq!(told, ONE_FILE);
    assert_eq!(
        recorder.bodies,
        [calendar("one"), calendar("two"), calendar("three")]
    );
}

#[test]
fn packed_bare_and_linked_repositories_read_the_same() {
    let repo = one_file();
    let other = tempfile::tempdir().expect("a folder");
    let (bare, linked) = (other.path().join("bare.git"), other.path().join("linked"));
    let text = |path: &PathBuf| path.to_str().expect("text").to_owned();
    repo.git(
        "",
        &["worktree", "add", "--quiet", &text(&linked), "--detach"],
    );
    repo.git("", &["gc", "--quiet", "--aggressive", "--prune=now"]);
    repo.git("", &["clone", "--quiet", "--bare", ".", &text(&bare)]);
    let places = [
        repo.path().to_owned(),
        repo.path().join(".git"),
        bare,
        linked,
    ];
    for place in places {
        let (told, _, result) = read_at(&place, "cal/team.ics", &Options::default());
        assert_eq!(result, Ok(()), "{}", place.display());
        assert_eq!(told, ONE_FILE, "{}", place.display());
    }
}

#[test]
fn a_directory_gives_one_calendar_per_owner_and_only_what_changed() {
    let repo = Repo::new();
    repo.write("cal/maya@example.com.ics", &calendar("m1"));
    repo.write("cal/ben@example.com.ics", &calendar("b1"));
    repo.write("cal/README.md", "x");
    repo.commit("2026-03-02T08:00:00Z");
    repo.write("cal/ben@example.com.ics", &calendar("b2"));
    repo.commit("2026-03-09T08:00:00Z");
    fs::remove_file(repo.path().join("cal/maya@example.com.ics")).expect("removed");
    repo.commit("2026-03-16T08:00:00Z");
    repo.write("cal/ben@example.com.ics", &calendar("b3"));
    repo.commit("2026-03-23T08:00:00Z");
    let (told, _, result) = repo.read("cal");
    assert_eq!(result, Ok(()));
    assert_eq!(
        told,
        "snapshot 2026-03-02T08:00:00Z\n\
         aside …@C:cal/README.md: not a calendar\n\
         calendar …@C:cal/ben@example.com.ics of ben@example.com at 2026-03-02T08:00:00Z\n\
         calendar …@C:cal/maya@example.com.ics of maya@example.com at 2026-03-02T08:00:00Z\n\
         snapshot 2026-03-09T08:00:00Z\n\
         calendar …@C:cal/ben@example.com.ics of ben@example.com at 2026-03-09T08:00:00Z\n\
         snapshot 2026-03-16T08:00:00Z\n\
         warning …@C:cal/maya@example.com.ics: deleted here; nothing is known of it until it comes back\n\
         snapshot 2026-03-23T08:00:00Z\n\
         calendar …@C:cal/ben@example.com.ics of ben@example.com at 2026-03-23T08:00:00Z\n\
         gap of maya@example.com 2026-03-16T08:00:00Z 2026-03-23T08:00:00Z\n"
    );
}

#[test]
fn a_commit_dated_before_its_parent_does_not_turn_time_back() {
    let repo = Repo::new();
    for (date, text) in [
        ("2026-03-09T08:00:00Z", "one"),
        ("2026-03-02T08:00:00Z", "two"),
        ("2026-03-10T08:00:00Z", "three"),
    ] {
        repo.write("a.ics", &calendar(text));
        repo.commit(date);
    }
    let (told, recorder, result) = repo.read("a.ics");
    assert_eq!(result, Ok(()));
    assert_eq!(
        told,
        "snapshot 2026-03-09T08:00:00Z\n\
         calendar …@C:a.ics at 2026-03-09T08:00:00Z\n\
         warning …@C: dated before the commit it follows; taken as made at the same moment\n\
         snapshot 2026-03-09T08:00:00Z\n\
         calendar …@C:a.ics at 2026-03-09T08:00:00Z\n\
         snapshot 2026-03-10T08:00:00Z\n\
         calendar …@C:a.ics at 2026-03-10T08:00:00Z\n"
    );
    assert_eq!(
        recorder.bodies,
        [calendar("one"), calendar("two"), calendar("three")]
    );
}

#[test]
fn only_first_parents_are_walked() {
    let repo = Repo::new();
    repo.write("a.ics", &calendar("one"));
    repo.commit("2026-03-02T08:00:00Z");
    repo.git("", &["checkout", "--quiet", "-b", "side"]);
    repo.write("a.ics", &calendar("side"));
    repo.commit("2026-03-03T08:00:00Z");
    repo.write("a.ics", &calendar("merged"));
    repo.commit("2026-03-04T08:00:00Z");
    repo.git("", &["checkout", "--quiet", "main"]);
    repo.git(
        "2026-03-05T08:00:00Z",
        &["merge", "--quiet", "--no-ff", "-m", "x", "side"],
    );
    let (_, recorder, result) = repo.read("a.ics");
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [calendar("one"), calendar("merged")]);
}

#[test]
fn a_shallow_clone_says_that_the_past_is_missing() {
    let repo = one_file();
    let other = tempfile::tempdir().expect("a folder");
    let clone = other.path().join("clone");
    let origin = format!("file://{}", repo.path().display());
    repo.git(
        "",
        &[
            "clone",
            "--quiet",
            "--depth=3",
            &origin,
            clone.to_str().expect("text"),
        ],
    );
    let (told, recorder, result) = read_at(&clone, "cal/team.ics", &Options::default());
    assert_eq!(result, Ok(()));
    assert!(
        told.starts_with(
            "warning …: a shallow clone: what was before its first commit is not known\n"
        ),
        "{told}"
    );
    assert_eq!(recorder.bodies, [calendar("two"), calendar("three")]);
}

#[test]
fn nothing_in_a_strangers_repository_is_run_or_followed() {
    let repo = Repo::new();
    let trap = repo.path().join("trap.sh");
    let sprung = repo.path().join("sprung");
    fs::write(&trap, format!("#!/bin/sh\ntouch '{}'\n", sprung.display())).expect("a file");
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).expect("runnable");
    repo.write("cal/maya@example.com.ics", &calendar("m1"));
    symlink(
        "/etc/passwd",
        repo.path().join("cal/passwd@example.com.ics"),
    )
    .expect("a link");
    repo.write("cal/deep/er.ics", &calendar("deeper"));
    repo.write(".gitattributes", "*.ics filter=trap diff=trap\n");
    repo.commit("2026-03-02T08:00:00Z");
    let traps = [
        "core.fsmonitor",
        "core.sshCommand",
        "filter.trap.smudge",
        "filter.trap.process",
        "diff.trap.textconv",
        "core.pager",
        "include.path",
    ];
    let config: String = traps
        .iter()
        .map(|key| {
            let (section, name) = key.rsplit_once('.').expect("a key");
            let section = match section.split_once('.') {
                Some((section, sub)) => format!("[{section} \"{sub}\"]"),
                None => format!("[{section}]"),
            };
            format!("{section}\n\t{name} = {}\n", trap.display())
        })
        .collect();
    let path = repo.path().join(".git/config");
    let before = fs::read_to_string(&path).expect("a configuration");
    fs::write(&path, before + &config).expect("a configuration");
    for hook in [
        "post-checkout",
        "reference-transaction",
        "fsmonitor-watchman",
    ] {
        fs::copy(&trap, repo.path().join(".git/hooks").join(hook)).expect("a hook");
    }
    let (told, recorder, result) = repo.read("cal");
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [calendar("m1")], "{told}");
    assert!(!sprung.exists(), "something was run");
}

#[test]
fn hostile_paths_and_large_files_are_bounded() {
    let repo = Repo::new();
    repo.write("cal/maya@example.com.ics", &calendar("m1"));
    repo.commit("2026-03-02T08:00:00Z");
    repo.write(
        "cal/maya@example.com.ics",
        &format!("{}{}", calendar("large"), " ".repeat(3 << 20)),
    );
    repo.commit("2026-03-09T08:00:00Z");
    repo.write("cal/maya@example.com.ics", &calendar("m3"));
    repo.commit("2026-03-16T08:00:00Z");
    let (told, recorder, result) = read_at(repo.path(), "cal", &tight());
    assert_eq!(result, Ok(()));
    assert_eq!(recorder.bodies, [calendar("m1"), calendar("m3")]);
    assert!(
        told.contains("warning …@C:cal/maya@example.com.ics: larger than 1 MiB; not read\n"),
        "{told}"
    );
    assert!(
        told.ends_with("gap of maya@example.com 2026-03-02T08:00:00Z 2026-03-16T08:00:00Z\n"),
        "{told}"
    );
    for path in [
        "../cal",
        "cal/../../etc/passwd",
        "nowhere",
        "cal/maya@example.com.ics/x",
        &"a/".repeat(10_000),
    ] {
        let (_, _, result) = repo.read(path);
        assert!(
            matches!(result, Err(SourceError::NoCalendar { .. })),
            "{result:?}"
        );
    }
}

#[test]
fn a_damaged_object_is_a_gap_and_the_rest_is_read() {
    let repo = Repo::new();
    for (date, text) in [
        ("2026-03-02T08:00:00Z", "one"),
        ("2026-03-09T08:00:00Z", "two"),
        ("2026-03-16T08:00:00Z", "three"),
    ] {
        repo.write("a.ics", &calendar(text));
        repo.commit(date);
    }
    let blob = Command::new("git")
        .args(["rev-parse", "HEAD~1:a.ics"])
        .current_dir(repo.path())
        .output()
        .expect("git");
    let id = String::from_utf8(blob.stdout).expect("an id");
    let (folder, file) = id.trim().split_at(2);
    let object = repo.path().join(".git/objects").join(folder).join(file);
    fs::set_permissions(&object, fs::Permissions::from_mode(0o644)).expect("writable");
    fs::write(&object, b"\x78\x01broken").expect("a file");
    let (told, recorder, result) = repo.read("a.ics");
    assert_eq!(result, Ok(()));
    assert_eq!(
        recorder.bodies,
        [calendar("one"), calendar("three")],
        "{told}"
    );
    assert!(
        told.ends_with("gap 2026-03-02T08:00:00Z 2026-03-16T08:00:00Z\n"),
        "{told}"
    );
}

#[test]
fn what_is_no_repository_says_so() {
    fn check(path: &Path, expected: &str) {
        let (_, _, result) = read_at(path, "", &Options::default());
        let error = result.expect_err(expected);
        assert_eq!(error.kind(), SourceErrorKind::Input);
        assert!(error.to_string().ends_with(expected), "{error}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    check(
        empty.path(),
        "cannot be read as a git repository: it holds no repository",
    );
    check(
        Path::new("/nowhere"),
        "/nowhere cannot be read as a git repository: no such directory",
    );
    check(
        Repo::new().path(),
        "it has no commit yet, or its HEAD is broken",
    );
}
