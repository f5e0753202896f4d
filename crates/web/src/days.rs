//! A demo on any of its days: each is a server of its own, made when somebody first goes there. Which one a reader is at
//! stands in a cookie.

use crate::pages::demo::where_to;
use crate::server::Server;
use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use steadfast_app::server::ServerError;
use tokio::sync::Mutex;
use tower::ServiceExt as _;

/// Days that are open at once beside the last one. Each has files and threads of its own; what was said on one that is
/// closed is forgotten.
const OPEN: usize = 4;

/// Makes the demo as it stands on a day.
pub type MakeDay = Box<dyn Fn(Date) -> MadeDay + Send + Sync>;
/// The demo that it will have made.
pub type MadeDay = Pin<Box<dyn Future<Output = Result<Server, ServerError>> + Send>>;

/// All days of a demo.
#[derive(Clone)]
pub struct Days(Arc<Shared>);

struct Shared {
    last: One,
    make: MakeDay,
    /// The one that was looked at last stands at the end.
    open: Mutex<Vec<(Date, One)>>,
}

#[derive(Clone)]
struct One {
    server: Server,
    router: Router,
}

impl One {
    fn of(server: Server) -> Self {
        let router = server.router();
        Self { server, router }
    }
}

impl Days {
    /// A demo that begins on its last day, which is there already; `make` makes the others.
    pub fn new(last: Server, make: MakeDay) -> Self {
        Self(Arc::new(Shared {
            last: One::of(last),
            make,
            open: Mutex::default(),
        }))
    }

    /// Everything they answer.
    pub(crate) fn router(&self) -> Router {
        let days = self.clone();
        Router::new().fallback(move |request: Request| {
            let days = days.clone();
            async move { days.answer(request).await }
        })
    }

    /// Ends every stream to pages that are open.
    pub(crate) async fn end_streams(&self) {
        self.0.last.server.end_streams();
        for (_, one) in self.0.open.lock().await.iter() {
            one.server.end_streams();
        }
    }

    /// Closes the stores of all days.
    pub async fn close(&self) {
        self.0.last.server.close().await;
        for (_, one) in self.0.open.lock().await.drain(..) {
            one.server.close().await;
        }
    }

    async fn answer(&self, request: Request) -> Response {
        let known = self.0.last.server.days();
        let wanted = where_to(request.headers())
            .map(|(day, _)| day)
            .filter(|day| known.contains(day) && known.last() != Some(day));
        let one = match wanted {
            None => Ok(self.0.last.clone()),
            Some(day) => self.on(day).await,
        };
        match one {
            Ok(one) => {
                let changes = request.method() == Method::POST;
                let answer = one.router.oneshot(request).await.into_response();
                if changes {
                    // Nobody keeps up with other days: what was asked for is done before anybody looks again.
                    one.server.settle().await;
                }
                answer
            }
            Err(error) => crate::refusal::Refusal::from(error).into_response(),
        }
    }

    /// The demo on that day, made if it is not open.
    async fn on(&self, day: Date) -> Result<One, ServerError> {
        let mut open = self.0.open.lock().await;
        let place = open.iter().position(|(known, _)| *known == day);
        let one = match place {
            Some(place) => open.remove(place).1,
            None => One::of((self.0.make)(day).await?),
        };
        open.push((day, one.clone()));
        if open.len() > OPEN {
            let (_, oldest) = open.remove(0);
            oldest.server.end_streams();
            // What is under way there ends first.
            tokio::spawn(async move { oldest.server.close().await });
        }
        Ok(one)
    }
}
