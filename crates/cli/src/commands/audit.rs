//! `steadfast audit`: the main job, without any set-up.

use crate::{
    error::{CommandError, Kind, reading},
    intake::IntoAudit,
    output,
    progress::Progress,
};
use clap::{Args, ValueEnum};
use jiff::{civil::Date, tz::TimeZone};
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};
use steadfast_app::{
    audit::{
        self, FileError, Once, Options, answers_file, class_file, org_file, stands_for_an_address,
    },
    report::{self, Listed, Report, TextStyle},
};
use steadfast_calendar::Instant;
use steadfast_connect::{Options as SourceOptions, Secret, Source};

/// What happened to your 1:1s, from a calendar you already have.
///
/// Reads an export (.ics, .zip, .tgz, a folder of them), an https:// feed, a CalDAV address, or - for stdin. Nothing
/// is sent anywhere.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Calendars: files, archives, folders, feeds, CalDAV addresses, - for stdin.
    #[arg(required_unless_present_any = ["history", "git"])]
    source: Vec<String>,
    /// A folder of successive snapshots named by their UTC moment (20260302T081500Z).
    #[arg(long, value_name = "DIR")]
    history: Option<PathBuf>,
    /// The same from the commits of a git repository that touched PATH.
    #[arg(long, value_name = "REPO[:PATH]")]
    git: Option<String>,
    /// Your address; repeat for your other addresses.
    #[arg(long, value_name = "ADDR")]
    me: Vec<String>,
    /// Who reports to whom: email,name,manager,from,to,aliases,kind,time_zone. Only email is required.
    ///
    /// The first line names the columns; days are written 2026-08-01, several aliases have a space or ; between them. kind is
    /// person (also where it is empty), delegate (somebody who acts for their manager), room or bot.
    #[arg(long, value_name = "FILE.csv")]
    org: Option<PathBuf>,
    /// Addresses of the people you manage.
    #[arg(long, value_name = "ADDR,…", value_delimiter = ',')]
    reports: Vec<String>,
    /// Address of your own manager.
    #[arg(long, value_name = "ADDR")]
    manager: Option<String>,
    /// First day to print; 26 weeks before the last by default.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Last day to print; today by default.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Time zone to show; the calendar's own by default.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    tz: Option<TimeZone>,
    /// Audit as if it were this moment (2026-11-22T08:00:00Z).
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<Instant>,
    /// What people said about single 1:1s: report,date,says.
    ///
    /// report is the address of who reports, date the day of the promise. says is the report's word: asked, agreed, held,
    /// no_manager, no_me or not_held; or the manager's: manager_agreed or manager_held.
    #[arg(long, value_name = "FILE.csv")]
    answers: Option<PathBuf>,
    /// Your own classes for meetings: contains,class.
    ///
    /// The first line whose text a title contains decides. class is leadership, customer, daily, status, team, personal,
    /// leave or other.
    #[arg(long, value_name = "FILE.csv")]
    classes: Option<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file instead of stdout.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// User name for a feed or CalDAV server; the password is asked for, or taken from STEADFAST_PASSWORD.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Allow addresses inside this machine or network.
    #[arg(long)]
    allow_private: bool,
    /// Trust the certificates in this PEM file instead of the machine's own.
    #[arg(long, value_name = "FILE.pem")]
    trust: Option<PathBuf>,
    /// List every oddity of the input on stderr.
    #[arg(long, short)]
    verbose: bool,
}

/// The shapes of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person at a terminal.
    Text,
    /// steadfast.audit/1.
    Json,
    /// One file for a browser or a sheet of paper.
    Html,
    /// One line per promised 1:1.
    Csv,
}

fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| "use an IANA name such as Europe/Paris".to_owned())
}

fn instant(text: &str) -> Result<Instant, String> {
    text.parse::<jiff::Timestamp>()
        .map(Instant::from)
        .map_err(|_| "write it as 2026-11-22T08:00:00Z".to_owned())
}

