//! Which files are packed, and where they lie.

use super::{Release, manual};
use crate::failure::{Done, at};
use crate::process::{output_of, program};
use crate::workspace::root;
use std::path::{Path, PathBuf};

const SERVICE: &str = "packaging/steadfast.service";
const SETTINGS: &str = "packaging/steadfast.toml";

/// A folder to be unpacked anywhere.
pub(super) fn portable(release: &Release, folder: &Path) -> Done {
    copy(&release.program, &folder.join("steadfast"))?;
    for name in ["LICENSE", "README.md", "CHANGELOG.md"] {
        copy(&root().join(name), &folder.join(name))?;
    }
    for name in ["docs/operate.md", SERVICE, SETTINGS] {
        copy(&root().join(name), &folder.join(name))?;
    }
    write(&folder.join("steadfast.1"), &manual::page(release)?)?;
    for shell in Shell::ALL {
        write(
            &folder.join("completions").join(shell.file()),
            &shell.completions(release)?,
        )?;
    }
    copy_all(&root().join("examples"), &folder.join("examples"))
}

/// The file system of a Debian package below `folder`.
pub(super) fn debian(release: &Release, folder: &Path) -> Done {
    let doc = folder.join("usr/share/doc/steadfast");
    copy(&release.program, &folder.join("usr/bin/steadfast"))?;
    copy(&root().join("README.md"), &doc.join("README.md"))?;
    copy(&root().join("CHANGELOG.md"), &doc.join("changelog"))?;
    copy(&root().join("docs/operate.md"), &doc.join("operate.md"))?;
    write(&doc.join("copyright"), COPYRIGHT.as_bytes())?;
    let service = "usr/lib/systemd/system/steadfast.service";
    copy(&root().join(SERVICE), &folder.join(service))?;
    let settings = folder.join(&SETTINGS_IN_DEBIAN[1..]);
    copy(&root().join(SETTINGS), &settings)?;
    // A token may stand there.
    permit(&settings, 0o640)?;
    write(
        &folder.join("usr/share/man/man1/steadfast.1"),
        &manual::page(release)?,
    )?;
    for shell in Shell::ALL {
        write(
            &folder.join("usr/share").join(shell.in_debian()),
            &shell.completions(release)?,
        )?;
    }
    for text in [
        doc.join("changelog"),
        folder.join("usr/share/man/man1/steadfast.1"),
    ] {
        // Debian keeps these compressed; without name and time the bytes stay the same.
        crate::process::run(
            program("gzip", folder).arg("-9n").arg(&text),
            "gzip is needed",
        )?;
    }
    copy_all(&root().join("examples"), &doc.join("examples"))
}

/// Where the settings lie on a Debian machine: whoever installs a newer version keeps their own.
pub(super) const SETTINGS_IN_DEBIAN: &str = "/etc/steadfast/steadfast.toml";

/// What dpkg does beside unpacking, below `folder`.
pub(super) fn control(folder: &Path) -> Done {
    write(
        &folder.join("conffiles"),
        format!("{SETTINGS_IN_DEBIAN}\n").as_bytes(),
    )?;
    for script in ["postinst", "prerm"] {
        let there = folder.join(script);
        copy(&root().join("packaging").join(script), &there)?;
        permit(&there, 0o755)?;
    }
    Ok(())
}

/// Debian's form of saying whose it is; the licence itself is on every Debian machine.
const COPYRIGHT: &str = "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: steadfast

Files: *
Copyright: the Steadfast authors
License: Apache-2.0
 The full text is in /usr/share/common-licenses/Apache-2.0.
";

/// A shell for which there are completions.
enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    const ALL: [Self; 3] = [Self::Bash, Self::Zsh, Self::Fish];

    fn name(&self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// The file's name in the tarball.
    fn file(&self) -> &'static str {
        match self {
            Self::Bash => "steadfast.bash",
            Self::Zsh => "_steadfast",
            Self::Fish => "steadfast.fish",
        }
    }

    /// Where Debian's shells look, below /usr/share.
    fn in_debian(&self) -> PathBuf {
        match self {
            Self::Bash => "bash-completion/completions/steadfast".into(),
            Self::Zsh => "zsh/vendor-completions/_steadfast".into(),
            Self::Fish => "fish/vendor_completions.d/steadfast.fish".into(),
        }
    }

    fn completions(&self, release: &Release) -> Done<Vec<u8>> {
        let mut ask = program(&release.program, &release.folder);
        output_of(
            ask.args(["completions", self.name()]),
            "`steadfast completions SHELL` has to work",
        )
    }
}

fn copy_all(from: &Path, to: &Path) -> Done {
    let Ok(entries) = std::fs::read_dir(from) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.map_err(at(from))?;
        let (here, there) = (entry.path(), to.join(entry.file_name()));
        if here.is_dir() {
            copy_all(&here, &there)?;
        } else {
            copy(&here, &there)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Done {
    make_room(to)?;
    std::fs::copy(from, to).map(drop).map_err(at(from))
}

fn write(to: &Path, bytes: &[u8]) -> Done {
    make_room(to)?;
    std::fs::write(to, bytes).map_err(at(to))
}

fn permit(file: &Path, mode: u32) -> Done {
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(file, permissions).map_err(at(file))
}

fn make_room(to: &Path) -> Done {
    let folder = to.parent().unwrap_or(to);
    std::fs::create_dir_all(folder).map_err(at(folder))
}
