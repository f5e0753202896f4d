//! DAViCal 1.1: a CalDAV server in PHP, whose tokens are numbers in a `data:` address and never unknown.

use super::postgres::Postgres;
use super::process::{Process, free_port};
use super::web::asked_as_anybody;
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A running DAViCal with the given users; everybody's password is [`Davical::PASSWORD`], `maya`'s address is
/// `maya@example.org`, and her calendars are below `/caldav.php/maya/`.
///
/// What it keeps is in a database of its own in the tests' PostgreSQL. `/etc/davical` plays no part.
pub struct Davical {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    // Dropped in this order: first the server, then its folder.
    _process: Process,
    _folder: TempDir,
}

const ADVICE: &str =
    "run `cargo xtask test`, which installs davical and the PHP that it needs (as root)";
const PROGRAMS: &str = "/usr/share/davical";

/// Run before everything else: it looks for its configuration in `/etc/davical/<name of the server>-conf.php` only.
const ELSEWHERE: &str =
    "<?php $_SERVER['SERVER_NAME'] = '../..' . getenv('STEADFAST_DAVICAL') . '/davical';\n";

asked_as_anybody!(Davical);

impl Davical {
    /// Everybody's password.
    pub const PASSWORD: &str = "secret";

    /// Starts it, in PHP's own web server.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(users: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let postgres = Postgres::shared();
        let database = postgres.name_of_one();
        let pg_port = postgres.port.to_string();
        let made = Command::new("sh")
            .arg(format!("{PROGRAMS}/dba/create-database.sh"))
            .args([&database, "nobody-knows"])
            .envs([("PGHOST", "127.0.0.1"), ("PGUSER", "postgres")])
            .env("PGPORT", &pg_port)
            .current_dir(root)
            .output()
            .unwrap_or_else(|error| panic!("no shell ({error})"));
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(
            made.status.success(),
            "DAViCal's database: {said}; {ADVICE}"
        );
        for user in users {
            let password = Self::PASSWORD;
            postgres.say(
                &database,
                &format!(
                    "INSERT INTO usr (username, password, fullname, email, email_ok) \
                     VALUES ('{user}', '**{password}', '{user}', '{user}@example.org', now()); \
                     INSERT INTO principal (type_id, user_no, displayname, default_privileges) \
                     SELECT 1, user_no, fullname, 0::bit(24) FROM usr WHERE username = '{user}'"
                ),
            );
        }
        let conf = format!(
            "<?php\n$_SERVER['SERVER_NAME'] = '127.0.0.1';\n$c->domain_name = '127.0.0.1';\n$c->default_locale = 'en_GB';\n\
             $c->pg_connect[] = 'pgsql:host=127.0.0.1;port={pg_port};dbname={database};user=postgres';\n"
        );
        fs::write(root.join("davical-conf.php"), conf).expect("a configuration");
        fs::write(root.join("elsewhere.php"), ELSEWHERE).expect("a file");
        let log = fs::File::create(root.join("log")).expect("a log");
        let port = free_port();
        let prepended = format!("auto_prepend_file={}", root.join("elsewhere.php").display());
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "TERM", "php", "-S"])
            .arg(format!("127.0.0.1:{port}"))
            .args(["-d", &prepended, "-d", "display_errors=0", "-t"])
            .arg(format!("{PROGRAMS}/htdocs"))
            .env("STEADFAST_DAVICAL", root)
            .current_dir(root)
            .stdout(Stdio::null())
            .stderr(log);
        let mut process = Process::start("DAViCal", &mut command, ADVICE);
        process.wait_for(port, || {
            let text = fs::read_to_string(root.join("log")).unwrap_or_default();
            format!("{text}; {ADVICE}")
        });
        Self {
            port,
            _process: process,
            _folder: folder,
        }
    }
}
