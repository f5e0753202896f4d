//! A private PostgreSQL: its own folder and port, no durability unless it is measured, gone when the test program is.

use super::process::free_port;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

const ADVICE: &str = "run `cargo xtask test`, which installs Debian's postgresql, or name the folder of another one's \
                      programs in STEADFAST_TEST_POSTGRES";

/// A loaded machine with two cores needs seconds, never minutes.
const LOOKS: u32 = 1500;
/// Between two looks.
const STEP: Duration = Duration::from_millis(20);

/// Nothing of it is to outlive the tests.
const AT_ONCE: [&str; 6] = [
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "synchronous_commit=off",
];

/// Runs the server until the pipe to this script closes, which it does however the test program ends; then ends the
/// server by its id and removes the folder.
const KEEPER: &str = r#"
folder=$1; shift
"$@" >"$folder/log" 2>&1 & server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$folder"
"#;

/// A running PostgreSQL; anybody on the loopback interface may be `postgres` there.
pub struct Postgres {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    programs: PathBuf,
    schemas: AtomicU32,
    keeper: Child,
    _pipe: ChildStdin,
}

impl Postgres {
    /// The one that all tests of a program share; started when it is first asked for.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(&AT_ONCE))
    }

    /// One of its own that waits for the disk as one in service does: for measuring, where SQLite waits too.
    ///
    /// # Panics
    /// As [`Postgres::shared`].
    pub fn lasting() -> Self {
        Self::start(&[])
    }

    fn start(also: &[&str]) -> Self {
        let programs = programs();
        let folder = tempfile::tempdir().expect("a folder").keep();
        let data = folder.join("data");
        // PostgreSQL refuses root, so root becomes the user that Debian made for it.
        let as_its_user = is_root();
        if as_its_user {
            done(Command::new("chown").arg("postgres:").arg(&folder));
        }
        let run_as = |program: &str| {
            let program = programs.join(program);
            let mut words = vec!["setpriv".to_owned(), "--reuid=postgres".to_owned()];
            words.extend(["--regid=postgres", "--init-groups"].map(str::to_owned));
            words.retain(|_| as_its_user);
            words.push(program.display().to_string());
            words
        };
        let initdb = run_as("initdb");
        done(
            Command::new(&initdb[0])
                .args(&initdb[1..])
                .args(["-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"])
                .args(["--locale=C.UTF-8", "-D"])
                .arg(&data)
                .current_dir(&folder)
                .stdout(Stdio::null()),
        );
        let port = free_port();
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(&folder)
            .args(run_as("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-p", &port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "max_connections=200"])
            .args(also)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            // Whoever waits for the tests' last word is not to wait for the folder to go.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("no shell ({error})"));
        let pipe = keeper.stdin.take().expect("a pipe");
        let postgres = Self {
            port,
            programs,
            schemas: AtomicU32::new(0),
            keeper,
            _pipe: pipe,
        };
        postgres.wait(&folder.join("log"));
        postgres
    }

    fn wait(&self, log: &Path) {
        for _ in 0..LOOKS {
            let ready = Command::new(self.programs.join("pg_isready"))
                .args(self.address())
                .arg("-q")
                .status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            thread::sleep(STEP);
        }
        let log = fs::read_to_string(log).unwrap_or_default();
        panic!(
            "PostgreSQL, kept by process {}, is not ready: {log}; {ADVICE}",
            self.keeper.id()
        );
    }

    /// The address of something that is empty and nobody else's: a schema, which is to its user what a database is
    /// and costs a hundredth of one.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database(&self) -> String {
        let number = self.schemas.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        self.say("postgres", &format!("CREATE SCHEMA {name}"));
        let port = self.port;
        format!("postgres://postgres@127.0.0.1:{port}/postgres?options[search_path]={name}")
    }

    /// The name of a whole database that is empty and nobody else's: for a program that cannot be told of a schema.
    ///
    /// # Panics
    /// When it cannot be made.
    pub(super) fn whole_database(&self) -> String {
        let name = self.name_of_one();
        self.say("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// A name that no database has: for a program that makes its own.
    pub(super) fn name_of_one(&self) -> String {
        let number = self.schemas.fetch_add(1, Ordering::Relaxed);
        format!("whole_{number}")
    }

    /// Says something to one of its databases.
    ///
    /// # Panics
    /// When it is refused.
    pub(super) fn say(&self, database: &str, what: &str) {
        done(
            Command::new(self.programs.join("psql"))
                .args(self.address())
                .args(["-q", "-d", database, "-c", what]),
        );
    }

    fn address(&self) -> [String; 6] {
        let port = self.port.to_string();
        ["-h", "127.0.0.1", "-p", &port, "-U", "postgres"].map(str::to_owned)
    }
}

/// Where its programs are: named, or the newest that Debian put in its place.
fn programs() -> PathBuf {
    if let Some(named) = std::env::var_os("STEADFAST_TEST_POSTGRES") {
        return named.into();
    }
    let versions = fs::read_dir("/usr/lib/postgresql")
        .unwrap_or_else(|error| panic!("PostgreSQL is not installed ({error}); {ADVICE}"));
    versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("postgres").exists())
        .max()
        .unwrap_or_else(|| panic!("PostgreSQL is not installed; {ADVICE}"))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("coreutils");
    id.stdout.trim_ascii() == b"0"
}

fn done(command: &mut Command) {
    let output = command
        .stderr(Stdio::piped())
        .spawn()
        .and_then(|child| child.wait_with_output())
        .unwrap_or_else(|error| panic!("{command:?} does not start ({error}); {ADVICE}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} failed: {said}; {ADVICE}"
    );
}
