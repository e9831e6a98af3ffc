//! The line to whoever answers. Native builds exist for tests of plain parts and have none.

use rushes_client::{BaseUrl, Client, Config, Lookout, News, Secret};
use rushes_core::watch::Options;

#[cfg(target_arch = "wasm32")]
pub use rushes_client::Fetch;

/// A client of that place; of the page's own origin where none is named, and then without a key: whoever serves the page
/// adds it.
pub fn open(base_url: Option<BaseUrl>, key: Option<Secret>) -> Client<Fetch> {
    // A page without an origin of its own (opened from a file) can only speak to the provider.
    let base_url = base_url.or_else(own).unwrap_or_default();
    let watch = Options {
        seed: crate::ledger::now_ms(),
        ..Options::default()
    };
    Client::new(Fetch, Config { base_url, key, watch })
}

/// Whether requests go to the page's own server, rather than to the provider.
pub fn is_own() -> bool {
    own().is_some()
}

fn own() -> Option<BaseUrl> {
    let origin = web_sys::window()?.location().origin().ok()?;
    BaseUrl::new(&origin).ok()
}

/// Watches for as long as the page lives, telling of every look.
#[cfg(target_arch = "wasm32")]
pub async fn run(lookout: &Lookout<Fetch>, mut hear: impl FnMut(News)) {
    let hear = |news| {
        hear(news);
        std::ops::ControlFlow::Continue(())
    };
    lookout.run(hear).await;
}

#[cfg(not(target_arch = "wasm32"))]
pub use native::{Fetch, run};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use rushes_client::{Outgoing, Transport};
    use rushes_core::exchange::Arrival;

    use super::{Lookout, News};

    /// Sends nothing.
    #[derive(Clone, Copy, Debug)]
    pub struct Fetch;

    impl Transport for Fetch {
        async fn send(&self, _outgoing: Outgoing<'_>) -> Arrival {
            Arrival::NotSent {
                detail: "Only a browser's page sends.".to_owned(),
            }
        }

        async fn sleep(&self, _ms: u64) {
            std::future::pending::<()>().await;
        }

        fn now_ms(&self) -> u64 {
            0
        }

        fn now_unix_ms(&self) -> u64 {
            0
        }
    }

    /// Watches nothing.
    pub async fn run(_lookout: &Lookout<Fetch>, _hear: impl FnMut(News)) {
        std::future::pending::<()>().await;
    }
}
