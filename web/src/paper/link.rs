//! Links: the request in the fragment of this page's address, which no server is ever sent.

use leptos::prelude::window;
use rushes_core::Draft;

use super::script;
use super::sheet::{self, Sheet};

/// What such a fragment begins with.
pub const MARK: &str = "#request=";
/// Most characters of a link that is read, and most bytes that its text may become.
const LINK_MAX_CHARS: usize = 65_536;
const TEXT_MAX_BYTES: usize = 262_144;

/// The address of this page with that request in its fragment. Pictures are not in it, but for addresses.
pub async fn write(draft: Draft) -> Option<String> {
    let text = script::to_text(&sheet::write(&draft, 0, &script::base64))?;
    let packed = script::base64(&script::compressed(text.as_bytes()).await?);
    let packed: String = packed
        .chars()
        .filter_map(|char| match char {
            '+' => Some('-'),
            '/' => Some('_'),
            '=' => None,
            other => Some(other),
        })
        .collect();
    let location = window().location();
    let page = [location.origin().ok()?, location.pathname().ok()?].concat();
    Some([&page, MARK, &packed].concat())
}

/// The request in such a fragment, if it is sound.
pub async fn read(fragment: String) -> Option<Sheet> {
    let packed = fragment
        .strip_prefix(MARK)
        .filter(|packed| packed.len() <= LINK_MAX_CHARS)?;
    let packed = script::from_base64(&packed.replace('-', "+").replace('_', "/"))?;
    let text = script::expanded(&packed, TEXT_MAX_BYTES).await?;
    // No picture travels in a link: what claims to be one is left away.
    sheet::read(&script::from_text(std::str::from_utf8(&text).ok()?)?, &|_| None)
}
