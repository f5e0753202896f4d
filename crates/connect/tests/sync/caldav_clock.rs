//! A server whose tokens are seconds and whose ETags count versions, as SOGo's do.

use crate::dav::Server;

#[test]
fn the_second_of_the_token_is_asked_for_again() {
    let server = Server::start();
    server.state().clock = true;
    server.state().put("a", "a");
    server.state().put("b", "b");
    let mut keeper = server.keeper();
    assert_eq!(keeper.told(), ["/cal/ whole, First", "  a a", "  b b"]);
    // The same second, and something more happened in it.
    server.state().put("c", "c");
    server.state().version = 2;
    assert_eq!(keeper.told(), ["/cal/ changes", "  c c"]);
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
}

#[test]
fn everything_told_again_is_nothing_new() {
    let server = Server::start();
    server.state().clock = true;
    for name in ["a", "b", "c"] {
        server.state().put(name, name);
        server.state().version = 0;
    }
    server.state().version = 1;
    let mut keeper = server.keeper();
    keeper.round();
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
}

#[test]
fn an_object_made_anew_is_new_though_its_etag_is_the_old_one() {
    let server = Server::start();
    server.state().clock = true;
    server.state().put("a", "first");
    server.state().put("b", "b");
    let mut keeper = server.keeper();
    keeper.round();
    server.state().delete("a");
    server.state().put("a", "second");
    assert_eq!(keeper.told(), ["/cal/ changes", "  a second"]);
    server.state().delete("a");
    assert_eq!(keeper.told(), ["/cal/ changes", "  gone a"]);
}

#[test]
fn what_is_missing_without_a_word_is_a_loss() {
    let server = Server::start();
    server.state().clock = true;
    for name in ["a", "b", "c"] {
        server.state().put(name, name);
    }
    let mut keeper = server.keeper();
    keeper.round();
    // As from an older backup of the server.
    server.state().objects.remove("a");
    server.state().put("b", "changed");
    assert_eq!(
        keeper.told(),
        ["/cal/ whole, TokenLost", "  b changed", "  c c"]
    );
}

#[test]
fn a_deletion_that_was_cleared_away_before_it_was_told_is_a_loss() {
    let server = Server::start();
    server.state().clock = true;
    for name in ["a", "b", "c"] {
        server.state().put(name, name);
    }
    let mut keeper = server.keeper();
    keeper.round();
    // It was the last that changed: nothing is left that happened at the token or after it.
    server.state().objects.remove("c");
    assert_eq!(keeper.told(), ["/cal/ whole, TokenLost", "  a a", "  b b"]);
    assert_eq!(keeper.told(), ["/cal/ unchanged"]);
}
