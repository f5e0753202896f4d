//! Debian's packages: which are missing, and installing those.

use crate::failure::{Done, Failure};
use crate::process::{is_on_path, program, run_as_talk, succeeds, text_of};
use crate::workspace::root;

/// Something a chore needs, and the Debian package that has it.
pub(crate) struct Need {
    package: &'static str,
    why: &'static str,
    shown_by: Shown,
}

/// What shows that it is there.
enum Shown {
    /// The package is installed.
    Package,
    /// A program of that name is on the path, wherever it came from.
    Program(&'static str),
    /// Python can import it.
    PythonModule(&'static str),
}

impl Need {
    /// A package, to be installed as such.
    pub(super) const fn package(package: &'static str, why: &'static str) -> Self {
        Self {
            package,
            why,
            shown_by: Shown::Package,
        }
    }

    /// A program, which may as well come from elsewhere.
    pub(super) const fn program(
        program: &'static str,
        package: &'static str,
        why: &'static str,
    ) -> Self {
        Self {
            package,
            why,
            shown_by: Shown::Program(program),
        }
    }

    /// A module of Python's own library that Debian ships apart.
    pub(super) const fn python_module(
        module: &'static str,
        package: &'static str,
        why: &'static str,
    ) -> Self {
        Self {
            package,
            why,
            shown_by: Shown::PythonModule(module),
        }
    }

    fn is_met(&self, installed: &[String]) -> bool {
        match self.shown_by {
            Shown::Package => installed.iter().any(|name| name == self.package),
            Shown::Program(name) => is_on_path(name),
            Shown::PythonModule(name) => {
                succeeds(program("python3", &root()).args(["-c", &format!("import {name}")]))
            }
        }
    }
}

/// Installs what is missing of `needs`, as root or through a sudo that asks nothing.
pub(crate) fn install(needs: &[Need]) -> Done {
    let installed = installed_among(needs);
    let missing: Vec<&Need> = needs
        .iter()
        .filter(|need| !need.is_met(&installed))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let by_hand = format!("apt-get install {}", names.join(" "));
    for need in &missing {
        eprintln!("missing: {} ({})", need.package, need.why);
    }
    if !is_on_path("apt-get") {
        return Err(Failure::new(
            format!(
                "this is no Debian, so these cannot be installed for you: {}",
                names.join(", ")
            ),
            "install them in your system's way; programs are found on the path",
        ));
    }
    apt_get(&["update", "--quiet"], &by_hand)?;
    let mut arguments = vec!["install", "--quiet", "--yes", "--no-install-recommends"];
    arguments.extend(names);
    apt_get(&arguments, &by_hand)
}

/// Which packages are installed; empty where there is no dpkg.
fn installed_among(needs: &[Need]) -> Vec<String> {
    if !is_on_path("dpkg-query") {
        return Vec::new();
    }
    let mut query = program("dpkg-query", &root());
    query.args(["--show", "--showformat", "${db:Status-Abbrev}${Package}\n"]);
    query.args(needs.iter().map(|need| need.package));
    // dpkg-query ends badly, and says so, when it knows one of the names not at all; what it knows it still lists.
    let output = query.stderr(std::process::Stdio::null()).output();
    let listed = output.map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&listed)
        .lines()
        .filter_map(|line| line.strip_prefix("ii "))
        .map(str::to_owned)
        .collect()
}

fn apt_get(arguments: &[&str], by_hand: &str) -> Done {
    let hint = format!("as root: `apt-get update && {by_hand}`, then run the chore again");
    let here = root();
    let mut command = if is_root()? {
        program("apt-get", &here)
    } else if succeeds(program("sudo", &here).args(["-n", "true"])) {
        let mut sudo = program("sudo", &here);
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        return Err(Failure::new(
            "packages are missing, and only root may install them",
            hint,
        ));
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        // Another installation may be running; wait for it rather than fail.
        .args(["-o", "DPkg::Lock::Timeout=300"])
        .args(arguments);
    run_as_talk(&mut command, &hint)
}

/// Whether this process may change the system.
pub(crate) fn is_root() -> Done<bool> {
    let id = text_of(program("id", &root()).arg("-u"), "install coreutils")?;
    Ok(id.trim() == "0")
}
