//! The list of takes.

use leptos::prelude::*;

/// The right column.
#[component]
pub fn Library() -> impl IntoView {}
