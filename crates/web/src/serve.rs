//! Listening, until it is time to stop.

use crate::days::Days;
use crate::server::Server;
use axum::Router;
use std::future::{Future, IntoFuture};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests that are under way may take to end once it is time to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Answers at `listener` until `stop` is done; then takes nothing new, and lets what is under way end.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    server: &Server,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let ending = server.clone();
    answer(server.router(), listener, async move {
        stop.await;
        ending.end_streams();
    })
    .await
}

/// The same for all days of a demo.
///
/// # Errors
/// When the socket fails.
pub async fn serve_days(
    days: &Days,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let ending = days.clone();
    answer(days.router(), listener, async move {
        stop.await;
        ending.end_streams().await;
    })
    .await
}

async fn answer(
    router: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let app = router.into_make_service_with_connect_info::<SocketAddr>();
    let (stopping, mut is_stopping) = oneshot::channel();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop.await;
        // Nobody listens only when serving has ended by itself.
        let _ = stopping.send(());
    });
    let mut serving = pin!(serving.into_future());
    tokio::select! {
        ended = &mut serving => return ended,
        _ = &mut is_stopping => {}
    }
    // What takes longer is broken off; all it would have written, or nothing, is kept.
    match tokio::time::timeout(GRACE, serving).await {
        Ok(ended) => ended,
        Err(_) => Ok(()),
    }
}
