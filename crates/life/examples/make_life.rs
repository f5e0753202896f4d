//! Writes a made-up life to a directory, for trying things out:
//! `cargo run -p steadfast-life --example make_life -- DIR [--dialect google] [--seed 1] [--managers 4] [--reports 5]
//! [--weeks 26] [--old-addresses 0.02]`.
//!
//! DIR gets `history/<moment>/<owner>.ics`, `export/<owner>.ics`, `org.csv` and `truth.csv`.

use std::{collections::HashMap, error::Error, fs, path::Path};
use steadfast_life::{Config, Dialect, World};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("name a directory to write to")?;
    if directory.starts_with('-') {
        return Err(format!(
            "{directory} is no directory to write to; usage: make_life DIR [--dialect google] …"
        )
        .into());
    }
    let mut options: HashMap<String, String> = HashMap::new();
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{name} needs a value"))?;
        options.insert(name, value);
    }
    let word =
        |name: &str, default: &str| options.get(name).map_or(default, String::as_str).to_owned();
    let dialect = word("--dialect", "google");
    let dialect = Dialect::named(&dialect).ok_or_else(|| format!("no dialect {dialect:?}"))?;
    let mut config = Config::small(dialect);
    config.managers = word("--managers", "4").parse()?;
    config.reports_per_manager = word("--reports", "5").parse()?;
    config.weeks = word("--weeks", "26").parse()?;
    if let Some(share) = options.get("--old-addresses") {
        config.old_addresses = share.parse()?;
    }
    let world = World::new(word("--seed", "1").parse()?, &config);
    write(&world, Path::new(&directory))
}

fn write(world: &World, directory: &Path) -> Result<(), Box<dyn Error>> {
    for state in world.history() {
        let moment = state.at.to_string().replace(['-', ':'], "");
        let folder = directory.join("history").join(moment);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{}.ics", state.owner)), state.text)?;
    }
    let export = directory.join("export");
    fs::create_dir_all(&export)?;
    for owner in world.owners() {
        if let Some(text) = world.final_export(owner) {
            fs::write(export.join(format!("{owner}.ics")), text)?;
        }
    }
    fs::write(directory.join("org.csv"), world.org_csv())?;
    fs::write(directory.join("truth.csv"), truth(world))?;
    Ok(())
}

fn truth(world: &World) -> String {
    let mut out = String::from(
        "manager,report,promised,held,outcome,cut,notice_minutes,hops,acted,shown,cause,made_good,excused,decided,behaviour\n",
    );
    for relationship in &world.truth().relationships {
        for o in &relationship.occurrences {
            let held = o
                .held
                .map(|slot| format!("{}/{}", slot.start, slot.minutes()))
                .unwrap_or_default();
            let row = [
                relationship.manager.clone(),
                relationship.report.clone(),
                format!("{}/{}", o.promised.start, o.promised.minutes()),
                held,
                o.outcome.as_str().to_owned(),
                o.cut.map(|cut| cut.as_str().to_owned()).unwrap_or_default(),
                o.notice_minutes
                    .map(|minutes| minutes.to_string())
                    .unwrap_or_default(),
                o.hops.to_string(),
                o.acted.map(|hand| format!("{hand:?}")).unwrap_or_default(),
                format!("{:?}", o.shown),
                o.cause
                    .as_ref()
                    .map(|cause| cause.class.as_str().to_owned())
                    .unwrap_or_default(),
                o.made_good.to_string(),
                o.excused
                    .map(|excuse| excuse.as_str().to_owned())
                    .unwrap_or_default(),
                o.decided.to_string(),
                format!("{:?}", o.behaviour),
            ];
            out.push_str(&row.join(","));
            out.push('\n');
        }
    }
    out
}
