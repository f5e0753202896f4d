//! Writes Maya's half year, the example in the repository: `cargo run -p steadfast-life --example maya -- examples`.
//!
//! DIR gets `maya/maya@example.com.ics` and `maya/Holidays in France_….ics`, `maya/org.csv`, and `history/<moment>/`, one
//! look a day at Maya's and Ben's calendars, where something had changed, and one at the end.

use std::{error::Error, fs, path::Path};
use steadfast_life::{World, place::holidays, story};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args()
        .nth(1)
        .ok_or("name a directory to write to")?;
    let directory = Path::new(&directory);
    let world = story::maya();
    let maya = directory.join("maya");
    fs::create_dir_all(&maya)?;
    let text = world
        .final_export("maya@example.com")
        .ok_or("Maya has no calendar")?;
    fs::write(maya.join("maya@example.com.ics"), text)?;
    fs::write(
        maya.join("Holidays in France_fr.french#holiday@group.v.calendar.google.com.ics"),
        french_holidays(),
    )?;
    fs::write(maya.join("org.csv"), world.org_csv())?;
    let history = story::maya_history();
    fs::write(directory.join("org.csv"), history.org_csv())?;
    looks(&history, &directory.join("history"))
}

fn looks(world: &World, directory: &Path) -> Result<(), Box<dyn Error>> {
    for state in world.history() {
        let folder = directory.join(moment(state.at));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{}.ics", state.owner)), &state.text)?;
    }
    // A last look, although nothing had changed: what is not looked at again is not known.
    let folder = directory.join(moment(world.now()));
    fs::create_dir_all(&folder)?;
    for owner in world.owners() {
        let text = world.final_export(owner).unwrap_or_default();
        fs::write(folder.join(format!("{owner}.ics")), text)?;
    }
    Ok(())
}

fn moment(at: steadfast_calendar::Instant) -> String {
    at.to_string().replace(['-', ':'], "")
}

/// The subscribed calendar that Google puts beside one's own in an export.
fn french_holidays() -> String {
    let mut out = String::from(
        "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Holidays in France\r\nX-WR-TIMEZONE:UTC\r\nX-WR-CALDESC:Holidays and Observances in France\r\n",
    );
    for (day, name) in [2026, 2027]
        .into_iter()
        .flat_map(|year| holidays("FR", year))
    {
        let next = day.tomorrow().unwrap_or(day);
        out.push_str(&format!(
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\nDTSTAMP:20261122T080000Z\r\nUID:{}_fr@google.com\r\nCLASS:PUBLIC\r\nCREATED:20250827T222112Z\r\nDESCRIPTION:Public holiday\r\nLAST-MODIFIED:20250827T222112Z\r\nSEQUENCE:0\r\nSTATUS:CONFIRMED\r\nSUMMARY:{name}\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
            day.strftime("%Y%m%d"),
            next.strftime("%Y%m%d"),
            day.strftime("%Y%m%d"),
        ));
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}
