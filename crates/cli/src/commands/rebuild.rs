//! `steadfast rebuild`: what is shown, judged anew from what is kept.

use crate::error::{CommandError, Kind};
use crate::host::{Host, now, program};
use crate::output;
use crate::settings::Place;
use clap::Args;
use steadfast_app::server::ledger::{Rebuilt, rebuild};
use steadfast_calendar::Instant;

/// Judges everybody's ledger anew from what was seen and said, and holds it against what was shown before.
///
/// What is shown is made anew by itself when it is out of date; this is for whoever wants to see that it comes out the
/// same. The server may run meanwhile. Ends with 1 if anything differs that should not.
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    place: Place,
}

impl Rebuild {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = self.place.settings()?;
        let host = Host::new()?;
        host.run(async {
            let store = host.existing(&settings.database.value).await?;
            let at = Instant::from_seconds(now().0.div_euclid(1_000_000));
            let done = rebuild(&store, &program(), at).await;
            store.close().await;
            told(done?)
        })
    }
}

fn told(done: Rebuilt) -> Result<(), CommandError> {
    let Rebuilt {
        ledgers,
        were_good,
        differ,
    } = done;
    let text = format!("ledgers {ledgers}\ncompared {were_good}\ndiffer {differ}\n");
    output::write(None, |out| out.write_all(text.as_bytes()))?;
    if differ == 0 {
        return Ok(());
    }
    Err(CommandError::new(
        Kind::Internal,
        format!("{differ} ledgers came out otherwise than they were shown"),
        "they are right now; please report this, with the version before and after",
    ))
}
