//! Cyrus IMAP 3.6 with CalDAV: the independent server with real scheduling.

use super::process::{Process, folder_for_others, free_port};
use super::web::asked_as_anybody;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A running Cyrus with the given users; everybody's password is [`Cyrus::PASSWORD`], `maya`'s address is
/// `maya@example.org`, and her calendars are below `/dav/calendars/user/maya/`.
pub struct Cyrus {
    /// Where its HTTP service listens on 127.0.0.1.
    pub port: u16,
    imap: u16,
    lmtp: u16,
    // Dropped in this order: first the server, then its folder.
    _process: Process,
    folder: TempDir,
}

const ADVICE: &str =
    "run `cargo xtask test`, which installs cyrus-caldav and what goes with it (as root)";

asked_as_anybody!(Cyrus);

impl Cyrus {
    /// Everybody's password.
    pub const PASSWORD: &str = "secret";

    /// Starts it. It has to be root: its master process runs as user `cyrus`.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(users: &[&str]) -> Self {
        let folder = folder_for_others("cyrus");
        let root = folder.path();
        for name in [
            "lib/socket",
            "lib/db",
            "spool",
            "sieve",
            "run/proc",
            "run/lock",
            "sock",
        ] {
            fs::create_dir_all(root.join(name)).expect("a folder");
        }
        let (http, imap, lmtp) = (free_port(), free_port(), free_port());
        fs::write(root.join("imapd.conf"), imapd_conf(root)).expect("a configuration");
        let services = cyrus_conf(root, http, imap, lmtp);
        fs::write(root.join("cyrus.conf"), services).expect("a configuration");
        for user in ["admin"].iter().chain(users) {
            set_password(root, user);
        }
        run(Command::new("chown").args(["-R", "cyrus:mail"]).arg(root));
        let log = fs::File::create(root.join("log")).expect("a log");
        let mut command = Command::new("setpriv");
        command
            .args([
                "--reuid=cyrus",
                "--regid=mail",
                "--init-groups",
                "--pdeathsig",
                "TERM",
            ])
            .args(["/usr/lib/cyrus/bin/master", "-D", "-C"])
            .arg(root.join("imapd.conf"))
            .arg("-M")
            .arg(root.join("cyrus.conf"))
            .arg("-p")
            .arg(root.join("run/master.pid"))
            .current_dir(root)
            .stdout(Stdio::null())
            .stderr(log);
        let mut process = Process::start("Cyrus", &mut command, ADVICE);
        let said = || {
            format!(
                "{}; {ADVICE}",
                fs::read_to_string(root.join("log")).unwrap_or_default()
            )
        };
        process.wait_for(imap, said);
        process.wait_for(http, said);
        // Without a mailbox every DAV request is answered by 500.
        let mailboxes: Vec<String> = users
            .iter()
            .map(|user| format!("CREATE user/{user}"))
            .collect();
        as_admin(imap, &mailboxes);
        let cyrus = Self {
            port: http,
            imap,
            lmtp,
            _process: process,
            folder,
        };
        for user in users {
            let home = format!("/dav/calendars/user/{user}/");
            // The first look makes the default calendar and the in- and outbox.
            let reply = cyrus.request("PROPFIND", &home, user, &["Depth: 1"], "");
            assert_eq!(
                reply.status, 207,
                "Cyrus makes the calendars of {user}: {}",
                reply.text
            );
        }
        cyrus
    }

    /// Gives `reader` these rights (RFC 4314, and `9` to see when somebody is busy) over a calendar of `owner`: `lrs9`
    /// to read it, `""` to take them away. Cyrus gives it a place in the reader's home and does not list it there.
    pub fn share(&self, owner: &str, calendar: &str, rights: &str, reader: &str) {
        let line = format!("SETACL \"user/{owner}/#calendars/{calendar}\" {reader} {rights}");
        as_admin(self.imap, &[line]);
    }

    /// From now on what comes to this user by mail and speaks of meetings goes into their calendar (RFC 6047), by a script of
    /// theirs (RFC 5228) as their own program would leave one.
    ///
    /// # Panics
    /// When the script is not taken.
    pub fn takes_invitations(&self, user: &str) {
        let root = self.folder.path();
        let conf = root.join("imapd.conf");
        // Where it keeps a user's scripts it names itself.
        let found = Command::new("setpriv")
            .args(["--reuid=cyrus", "--regid=mail", "--init-groups"])
            .args(["/usr/lib/cyrus/bin/mbpath", "-S", "-C"])
            .arg(&conf)
            .arg(format!("user/{user}"))
            .output()
            .unwrap_or_else(|error| panic!("mbpath does not start ({error}); {ADVICE}"));
        let home = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        assert!(home.starts_with('/'), "no place for scripts: {found:?}");
        let home = Path::new(&home);
        fs::create_dir_all(home).expect("a folder for a script");
        let script = root.join("invitations.script");
        fs::write(&script, INVITATIONS).expect("a script");
        run(Command::new("/usr/lib/cyrus/bin/sievec")
            .arg("-C")
            .arg(&conf)
            .arg(&script)
            .arg(home.join("invitations.bc")));
        // The script that is in force is the one that this leads to.
        symlink("invitations.bc", home.join("defaultbc")).expect("a link");
        run(Command::new("chown")
            .args(["-R", "cyrus:mail"])
            .arg(root.join("sieve")));
    }

    /// Delivers a mail to this user (RFC 2033): the bytes, as a mail server had taken them.
    ///
    /// # Panics
    /// When it is not taken.
    pub fn deliver(&self, user: &str, mail: &str) {
        let stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.lmtp)).expect("Cyrus takes mail");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a time limit");
        let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
        let mut writer = stream;
        let mut say = |text: &str, code: &str| {
            writer.write_all(text.as_bytes()).expect("Cyrus listens");
            loop {
                let mut answer = String::new();
                let count = reader.read_line(&mut answer).expect("Cyrus answers");
                let said = text.lines().next().unwrap_or_default();
                assert!(count > 0, "Cyrus closed the connection at {said}");
                assert!(answer.starts_with(code), "{said}: {answer}");
                // A hyphen says that there is more (RFC 5321 §4.2.1).
                if answer.as_bytes().get(3) != Some(&b'-') {
                    return;
                }
            }
        };
        say("", "220");
        say("LHLO localhost\r\n", "250");
        say("MAIL FROM:<steadfast@example.org>\r\n", "250");
        say(&format!("RCPT TO:<{user}>\r\n"), "250");
        say("DATA\r\n", "354");
        let mut content = String::new();
        for line in mail.lines() {
            if line.starts_with('.') {
                content.push('.');
            }
            content.push_str(line);
            content.push_str("\r\n");
        }
        content.push_str(".\r\n");
        say(&content, "250");
        say("QUIT\r\n", "221");
    }
}

