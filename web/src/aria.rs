//! ARIA attribute values.

/// A state for an `aria-*` attribute: a Rust `bool` would render as the attribute's presence, which ARIA does not read.
pub fn aria(state: bool) -> &'static str {
    if state { "true" } else { "false" }
}

#[cfg(test)]
mod tests {
    use super::aria;

    #[test]
    fn states_are_words() {
        assert_eq!([aria(true), aria(false)], ["true", "false"]);
    }
}
