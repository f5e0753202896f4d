//! What the user named, and which kind of source that is.

use crate::error::SourceError;
use std::path::{Path, PathBuf};
use url::Url;

/// Where calendars are to be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input: a calendar, or a `.tgz` of them.
    Stdin,
    /// A file or directory; what it is, its first bytes tell, not its name.
    Path(PathBuf),
    /// A feed or a CalDAV collection, home or principal; the server's answers tell which.
    Web(Url),
    /// A directory of successive snapshots.
    History(PathBuf),
    /// The commits of a git repository that touched a path.
    Git {
        /// The repository: its work tree, its `.git` or a bare one.
        repository: PathBuf,
        /// A file, or a directory of `<owner>.ics`; empty for the root.
        path: String,
    },
}

impl Source {
    /// The source that `text` names: `-`, a URL (`http`, `https`, `webcal`, `webcals`), or else a path.
    ///
    /// # Errors
    /// A URL that cannot be understood, or of another scheme.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        if text == "-" {
            return Ok(Self::Stdin);
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Ok(Self::Path(PathBuf::from(text)));
        };
        let target = match scheme.to_ascii_lowercase().as_str() {
            "http" => format!("http://{rest}"),
            // `webcal` says only "subscribe to this"; a secret address must not travel in the clear.
            "https" | "webcal" | "webcals" => format!("https://{rest}"),
            _ => {
                return Err(SourceError::BadAddress {
                    address: format!("{scheme}://…"),
                    reason: "only http and https are read".to_owned(),
                });
            }
        };
        let url = Url::parse(&target).map_err(|error| SourceError::BadAddress {
            address: format!("{scheme}://…"),
            reason: error.to_string(),
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(SourceError::BadAddress {
                address: crate::web::shown::address(&url),
                reason: "it holds a user name; give that with --user".to_owned(),
            });
        }
        Ok(Self::Web(url))
    }

    /// The history that `REPO[:PATH]` names. The longest part before a `:` that exists is the repository.
    pub fn git(text: &str) -> Self {
        if !Path::new(text).exists() {
            for (at, _) in text.rmatch_indices(':') {
                let (repository, path) = (&text[..at], &text[at + 1..]);
                if Path::new(repository).exists() {
                    return Self::Git {
                        repository: PathBuf::from(repository),
                        path: path.trim_matches('/').to_owned(),
                    };
                }
            }
        }
        Self::Git {
            repository: PathBuf::from(text),
            path: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_decides_the_kind_of_source() {
        fn check(text: &str, expected: &Source) {
            assert_eq!(&Source::parse(text).expect("a source"), expected, "{text}");
        }
        let web = |url: &str| Source::Web(Url::parse(url).expect("a URL"));
        check("-", &Source::Stdin);
        check("maya.ics", &Source::Path("maya.ics".into()));
        check("a:b.ics", &Source::Path("a:b.ics".into()));
        check(
            "https://example.com/a.ics",
            &web("https://example.com/a.ics"),
        );
        check("http://example.com/a.ics", &web("http://example.com/a.ics"));
        check(
            "webcal://example.com/a.ics",
            &web("https://example.com/a.ics"),
        );
        check(
            "WebCal://example.com/a.ics",
            &web("https://example.com/a.ics"),
        );
    }

    #[test]
    fn other_schemes_and_passwords_in_addresses_are_refused_without_repeating_them() {
        for text in [
            "ftp://secret.example/a",
            "file:///etc/passwd",
            "https://",
            "https://maya:hunter2@example.com/",
        ] {
            let error = Source::parse(text).expect_err(text);
            let said = format!("{error} {error:?} {}", error.hint());
            assert!(!said.contains("hunter2"), "{said}");
        }
    }

    #[test]
    fn a_git_source_is_split_at_the_colon_behind_the_repository() {
        let here = tempfile::tempdir().expect("a folder");
        let root = here.path().to_str().expect("text");
        let git = |repository: &str, path: &str| Source::Git {
            repository: repository.into(),
            path: path.into(),
        };
        assert_eq!(Source::git(root), git(root, ""));
        assert_eq!(
            Source::git(&format!("{root}:cal/a.ics")),
            git(root, "cal/a.ics")
        );
        assert_eq!(Source::git(&format!("{root}:cal/")), git(root, "cal"));
        assert_eq!(
            Source::git(&format!("{root}:odd:name.ics")),
            git(root, "odd:name.ics")
        );
        assert_eq!(Source::git("/nowhere:x"), git("/nowhere:x", ""));
    }
}