impl Audit {
    pub(super) fn run(self) -> Result<(), CommandError> {
        steadfast_heap::give_back_large_pieces();
        self.refuse_nonsense()?;
        let sources = self.sources()?;
        let mut audit = audit::Audit::new(self.options(&sources)?);
        let progress = Progress::new();
        let source_options = self.source_options(&sources)?;
        let mut errors = Vec::new();
        for source in &sources {
            audit.source();
            let mut intake = IntoAudit {
                audit: &mut audit,
                progress: &progress,
            };
            if let Err(error) = steadfast_connect::read(source, &source_options, &mut intake) {
                errors.push(CommandError::from(error));
            }
        }
        progress.done();
        if !audit.has_calendars() {
            return Err(errors.into_iter().next().unwrap_or_else(no_calendar));
        }
        let (report, written) = audit.finish_into(|report, listed| {
            self.oddities(report);
            self.write(report, listed)
        });
        // The process ends here; giving back a million occurrences one by one would take longer.
        std::mem::forget(report);
        written?;
        match errors.into_iter().next() {
            // Several sources, some of which gave nothing: the rest is reported.
            Some(error) => Err(CommandError {
                kind: Kind::Reach,
                ..error
            }),
            None => Ok(()),
        }
    }

    /// What would destroy input or can print nothing.
    fn refuse_nonsense(&self) -> Result<(), CommandError> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(CommandError::new(
                Kind::Usage,
                format!("--from {from} is after --to {to}"),
                "swap the two",
            ));
        }
        let real = |path: &Path| path.canonicalize().ok();
        let Some(output) = self.output.as_deref().and_then(real) else {
            return Ok(());
        };
        let files = [&self.org, &self.answers, &self.classes, &self.history];
        let named = files.into_iter().flatten().map(PathBuf::as_path);
        let mut inputs = named.chain(self.source.iter().map(Path::new));
        match inputs.find(|input| real(input).as_ref() == Some(&output)) {
            Some(input) => Err(CommandError::new(
                Kind::Usage,
                format!("--output would overwrite {}", input.display()),
                "name another file",
            )),
            None => Ok(()),
        }
    }

    fn sources(&self) -> Result<Vec<Source>, CommandError> {
        let mut sources = Vec::new();
        for text in &self.source {
            sources.push(Source::parse(text)?);
        }
        sources.extend(self.history.clone().map(Source::History));
        sources.extend(self.git.as_deref().map(Source::git));
        let looks_back = self.history.is_some() || self.git.is_some();
        if looks_back && sources.len() > 1 {
            return Err(CommandError::new(
                Kind::Usage,
                "a history is audited alone",
                "give either --history, or --git, or sources of one moment",
            ));
        }
        Ok(sources)
    }

    /// The command that an audit suggests, run as it was printed, would invent people.
    fn no_placeholder(&self) -> Result<(), CommandError> {
        let mut addresses = self.reports.iter().chain(&self.manager).chain(&self.me);
        match addresses.find(|word| stands_for_an_address(word)) {
            Some(word) => Err(CommandError::new(
                Kind::Usage,
                format!("{word} stands for an address"),
                "write the address in its place, or leave it out",
            )),
            None => Ok(()),
        }
    }

    fn options(&self, sources: &[Source]) -> Result<Options, CommandError> {
        self.no_placeholder()?;
        let org = self.org.as_deref().map(|p| parsed(p, org_file::parse));
        let answers = self
            .answers
            .as_deref()
            .map(|p| parsed(p, answers_file::parse));
        let classes = self
            .classes
            .as_deref()
            .map(|p| parsed(p, class_file::parse));
        Ok(Options {
            me: self.me.clone(),
            org: org.transpose()?,
            known: Vec::new(),
            reports: self.reports.clone(),
            manager: self.manager.clone(),
            from: self.from,
            to: self.to,
            zone: self.tz.clone(),
            now_was_given: self.now.is_some(),
            now: self.now.unwrap_or_else(now),
            answers: answers.transpose()?.unwrap_or_default(),
            agreed: Vec::new(),
            recorded: Vec::new(),
            settled: Vec::new(),
            class_rules: classes.transpose()?.unwrap_or_default(),
            once: Once::Usual,
            with_hops: false,
            is_watched: false,
            is_fetched: sources.iter().any(|s| matches!(s, Source::Web(_))),
            source_words: self.source_words(),
        })
    }

    /// The sources as the user would write them again.
    fn source_words(&self) -> String {
        let history = self
            .history
            .iter()
            .map(|p| format!("--history {}", quoted(&p.to_string_lossy())));
        let git = self.git.iter().map(|g| format!("--git {}", quoted(g)));
        let plain = self.source.iter().map(|s| quoted(s));
        plain
            .chain(history)
            .chain(git)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn source_options(&self, sources: &[Source]) -> Result<SourceOptions, CommandError> {
        let asks = sources.iter().any(|s| matches!(s, Source::Web(_)));
        let password = match (&self.user, asks) {
            (Some(user), true) => Some(password(user)?),
            _ => None,
        };
        Ok(SourceOptions {
            user: self.user.clone(),
            password,
            allow_private: self.allow_private,
            trusted_certificates: self.trust.clone(),
            ..SourceOptions::default()
        })
    }

    /// For programs each 1:1 is written and let go; what is for people says something of all of them before.
    fn write(&self, report: &Report, listed: Listed<'_>) -> Result<(), CommandError> {
        output::write(self.output.as_deref(), |out| match self.format {
            Format::Text => {
                out.write_all(report::text(&listed.within(report), &self.style()).as_bytes())
            }
            Format::Json => report::json_of(report, listed, out),
            Format::Html => out.write_all(report::html(&listed.within(report)).as_bytes()),
            Format::Csv => report::csv_of(report, listed.pairs, out),
        })
    }

    fn style(&self) -> TextStyle {
        let terminal = self.output.is_none() && io::stdout().is_terminal();
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .is_none_or(|value| value.to_lowercase().replace('-', "").contains("utf8"));
        TextStyle {
            width: width.filter(|_| terminal).unwrap_or(100).clamp(40, 120),
            colour: terminal && std::env::var_os("NO_COLOR").is_none(),
            // A file is read later by who knows what, but by no terminal that cannot show it.
            unicode: utf8 || !terminal,
        }
    }

    #[expect(clippy::print_stderr, reason = "stderr is talk")]
    fn oddities(&self, report: &Report) {
        if self.verbose {
            for warning in &report.warnings {
                eprintln!("{}: {} ({})", warning.place, warning.message, warning.code);
            }
        }
    }
}

