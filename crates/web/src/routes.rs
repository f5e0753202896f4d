//! Every route, in one list: the router is made from it, and so is the test that asks each as everybody.

use crate::api::{spec, v1};
use crate::assets;
use crate::pages::{
    about_me, auditor, begins, busy, by_mail, calendars, chat, cost, demo, earlier, google,
    google_changed, guard, health, held, home, hours, invitation, invite, jobs, leave, live, log,
    mail, mail_off, metrics, more, new_password, occurrence, offers, once, one_on_one, one_on_ones,
    only_me, onward, passkeys, people, people_file, person, pick, policies, privacy, programs,
    proof, question, retention, set_up, sign_in, sort, start, tell, threats, watch, wish,
};
use crate::server::Server;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};

/// The largest form that is not a file.
const FORM: usize = 64 << 10;

/// Who a route is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Needs {
    /// Anybody.
    Nothing,
    /// Whoever has a link with a token in it.
    Link,
    /// Signed-in people; everybody else is sent to sign in.
    Account,
    /// Programs with a token that somebody made for them; everybody else is told so.
    Token,
    /// Programs on this machine, or with the token for metrics; for everybody else it is not there.
    Watcher,
    /// A demo; elsewhere it is not there.
    Demo,
}

/// One route.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// GET or POST.
    pub method: &'static str,
    /// The pattern.
    pub path: &'static str,
    /// Who it is for.
    pub needs: Needs,
    handler: fn() -> MethodRouter<Server>,
}

macro_rules! routes {
    ($($method:ident $path:literal $needs:ident $handler:expr;)*) => {
        &[$(Route {
            method: stringify!($method),
            path: $path,
            needs: Needs::$needs,
            handler: || $method($handler),
        },)*]
    };
}

