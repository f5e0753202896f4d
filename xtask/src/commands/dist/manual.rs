//! The manual page: the program's own help, command by command, so that it cannot say anything else.

use super::Release;
use crate::failure::Done;
use crate::process::{program, text_of};

/// `steadfast(1)` in roff.
pub(super) fn page(release: &Release) -> Done<Vec<u8>> {
    let main = help(release, &[])?;
    let mut page = format!(
        ".TH STEADFAST 1 \"\" \"steadfast {}\"\n.SH NAME\nsteadfast \\- keeps one\\-on\\-ones\n.SH SYNOPSIS\n{}",
        release.version,
        as_is(&main)
    );
    for command in commands_in(&main) {
        page.push_str(&format!(
            ".SH {}\n{}",
            command.to_uppercase(),
            as_is(&help(release, &[command])?)
        ));
    }
    Ok(page.into_bytes())
}

fn help(release: &Release, command: &[&str]) -> Done<String> {
    let mut ask = program(&release.program, &release.folder);
    text_of(
        ask.args(command).arg("--help"),
        "`steadfast COMMAND --help` has to work",
    )
}

/// Names listed under "Commands:" in a help text.
fn commands_in(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        // Continuation lines are set in further than names.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

/// Text set as it is, with roff's own characters made harmless.
fn as_is(text: &str) -> String {
    let mut set = String::from(".nf\n");
    for line in text.lines() {
        let escaped = line.replace('\\', "\\e").replace('-', "\\-");
        if escaped.starts_with(['.', '\'']) {
            set.push_str("\\&");
        }
        set.push_str(&escaped);
        set.push('\n');
    }
    set.push_str(".fi\n");
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_from_the_help() {
        let help = "Keeps 1:1s\n\nCommands:\n  audit        What became of them\n               and more\n  rules        What counts\n  help         This\n\nOptions:\n  -h\n";
        assert_eq!(commands_in(help), ["audit", "rules"]);
    }

    #[test]
    fn no_line_of_text_becomes_a_request_to_roff() {
        assert_eq!(
            as_is(".ics\n'a' \\ -x\n"),
            ".nf\n\\&.ics\n\\&'a' \\e \\-x\n.fi\n"
        );
    }
}