fn no_calendar() -> CommandError {
    CommandError::new(
        Kind::Input,
        "no calendar was found",
        "give an .ics file, or the .zip your calendar's export made",
    )
}

fn parsed<T>(path: &Path, parse: fn(&str) -> Result<T, FileError>) -> Result<T, CommandError> {
    let bytes = std::fs::read(path).map_err(|error| reading(path, &error))?;
    org_file::text_of(&bytes)
        .and_then(|text| parse(&text))
        .map_err(|error| {
            CommandError::new(
                Kind::Input,
                format!("{}, {error}", path.display()),
                error.hint.clone(),
            )
        })
}

/// As a shell would take it back.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@+,=".contains(c);
    if text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

fn password(user: &str) -> Result<Secret, CommandError> {
    if let Ok(password) = std::env::var("STEADFAST_PASSWORD") {
        return Ok(Secret::new(password));
    }
    rpassword::prompt_password(format!("Password of {user}: "))
        .map(Secret::new)
        .map_err(|_| {
            CommandError::new(
                Kind::Usage,
                format!("no password for {user}"),
                "put it into STEADFAST_PASSWORD, or run this at a terminal and be asked",
            )
        })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the composition root is where the clock is read, and only without --now"
)]
fn now() -> Instant {
    jiff::Timestamp::now().into()
}
