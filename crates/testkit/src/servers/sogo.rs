//! SOGo 5.8: the other independent server with real scheduling, which does it in its own way.

use super::postgres::Postgres;
use super::process::{Process, folder_for_others, free_port};
use super::web::asked_as_anybody;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A running SOGo with the given users; everybody's password is [`Sogo::PASSWORD`], `maya`'s address is
/// `maya@example.org`, and her calendars are below `/SOGo/dav/maya/Calendar/`.
///
/// What it keeps is in a database of its own in the tests' PostgreSQL. Everything it has to know is said on its command
/// line, so that `/etc/sogo` plays no part.
pub struct Sogo {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    database: String,
    // Dropped in this order: first the server, then what it needs, then their folder.
    _server: Process,
    _memory: Process,
    _folder: TempDir,
}

const ADVICE: &str = "run `cargo xtask test`, which installs sogo and memcached (as root)";

asked_as_anybody!(Sogo);

impl Sogo {
    /// Everybody's password.
    pub const PASSWORD: &str = "secret";

    /// Starts it. It has to be root: it runs as user `sogo`, whom its package makes.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(users: &[&str]) -> Self {
        let folder = folder_for_others("sogo");
        let root = folder.path();
        run(Command::new("chown").arg("sogo:sogo").arg(root));
        let database = Postgres::shared().whole_database();
        Postgres::shared().say(&database, PEOPLE);
        let (port, memory_port) = (free_port(), free_port());
        let mut memory = start("memcached", root, "memory", memcached(memory_port));
        memory.wait_for(memory_port, || said(root, "memory"));
        let address = format!(
            "postgresql://postgres@127.0.0.1:{}/{database}",
            Postgres::shared().port
        );
        // Asked to end, it takes half a minute; killed, its workers go with it at once.
        let mut server = start(
            "SOGo",
            root,
            "log",
            sogod(root, port, memory_port, &address),
        )
        .unasked();
        server.wait_for(port, || said(root, "log"));
        let sogo = Self {
            port,
            database,
            _server: server,
            _memory: memory,
            _folder: folder,
        };
        for user in users {
            sogo.hire(user);
            // The first look makes the calendar. Nobody can be invited before: the invitation is lost without a word.
            let home = format!("/SOGo/dav/{user}/Calendar/");
            let reply = sogo.request("PROPFIND", &home, user, &["Depth: 1"], "");
            assert_eq!(
                reply.status, 207,
                "SOGo makes the calendar of {user}: {}",
                reply.text
            );
        }
        sogo
    }

    /// Makes a user who has never looked into their calendar.
    ///
    /// # Panics
    /// When there is one of that name.
    pub fn hire(&self, user: &str) {
        let password = Self::PASSWORD;
        let row = format!("('{user}', '{user}', '{password}', '{user}', '{user}@example.org')");
        Postgres::shared().say(&self.database, &format!("INSERT INTO people VALUES {row}"));
    }

    /// Forgets what was deleted, as `sogo-tool cleanup` does by night.
    ///
    /// # Panics
    /// When the database refuses.
    pub fn clean_up(&self) {
        Postgres::shared().say(&self.database, CLEAN_UP);
    }
}

/// Starts one of its programs as user `sogo`, who knows nothing of this process' environment.
fn start(name: &'static str, root: &Path, log: &str, words: Vec<String>) -> Process {
    let log = fs::File::create(root.join(log)).expect("a log");
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=sogo", "--regid=sogo", "--init-groups"])
        .args(["--pdeathsig", "KILL"])
        .args(words)
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/bin")
        .env("HOME", root)
        .env("USER", "sogo")
        .env("LOGNAME", "sogo")
        .current_dir(root)
        .stdout(log.try_clone().expect("a second handle"))
        .stderr(log);
    Process::start(name, &mut command, ADVICE)
}

fn run(command: &mut Command) {
    let status = command
        .status()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; {ADVICE}"));
    assert!(status.success(), "{command:?}: {status}; {ADVICE}");
}

fn said(root: &Path, log: &str) -> String {
    let text = fs::read_to_string(root.join(log)).unwrap_or_default();
    format!("{text}; {ADVICE}")
}

fn memcached(port: u16) -> Vec<String> {
    let port = port.to_string();
    let words = ["memcached", "-l", "127.0.0.1", "-p", &port, "-U", "0"];
    words.map(str::to_owned).to_vec()
}

fn sogod(root: &Path, port: u16, memory_port: u16, database: &str) -> Vec<String> {
    // Two workers: one request may wait for another, and each worker takes a hundred megabytes.
    let mut words: Vec<String> = ["sogod", "-WONoDetach", "YES", "-WOWorkersCount", "2"]
        .map(str::to_owned)
        .to_vec();
    let people = format!(
        "({{type=sql;id=people;viewURL=\"{database}/people\";canAuthenticate=YES;isAddressBook=NO;\
         userPasswordAlgorithm=plain;MailFieldNames=(mail);}})"
    );
    let table = |name: &str| format!("{database}/{name}");
    for (name, value) in [
        ("WOPort", format!("127.0.0.1:{port}")),
        ("WOPidFile", root.join("pid").display().to_string()),
        ("WOLogFile", "-".to_owned()),
        ("SOGoProfileURL", table("profiles")),
        ("OCSFolderInfoURL", table("folders")),
        ("OCSSessionsFolderURL", table("sessions")),
        ("OCSEMailAlarmsFolderURL", table("alarms")),
        ("SOGoMemcachedHost", format!("127.0.0.1:{memory_port}")),
        ("SOGoUserSources", people),
        // There is no mail server: what is delivered is delivered to calendars.
        ("SOGoAppointmentSendEMailNotifications", "NO".to_owned()),
        ("SOGoMailDomain", "example.org".to_owned()),
        ("SOGoTimeZone", "UTC".to_owned()),
    ] {
        words.extend([format!("-{name}"), value]);
    }
    words
}

/// Its users, as an SQL source of it wants them.
const PEOPLE: &str = "CREATE TABLE people (c_uid text PRIMARY KEY, c_name text, c_password text, c_cn text, mail text)";

const CLEAN_UP: &str = "DO $$ DECLARE folder text; BEGIN \
    FOR folder IN SELECT regexp_replace(c_location, '.*/', '') FROM folders LOOP \
        EXECUTE format('DELETE FROM %I WHERE c_deleted = 1', folder); \
    END LOOP; END $$";
