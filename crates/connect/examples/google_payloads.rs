//! How recorded payloads of Google's API (`events.list`) are read: `cargo run -p steadfast-connect --example
//! google_payloads -- FOLDER`. Each is also held against the description; what is odd is counted, and is the exit code.

use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;
use steadfast_connect::google::{Said, read};
use steadfast_fakes::google::against_description;

#[expect(clippy::print_stdout, reason = "an example that prints what it found")]
fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("give a folder of .json files")?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    files.sort();
    let mut odd = 0_u8;
    for path in &files {
        println!("{}", path.file_name().unwrap_or_default().to_string_lossy());
        let list: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        for violation in against_description("Events", &list) {
            odd = odd.saturating_add(1);
            println!("  not as described: {violation}");
        }
        for item in list
            .get("items")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            match read(item) {
                Ok(Said::Stands(event)) => {
                    odd = odd.saturating_add(u8::from(!event.oddities.is_empty()));
                    let text = String::from_utf8(event.object([], true))?;
                    let names = [
                        "DTSTART",
                        "RECURRENCE-ID",
                        "RRULE",
                        "SEQUENCE",
                        "LAST-MODIFIED",
                    ];
                    let told: Vec<&str> = text
                        .lines()
                        .filter(|line| names.iter().any(|name| line.starts_with(name)))
                        .collect();
                    println!("  {} {} {:?}", event.id, told.join(" "), event.oddities);
                }
                Ok(Said::Gone(gone)) => println!("  {} gone {:?}", gone.id, gone.off),
                Err(oddity) => {
                    odd = odd.saturating_add(1);
                    println!("  unreadable: {oddity}");
                }
            }
        }
    }
    println!("{} files, {odd} oddities", files.len());
    Ok(if files.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::from(odd)
    })
}
