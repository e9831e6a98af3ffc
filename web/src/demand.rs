//! Parts of the program that are loaded when they are first needed, so that the page starts small.
//!
//! A function written with [`part!`](crate::part) is taken out of the page's first file, with everything that only
//! such functions call: views, their closures, their words. Calling it loads the file it is in, once. A view goes into
//! the page by [`on_demand`], which shows that it is on its way, and what to do where it did not arrive.
//!
//! The program is divided when the page is built for people (`cargo xtask page`, feature `split`); in tests, and under
//! `trunk serve`, it is whole, and the same functions give their answer at once.

use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use futures_util::FutureExt;
use leptos::prelude::*;

use crate::dom::{El, el};
use crate::kit::{Tone, button};
use crate::task::spawn;
use crate::text::t;

/// A part of the program did not arrive: there is no network, or the server has a newer page.
pub use wasm_split_helpers::SplitLoaderError as Missing;

/// Writes a function that is loaded, with all that only it needs, when it is first called.
///
/// ```ignore
/// part! { in help;
///     /// The list of keys.
///     pub fn key_list() -> El {
///         list()
///     }
/// }
/// // Where it is needed:
/// dialog(open, title, |body| body.child(on_demand(key_list)))
/// ```
///
/// It becomes an `async` function with a `Result<_, Missing>`. All functions `in` one part come in one file; what
/// several parts share comes in files of its own. It takes and gives owned values, has no generics, and its name is
/// its own in the whole program.
#[macro_export]
macro_rules! part {
    (
        in $part:ident;
        $(#[$attribute:meta])*
        $see:vis fn $name:ident($($value:ident: $type:ty),* $(,)?) -> $answer:ty $body:block
    ) => {
        $(#[$attribute])*
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $see fn $name($($value: $type),*) -> Result<$answer, $crate::demand::Missing> {
            Ok($body)
        }

        $(#[$attribute])*
        #[cfg(not(feature = "split"))]
        $see async fn $name($($value: $type),*) -> Result<$answer, $crate::demand::Missing> {
            Ok($body)
        }
    };
}

/// A view that may still have to be loaded.
type Coming = Pin<Box<dyn Future<Output = Result<El, Missing>>>>;
/// Asks for it, once more each time.
type Ask = Rc<dyn Fn() -> Coming>;

/// A place for a view that may still have to be loaded. `make` is a call of a function written with
/// [`part!`](crate::part); it runs under the owner that this is called under.
pub fn on_demand<F: Future<Output = Result<El, Missing>> + 'static>(make: impl Fn() -> F + 'static) -> El {
    let place = el("div").class("on-demand");
    fill(&place, Rc::new(move || Box::pin(make())));
    place
}

fn fill(place: &El, ask: Ask) {
    let owner = Owner::current().unwrap_or_default();
    let mut coming = owner.with(|| untrack(|| ask()));
    // What is here already stands there at once, before the next frame and before a dialog looks for a place to focus.
    if let Some(arrived) = owner.with(|| untrack(|| (&mut coming).now_or_never())) {
        settle(place, arrived, ask);
        return;
    }
    put(
        place,
        &el("p")
            .class("on-demand-wait")
            .attr("role", "status")
            .say(t().demand.coming),
    );
    let place = place.clone();
    let is_gone = Arc::new(AtomicBool::new(false));
    let gone = Arc::clone(&is_gone);
    owner.with(|| on_cleanup(move || gone.store(true, Ordering::Relaxed)));
    spawn(async move {
        // Where its place went meanwhile, with all that the view would ask for, nobody waits for it any more.
        let arrived = poll_fn(|context| {
            if is_gone.load(Ordering::Relaxed) {
                return Poll::Ready(None);
            }
            owner.with(|| untrack(|| coming.poll_unpin(context))).map(Some)
        });
        if let Some(arrived) = arrived.await {
            owner.with(|| settle(&place, arrived, ask));
        }
    });
}

fn settle(place: &El, arrived: Result<El, Missing>, ask: Ask) {
    let Ok(view) = arrived else {
        let owner = Owner::current().unwrap_or_default();
        let again = place.clone();
        let retry = move || owner.with(|| fill(&again, Rc::clone(&ask)));
        put(place, &trouble(retry));
        return;
    };
    put(place, &view);
}

/// What is said where a part did not arrive; `again` asks for it once more.
pub fn trouble(again: impl Fn() + 'static) -> El {
    let words = t().demand;
    let again = button(Tone::Plain, words.again, again);
    el("div")
        .class("on-demand-trouble")
        .attr("role", "alert")
        .child([el("p").say(words.missing), again])
}

/// Puts it in the place of what is there. The focus, if it was in there, stays in there.
fn put(place: &El, view: &El) {
    let focused = document().active_element();
    let had_focus = focused.is_some_and(|focused| place.node().contains(Some(&focused)));
    place.node().set_text_content(None);
    drop(place.clone().child(view.clone()));
    if had_focus {
        // Fails only for an element that cannot be focused, which this one then can.
        drop(view.clone().attr("tabindex", "-1").html().focus());
    }
}
