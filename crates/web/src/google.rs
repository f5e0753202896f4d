//! Where people allow their calendars at Google: lent by the program, like everything outside.

use std::future::Future;
use std::pin::Pin;
use steadfast_app::server::sync::{Access, Channel, NewChannel, Trouble, Watched};

/// What somebody allowed.
pub struct Allowed {
    /// The refresh token.
    pub refresh: String,
    /// Whether it is all that is needed: each part can be unticked.
    pub is_enough: bool,
    /// Whether Steadfast may write.
    pub writes: bool,
}

/// What will have come of a code.
pub type Taking = Pin<Box<dyn Future<Output = Result<Allowed, Trouble>> + Send>>;
/// What is given back.
pub type GivingBack = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What will have become of channels.
pub type Watching = Pin<Box<dyn Future<Output = Watched> + Send>>;

/// Google, as it is told where to say that something changed: at `/calendars/google/changed` on this server.
pub trait Watches: Send + Sync {
    /// The calendars that can be watched of an account that was read up to `cursor`.
    fn watchable(&self, cursor: &str) -> Vec<String>;

    /// Opens channels, and stops others after it; these only if all were opened.
    fn watch(&self, access: Access, open: Vec<NewChannel>, stop: Vec<Channel>) -> Watching;
}

/// Google, as this server is registered there.
pub trait Google: Send + Sync {
    /// The address of the page on which people allow. They come back to `/calendars/google/back` with a `code` and that
    /// `state`; the `verifier` (43 to 128 letters and digits) shows then that the code is theirs. `writes`: whether writing is asked for as well.
    fn page(&self, state: &str, verifier: &str, writes: bool) -> String;

    /// Takes what they allowed.
    fn take(&self, code: String, verifier: String) -> Taking;

    /// Gives back what they allowed.
    fn give_back(&self, access: Access) -> GivingBack;
}
