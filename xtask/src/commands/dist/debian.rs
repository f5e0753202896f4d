//! The Debian package.

use super::{Release, remade, runs, tree};
use crate::failure::{Done, Failure, at};
use crate::install::is_root;
use crate::process::{is_on_path, program, run_as_talk, text_of};
use std::path::{Path, PathBuf};

/// Builds `dist/steadfast_VERSION_ARCHITECTURE.deb`.
pub(super) fn package(release: &Release) -> Done<PathBuf> {
    if !is_on_path("dpkg-deb") {
        return Err(Failure::new(
            "dpkg-deb is not here",
            "run this on a Debian machine, or install dpkg",
        ));
    }
    let staged = release.folder.join("debian");
    tree::debian(release, &staged)?;
    let control = staged.join("DEBIAN");
    std::fs::create_dir_all(&control).map_err(at(&control))?;
    let architecture = architecture(release)?;
    let file = control.join("control");
    let bytes = std::fs::read(&release.program).map_err(at(&release.program))?;
    std::fs::write(&file, control_of(release, &architecture, &bytes)).map_err(at(&file))?;
    tree::control(&control)?;
    let deb = release
        .folder
        .join(format!("steadfast_{}_{architecture}.deb", release.version));
    let mut pack = program("dpkg-deb", &release.folder);
    pack.env("SOURCE_DATE_EPOCH", &release.moment)
        .args(["--root-owner-group", "-Zxz", "--build"])
        .arg(&staged)
        .arg(&deb);
    run_as_talk(&mut pack, "see what dpkg-deb says above")?;
    std::fs::remove_dir_all(&staged).map_err(at(&staged))?;
    Ok(deb)
}

fn architecture(release: &Release) -> Done<String> {
    let said = text_of(
        program("dpkg", &release.folder).arg("--print-architecture"),
        "install dpkg",
    )?;
    Ok(said.trim().to_owned())
}

fn control_of(release: &Release, architecture: &str, program: &[u8]) -> String {
    let libc = match needed_glibc(program) {
        Some((major, minor)) => format!("libc6 (>= {major}.{minor})"),
        None => "libc6".to_owned(),
    };
    format!(
        "Package: steadfast\nVersion: {}\nArchitecture: {architecture}\nMaintainer: Steadfast <steadfast@localhost>\n\
         Section: utils\nPriority: optional\nDepends: {libc}, libgcc-s1\n\
         Description: keeps one-on-ones\n Tells from calendars what became of every promised 1:1 between a manager\n \
         and each report, how that reads from the other side, and how sure that is.\n",
        release.version
    )
}

/// The newest version of the C library that the program asks for: the largest `GLIBC_2.x` among its symbols.
fn needed_glibc(program: &[u8]) -> Option<(u32, u32)> {
    const MARK: &[u8] = b"GLIBC_";
    program
        .windows(MARK.len() + 8)
        .filter(|window| window.starts_with(MARK))
        .filter_map(|window| version(&window[MARK.len()..]))
        .max()
}

/// `2.34` and a byte that ends it.
fn version(bytes: &[u8]) -> Option<(u32, u32)> {
    let end = bytes
        .iter()
        .position(|byte| !byte.is_ascii_digit() && *byte != b'.')?;
    let text = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut numbers = text.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Installs the package into an empty root, runs it there, removes it, and sees that nothing is left.
pub(super) fn check(release: &Release, deb: &Path) -> Done {
    let image = release.folder.join("root");
    if !is_root()? {
        // Only root may give files to root, which is what installing does; unpacked they run all the same.
        remade(&image)?;
        let mut unpack = program("dpkg-deb", &release.folder);
        run_as_talk(
            unpack.arg("--extract").arg(deb).arg(&image),
            "the package is broken",
        )?;
        runs(&image.join("usr/bin/steadfast"), release)?;
        return std::fs::remove_dir_all(&image).map_err(at(&image));
    }
    let state = image.join("var/lib/dpkg");
    remade(&image)?;
    for folder in ["info", "updates", "triggers"] {
        let folder = state.join(folder);
        std::fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    for file in ["status", "available"] {
        let file = state.join(file);
        std::fs::write(&file, "").map_err(at(&file))?;
    }
    dpkg(release, &image, &["--install"], Some(deb))?;
    let installed = image.join("usr/bin/steadfast");
    runs(&installed, release)?;
    service(release, &image)?;
    dpkg(release, &image, &["--purge", "steadfast"], None)?;
    if image.join("usr").exists() {
        return Err(Failure::new(
            "removing the package leaves files in usr/",
            "see dist/root",
        ));
    }
    std::fs::remove_dir_all(&image).map_err(at(&image))
}

/// That the service manager understands the installed unit, where there is one to ask.
fn service(release: &Release, image: &Path) -> Done {
    if !is_on_path("systemd-analyze") {
        return Ok(());
    }
    let installed = image.join("usr/lib/systemd/system/steadfast.service");
    let text = std::fs::read_to_string(&installed).map_err(at(&installed))?;
    // It looks for the program on this machine, where it is not installed.
    let here = release.program.display().to_string();
    let scratch = release.folder.join("steadfast.service");
    std::fs::write(&scratch, text.replace("/usr/bin/steadfast", &here)).map_err(at(&scratch))?;
    let mut verify = program("systemd-analyze", &release.folder);
    verify.args(["verify", "--man=no"]).arg(&scratch);
    run_as_talk(
        &mut verify,
        "packaging/steadfast.service is not as it should be",
    )?;
    std::fs::remove_file(&scratch).map_err(at(&scratch))
}

fn dpkg(release: &Release, image: &Path, action: &[&str], file: Option<&Path>) -> Done {
    let mut dpkg = program("dpkg", &release.folder);
    // An empty root has no C library to depend on.
    // Nor a shell: the package's scripts run outside of it, and are told so.
    dpkg.args([
        "--force-depends",
        "--force-script-chrootless",
        "--log=/dev/null",
        "--root",
    ])
    .arg(image)
    .args(action)
    .args(file);
    run_as_talk(
        &mut dpkg,
        "the package does not install cleanly; see what dpkg says above",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_c_library_asked_for_is_found_as_a_number() {
        let program = b"\0GLIBC_2.2.5\0GLIBC_2.34\0xxGLIBC_2.4\0padding";
        assert_eq!(needed_glibc(program), Some((2, 34)));
        assert_eq!(needed_glibc(b"no such mark here at all"), None);
    }
}
