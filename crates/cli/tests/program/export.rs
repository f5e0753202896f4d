//! `export`.

use crate::running::{CALENDAR, Running, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn everything_about_somebody_is_written_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    server.hand_in(&maya, CALENDAR);
    server.end();
    let export = |person: &str, output: &str| {
        let arguments = ["export", "--person", person, "--output", output];
        run(&arguments, folder.path())
    };
    let nobody = export("eve@example.com", "eve.zip");
    assert_eq!(nobody.code, 3, "{}", nobody.err);
    assert!(!at("eve.zip").exists());
    let ran = export("Maya@example.com", "maya");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let page = fs::read_to_string(at("maya/read-me.md")).unwrap();
    assert!(page.contains("Ben Okafor"), "{page}");
    let calendar = fs::read_to_string(at("maya/calendars/handed-in.ics")).unwrap();
    assert!(calendar.contains("UID:maya-ben@example.com"), "{calendar}");
    for (name, mode) in [("maya", 0o700), ("maya/kept.json", 0o600)] {
        let found = fs::metadata(at(name)).unwrap().permissions().mode();
        assert_eq!(found & 0o777, mode, "{name}");
    }
    assert_eq!(export("maya@example.com", "maya").code, 5, "it is there");
    let ran = export("maya@example.com", "maya.zip");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(fs::read(at("maya.zip")).unwrap().starts_with(b"PK"));
}
