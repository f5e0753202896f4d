//! Writes the made-up reports of the tests into a directory, to be looked at:
//! `cargo run -p steadfast-app --example report_samples -- DIR`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{io, path::Path};
use steadfast_app::report::{Report, TextStyle, csv, html, json, text};

fn main() -> std::io::Result<()> {
    let directory = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "target/report-samples".to_owned());
    let directory = Path::new(&directory);
    std::fs::create_dir_all(directory)?;
    let samples: [(&str, Report); 6] = [
        ("maya", sample::maya()),
        ("ben", sample::ben_reads()),
        ("nasty", sample::nasty()),
        ("crowd", sample::crowd()),
        ("direction", sample::unknown_direction()),
        ("nothing", sample::nothing_found()),
    ];
    for (name, report) in samples {
        let write = |end: &str, content: String| {
            std::fs::write(directory.join(format!("{name}{end}")), content)
        };
        let style = TextStyle {
            width: 100,
            colour: true,
            unicode: true,
        };
        write(".txt", text(&report, &style))?;
        write(
            "-80.txt",
            text(
                &report,
                &TextStyle {
                    width: 80,
                    colour: false,
                    ..style
                },
            ),
        )?;
        write(
            "-ascii.txt",
            text(
                &report,
                &TextStyle {
                    width: 72,
                    colour: false,
                    unicode: false,
                },
            ),
        )?;
        write(".html", html(&report))?;
        write(".json", streamed(|out| json(&report, out))?)?;
        write(".csv", streamed(|out| csv(&report, out))?)?;
    }
    Ok(())
}

fn streamed(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}
