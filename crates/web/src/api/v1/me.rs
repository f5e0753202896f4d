//! Whose program it is.

use crate::api::answer::{Json, Told};
use crate::api::problem::Refused;
use crate::api::program::Program;
use crate::api::v1::shapes::Person;

/// Whose token it is.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    operation_id = "me",
    tag = "you",
    responses((status = 200, description = "You", body = Person), Refused),
    security(("token" = []))
)]
pub(crate) async fn show(program: Program) -> Told<Person> {
    let me = &program.me.0;
    Ok(Json(Person {
        address: me.viewer().person().to_owned(),
        name: me.name().to_owned(),
    }))
}
