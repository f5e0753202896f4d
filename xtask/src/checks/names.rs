//! What stands at the root was put there on purpose: a program that took an option for a folder's name leaves one that no
//! shell can name without care.

use super::{Check, Finding};
use crate::workspace;
use std::collections::BTreeSet;

pub(super) const CHECK: Check = Check {
    law: "no file or folder has an option's name",
    hint: "remove it (`git rm -r -- ./NAME`), and let what wrote it refuse such a name",
    find: || Ok(in_names(&workspace::files()?)),
};

fn in_names(names: &[String]) -> Vec<Finding> {
    let options: BTreeSet<&str> = names
        .iter()
        .flat_map(|name| name.split('/'))
        .filter(|part| part.starts_with('-'))
        .collect();
    options
        .into_iter()
        .map(|part| Finding::new(part, "a name that commands read as an option"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_named_like_an_option_is_found_once() {
        let names = ["--help/a", "--help/b", "docs/a-b.md"].map(String::from);
        let found = in_names(&names);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "--help");
    }
}