/// All of them.
pub const ROUTES: &[Route] = routes! {
    get "/" Nothing home::show;
    get "/healthz" Nothing health::lives;
    get "/readyz" Nothing health::is_ready;
    get "/metrics" Watcher metrics::show;
    get "/assets/{name}" Nothing assets::asset;
    get "/set-up/{token}" Link set_up::show;
    post "/set-up/{token}" Link set_up::send;
    get "/invitations/{token}" Link invitation::show;
    post "/invitations/{token}" Link invitation::send;
    get "/new-password/{token}" Link new_password::show;
    post "/new-password/{token}" Link new_password::send;
    get "/mail/off/{token}" Link mail_off::show;
    post "/mail/off/{token}" Link mail_off::send;
    get "/pick/{token}" Link pick::show;
    post "/pick/{token}" Link pick::send;
    get "/sign-in" Nothing sign_in::show;
    post "/sign-in" Nothing sign_in::send;
    post "/sign-in/challenge" Nothing sign_in::challenge;
    post "/sign-in/passkey" Nothing sign_in::with_passkey;
    post "/sign-out" Nothing sign_in::out;
    get "/start" Account start::show;
    post "/start" Account start::send;
    get "/calendars" Account calendars::show;
    post "/calendars" Account calendars::connect;
    post "/calendars/by-key" Account calendars::by_key;
    get "/calendars/google" Account google::begin;
    get "/calendars/google/back" Account google::back;
    post "/calendars/google/changed" Nothing google_changed::take;
    post "/calendars/{source}/mend" Account calendars::mend;
    post "/calendars/{source}/disconnect" Account calendars::disconnect;
    get "/one-on-ones" Account one_on_ones::show;
    post "/one-on-ones/lines" Account one_on_ones::declare;
    get "/one-on-ones/{pair}" Account one_on_one::show;
    post "/one-on-ones/{pair}/guard" Account threats::tap;
    post "/one-on-ones/{pair}/sort" Account sort::say;
    post "/one-on-ones/{pair}/begin" Account begins::begin;
    post "/one-on-ones/{pair}/busy" Account busy::show;
    post "/one-on-ones/{pair}/onward" Account onward::onward;
    post "/one-on-ones/{pair}/only-me" Account only_me::ask;
    post "/one-on-ones/{pair}/pick" Account offers::pick;
    get "/one-on-ones/{pair}/by-mail" Account by_mail::show;
    post "/one-on-ones/{pair}/by-mail" Account by_mail::send;
    post "/one-on-ones/{pair}/withdraw" Account offers::withdraw;
    post "/one-on-ones/{pair}/wish" Account wish::say;
    post "/one-on-ones/{pair}/reason" Account offers::reason;
    get "/one-on-ones/{pair}/until/{day}" Account earlier::show;
    get "/one-on-ones/{pair}/until/{day}/{one}" Account earlier::one;
    get "/one-on-ones/{pair}/{day}" Account occurrence::show;
    post "/one-on-ones/{pair}/{day}/word" Account occurrence::say;
    get "/invite" Account invite::show;
    post "/invite" Account invite::send;
    get "/privacy" Account privacy::show;
    get "/privacy/export" Account privacy::export;
    get "/privacy/leave" Account leave::show;
    post "/privacy/leave" Account leave::send;
    get "/live" Account live::stream;
    get "/log" Account log::show;
    get "/log/jobs" Account jobs::show;
    post "/log/jobs/{job}/again" Account jobs::again;
    post "/log/jobs/{job}/drop" Account jobs::drop;
    get "/programs" Account programs::show;
    post "/programs" Account programs::make;
    post "/programs/{program}/take-back" Account programs::take_back;
    get "/api/openapi.json" Nothing spec::show;
    get "/api/v1/openapi.json" Nothing spec::show;
    get "/api/v1/me" Token v1::me::show;
    get "/api/v1/one-on-ones" Token v1::one_on_ones::show;
    get "/api/v1/one-on-ones/{pair}" Token v1::one_on_one::show;
    get "/api/v1/one-on-ones/{pair}/cadence" Token v1::cadence::show;
    post "/api/v1/one-on-ones/{pair}/cadence" Token v1::cadence::say;
    get "/api/v1/one-on-ones/{pair}/{day}" Token v1::occurrence::show;
    post "/api/v1/one-on-ones/{pair}/{day}/word" Token v1::word::say;
    post "/api/v1/one-on-ones/{pair}/{day}/mattered" Token v1::mattered::say;
    get "/api/v1/calendars" Token v1::calendars::show;
    get "/api/v1/privacy/looks" Token v1::looks::show;
    get "/api/v1/privacy/export" Token v1::export::take;
    get "/api/v1/log" Token v1::log::show;
    post "/api/v1/log/take-back" Token v1::take_back::say;
    get "/api/v1/guard" Token v1::guard::show;
    post "/api/v1/guard" Token v1::guard::say;
    post "/api/v1/guard/switch" Token v1::guard_switch::turn;
    get "/api/v1/one-on-ones/{pair}/guard" Token v1::guard_of_one::show;
    post "/api/v1/one-on-ones/{pair}/guard" Token v1::guard_of_one::say;
    get "/held/{token}" Link held::feed;
    get "/held" Account held::show;
    post "/held" Account held::open;
    post "/held/away" Account held::close;
    get "/mail" Account mail::show;
    post "/mail" Account mail::say;
    post "/chat" Account chat::connect;
    post "/chat/away" Account chat::disconnect;
    get "/more" Account more::show;
    get "/proof" Account proof::show;
    post "/proof/erase" Account proof::erase;
    get "/proof/{question}" Account question::show;
    post "/proof/{question}" Account question::send;
    get "/cost" Account cost::show;
    get "/passkeys" Account passkeys::show;
    post "/passkeys" Account passkeys::add;
    post "/passkeys/challenge" Account passkeys::challenge;
    post "/passkeys/{passkey}/remove" Account passkeys::remove;
    get "/people" Account people::show;
    post "/people" Account people::add;
    post "/people/me/hours" Account hours::say;
    get "/people/me" Account about_me::show;
    post "/people/me" Account about_me::say;
    get "/people/file" Account people_file::show;
    post "/people/file" Account people_file::look;
    post "/people/file/apply" Account people_file::apply;
    get "/people/{person}" Account person::show;
    post "/people/{person}" Account person::say;
    get "/policies" Account policies::show;
    post "/policies/{pair}" Account policies::say;
    post "/guard/level" Account guard::level::say;
    post "/guard/bounds" Account guard::bounds::say;
    get "/guard/one-on-ones/{pair}" Account guard::bounds::show;
    post "/guard/one-on-ones/{pair}" Account guard::level::say_of_one;
    post "/guard/one-on-ones/{pair}/bounds" Account guard::bounds::say_of_one;
    post "/guard/switch" Account guard::switch::turn;
    post "/guard/switch/all" Account guard::switch::turn_for_all;
    post "/guard/default/level" Account guard::organisation::say_level;
    post "/guard/default/bounds" Account guard::organisation::say_bounds;
    post "/guard/limits" Account guard::organisation::say_limits;
    post "/log/take-back" Account log::take_back;
    get "/log/tell" Account tell::show;
    post "/log/tell" Account tell::send;
    post "/once-in-a-while" Account once::say;
    post "/retention" Account retention::say;
    post "/auditor" Account auditor::say;
    get "/looks" Account auditor::show;
    post "/demo/be/{number}" Demo demo::be;
    post "/demo/at" Demo demo::at;
    get "/demo/watch" Demo watch::show;
};

/// The router of all routes.
pub(crate) fn router() -> Router<Server> {
    let router = ROUTES.iter().fold(Router::new(), |router, route| {
        let handler = (route.handler)();
        let limit = match (route.method, route.path) {
            ("post", "/start") => start::LARGEST + start::AROUND,
            ("post", "/people/file") => people_file::LARGEST + start::AROUND,
            ("post", "/people/file/apply") => people_file::ESCAPED,
            _ => FORM,
        };
        router.route(route.path, handler.layer(DefaultBodyLimit::max(limit)))
    });
    router.fallback(home::nothing)
}
