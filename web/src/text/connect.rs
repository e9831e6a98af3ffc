//! Words of where requests go.

/// Words of where requests go.
#[derive(Debug)]
pub struct Connect {
    /// Name of the choice.
    pub to: &'static str,
    /// The page's own server.
    pub here: &'static str,
    /// A gateway.
    pub gateway: &'static str,
    /// The provider, with one's own key.
    pub provider: &'static str,
    /// What the page's own server is, where it draws drafts.
    pub here_local: &'static str,
    /// … where it is a gateway.
    pub here_gateway: &'static str,
    /// … where that is not known.
    pub here_unknown: &'static str,
    /// Chooses the page's own server.
    pub use_here: &'static str,
    /// It was chosen.
    pub now_here: &'static str,
    /// Another place was chosen, by its host.
    pub now_there: fn(&str) -> String,
    /// What a gateway is.
    pub gateway_about: &'static str,
    /// The gateway's address.
    pub address: &'static str,
    /// Under it.
    pub address_hint: &'static str,
    /// An access token.
    pub token: &'static str,
    /// Under it.
    pub token_hint: &'static str,
    /// What is sent there can be read on its way.
    pub in_the_clear: &'static str,
    /// The provider's key.
    pub key: &'static str,
    /// Under it.
    pub key_hint: &'static str,
    /// A key or a token.
    pub key_or_token: &'static str,
    /// What it means to give a key to a page, with the host it goes to.
    pub risk: fn(&str) -> String,
    /// That one knows.
    pub understood: &'static str,
    /// Takes the key out of memory.
    pub forget: &'static str,
    /// It is out.
    pub forgotten: &'static str,
    /// Checks, then uses it.
    pub check: &'static str,
    /// While it is checked.
    pub checking: &'static str,
    /// That checking costs nothing.
    pub check_free: &'static str,
    /// Uses it though the check did not tell.
    pub anyway: &'static str,
    /// The address is none.
    pub odd_address: &'static str,
    /// The address is the provider's.
    pub is_provider: &'static str,
    /// The key cannot be one.
    pub odd_key: &'static str,
    /// No key was given.
    pub no_key: &'static str,
    /// Everything is good.
    pub good: &'static str,
    /// A key or token is wanted.
    pub key_missing: &'static str,
    /// The key is not accepted.
    pub bad_key: &'static str,
    /// The account may not.
    pub not_allowed: &'static str,
    /// No cross-origin access.
    pub no_cors: &'static str,
    /// Nobody answers.
    pub no_answer: &'static str,
    /// Somebody else answers.
    pub not_ours: &'static str,
    /// No network.
    pub offline: &'static str,
    /// The page's policy forbids it.
    pub policy: &'static str,
    /// An encrypted page may not ask in the clear.
    pub mixed: &'static str,
    /// Too many requests.
    pub busy: &'static str,
    /// The other side has trouble.
    pub trouble: &'static str,
    /// A running take whose key is gone, with its host.
    pub locked: fn(&str) -> String,
    /// A running take at a gateway that this browser does not know.
    pub locked_open: fn(&str) -> String,
    /// Asks for what is missing.
    pub unlock: &'static str,
    /// What the key is for, with the address.
    pub unlock_about: fn(&str) -> String,
    /// That requests go to that address from then on.
    pub unlock_open: fn(&str) -> String,
    /// The key was taken; takes are looked at, with the host.
    pub looking: fn(&str) -> String,
}