/// What it does is Cyrus' own.
const INVITATIONS: &str = "require [\"vnd.cyrus.imip\"];\nprocessimip;\n";

fn imapd_conf(root: &Path) -> String {
    let root = root.display();
    // `tzdist` is left out of the modules: it wants compiled zone files and the service would not start without.
    // A negative historical age: otherwise meetings that ended a week ago are silently not scheduled.
    format!(
        "configdirectory: {root}/lib\nproc_path: {root}/run/proc\nmboxname_lockpath: {root}/run/lock\n\
         defaultpartition: default\npartition-default: {root}/spool\nsievedir: {root}/sieve\n\
         unixhierarchysep: yes\naltnamespace: no\nvirtdomains: off\nadmins: admin\nservername: localhost\n\
         defaultdomain: example.org\ncalendar_user_address_set: example.org\nallowplaintext: yes\n\
         sasl_pwcheck_method: auxprop\nsasl_auxprop_plugin: sasldb\nsasl_sasldb_path: {root}/sasldb2\n\
         sasl_mech_list: PLAIN LOGIN\nhttpmodules: caldav freebusy\ncaldav_allowscheduling: on\n\
         caldav_historical_age: -1\ncaldav_realm: cyrus\nlmtpsocket: {root}/sock/lmtp\n\
         idlesocket: {root}/sock/idle\nnotifysocket: {root}/sock/notify\n\
         sieve_extensions: fileinto reject envelope body variables imap4flags mailbox vnd.cyrus.imip\n"
    )
}

fn cyrus_conf(root: &Path, http: u16, imap: u16, lmtp: u16) -> String {
    let root = root.display();
    format!(
        "START {{\n  recover cmd=\"/usr/lib/cyrus/bin/ctl_cyrusdb -C {root}/imapd.conf -r\"\n}}\n\
         SERVICES {{\n  http cmd=\"httpd -C {root}/imapd.conf -U 30\" listen=\"127.0.0.1:{http}\" prefork=1 maxchild=20\n  \
         imap cmd=\"imapd -C {root}/imapd.conf -U 30\" listen=\"127.0.0.1:{imap}\" prefork=0 maxchild=5\n  \
         lmtp cmd=\"lmtpd -C {root}/imapd.conf -a\" listen=\"127.0.0.1:{lmtp}\" prefork=0 maxchild=5\n}}\nEVENTS {{\n}}\n"
    )
}

fn set_password(root: &Path, user: &str) {
    let mut child = Command::new("saslpasswd2")
        .args(["-p", "-c", "-f"])
        .arg(root.join("sasldb2"))
        .args(["-u", "localhost", user])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("saslpasswd2 does not start ({error}); {ADVICE}"));
    let mut input = child.stdin.take().expect("a pipe");
    input
        .write_all(Cyrus::PASSWORD.as_bytes())
        .expect("saslpasswd2 takes a password");
    drop(input);
    let status = child.wait().expect("saslpasswd2 ends");
    assert!(status.success(), "saslpasswd2: {status}");
}

fn run(command: &mut Command) {
    let status = command
        .status()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; {ADVICE}"));
    assert!(status.success(), "{command:?}: {status}; {ADVICE}");
}

/// Says these lines of IMAP (RFC 3501, RFC 4314) as the administrator.
fn as_admin(port: u16, lines: &[String]) {
    let stream =
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("Cyrus takes IMAP connections");
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a time limit");
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut writer = stream;
    let mut say = |tag: &str, line: &str| {
        writer
            .write_all(format!("{tag} {line}\r\n").as_bytes())
            .expect("Cyrus takes a command");
        loop {
            let mut answer = String::new();
            let count = reader.read_line(&mut answer).expect("Cyrus answers");
            assert!(count > 0, "Cyrus closed the connection at {line}");
            if let Some(result) = answer.strip_prefix(tag) {
                assert!(result.trim_start().starts_with("OK"), "{line}: {answer}");
                return;
            }
        }
    };
    say("a", &format!("LOGIN admin {}", Cyrus::PASSWORD));
    for line in lines {
        say("b", line);
    }
    say("c", "LOGOUT");
}
