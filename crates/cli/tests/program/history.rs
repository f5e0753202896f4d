//! A history that is handed in on the first page: whole, with a hole, and cut short.

use crate::running::{CALENDAR, Running};
use std::io::Read as _;

/// A file of a tar archive.
fn entry(path: &str, text: &str) -> Vec<u8> {
    let mut header = [0_u8; 512];
    let mut put = |at: usize, text: &str| {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    };
    put(0, path);
    put(100, "0000644\0");
    put(124, &format!("{:011o}\0", text.len()));
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut all = header.to_vec();
    all.extend(text.as_bytes());
    all.resize(all.len().next_multiple_of(512), 0);
    all
}

/// Drops it on the first page; gives the answer, and the page that it leads to where it leads to one.
fn hand_in(server: &Running, cookie: &str, archive: &[u8]) -> (String, String) {
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"calendar\"; filename=\"a.tgz\"\r\n\r\n"
            .to_vec();
    flate2::read::GzEncoder::new(archive, flate2::Compression::best())
        .read_to_end(&mut body)
        .unwrap();
    body.extend(b"\r\n--x--\r\n");
    let headers = format!("Cookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\n");
    let answer = server.ask("POST /start HTTP/1.1", &headers, &body);
    let to = answer
        .split_once("location: ")
        .map(|(_, rest)| rest.to_owned());
    let to = to.and_then(|rest| rest.split_once("\r\n").map(|(to, _)| to.to_owned()));
    let page = to.map_or_else(String::new, |to| server.get_as(&to, cookie));
    (answer, page)
}

#[test]
fn a_history_that_is_cut_short_is_refused_whole_and_a_hole_in_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    let long = CALENDAR.replace(
        "SUMMARY:",
        &format!("DESCRIPTION:{}\r\nSUMMARY:", "x".repeat(80 << 20)),
    );
    let two = [
        entry("20260302T081500Z.ics", CALENDAR),
        entry("20260309T081500Z.ics", CALENDAR),
    ]
    .concat();
    let broken = &two[..two.len() - 700];
    // Past what so small an archive may unpack to.
    let too_long = [&two[..], &entry("20260316T081500Z.ics", &long)].concat();
    for archive in [broken, &too_long] {
        let (answer, _) = hand_in(&server, &maya, archive);
        assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
        for said in [
            "could not be read to its end",
            "nothing of it was taken in",
            "the earlier moments first",
        ] {
            assert!(answer.contains(said), "{said} in {answer}");
        }
    }
    // Nothing of it was kept: the same moments can be handed in whole, and one that cannot be read is told.
    let mut holed = two.clone();
    holed.extend(entry("20260316T081500Z.ics", "PK\u{3}\u{4}"));
    holed.extend(entry("20260323T081500Z.ics", CALENDAR));
    holed.extend([0; 1024]);
    let (answer, page) = hand_in(&server, &maya, &holed);
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(page.contains("as last seen of 3 moments"), "{page}");
    assert!(
        page.contains("Of 1 other moment something could not be read"),
        "{page}"
    );
    server.end();
}
