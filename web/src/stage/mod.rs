//! What is looked at: the chosen take.

use leptos::prelude::*;

/// The middle column.
#[component]
pub fn Stage() -> impl IntoView {}
