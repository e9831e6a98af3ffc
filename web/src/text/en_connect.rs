//! English: words of where requests go.

use super::Connect;

/// English.
pub(super) static EN: Connect = Connect {
    to: "Send them to",
    here: "This server",
    gateway: "A gateway",
    provider: "The provider",
    here_local: "The server of this page answers by itself: it draws drafts, for nothing. No key is needed.",
    here_gateway: "The server of this page sends requests on to the provider with a key of its own. What you generate \
                   is charged to that key’s account.",
    here_unknown: "Requests go to the server of this page. If it holds a key, what you generate is charged to that \
                   key’s account; without one it draws drafts, for nothing.",
    use_here: "Use this server",
    now_here: "Requests go to this page’s server.",
    now_there: |host| format!("Checked. Requests go to {host}."),
    gateway_about: "A rushes-server of yours, or anything that speaks the same API. The provider’s key stays there: the \
                    safest way to use one.",
    address: "Address of the gateway",
    address_hint: "It must allow calls from this page (rushes-server: --allow-origin).",
    token: "Access token",
    token_hint: "Only if the gateway wants one. Kept in this tab’s memory, gone when it closes.",
    in_the_clear: "This address is not encrypted: whoever is on the way can read the token and what you send.",
    key: "Your key",
    key_hint: "Kept in this tab’s memory only: not stored, not in links or exports, gone when the tab closes or reloads.",
    key_or_token: "Key or access token",
    risk: |host| {
        format!(
            "A key in a web page can be read by whatever runs in it: a browser extension, or this page’s server if \
             someone has changed it. It can spend your money. A gateway keeps it out of the browser. If you go on, the \
             key is sent to {host} and nowhere else."
        )
    },
    understood: "I know the risk. Use my key in this tab.",
    forget: "Forget the key",
    forgotten: "The key is forgotten.",
    check: "Check and use",
    checking: "Checking…",
    check_free: "The check asks for a task that does not exist: it costs nothing.",
    anyway: "Use it all the same",
    odd_address: "That is no address. It begins with https:// or http:// and has no user, no ? and no #.",
    is_provider: "That is the provider itself. Choose “The provider” for it.",
    odd_key: "That is no key: it holds a character that no key has, or is too long. Paste the key alone.",
    no_key: "Paste the key first.",
    good: "Address, key and cross-origin access are good.",
    key_missing: "Somebody answers there, but wants a key or access token.",
    bad_key: "The address is right, but the key was not accepted. Check whether it is whole and still valid.",
    not_allowed: "The key is good, but its account may not do this. Look at its rights.",
    no_cors: "Somebody answers there, but does not let this page read it (no cross-origin access). Allow this page’s \
              origin there, or use a gateway.",
    no_answer: "Nobody answers at this address. Check it, and whether the server runs and its certificate is valid.",
    not_ours: "Somebody answers, but does not speak this API. Check the address and its path.",
    offline: "This browser is offline. Check again when it is back.",
    policy: "This page’s server forbids its pages to call that address (connect-src of its policy).",
    mixed: "This page is encrypted and the address is not: browsers forbid that. Use an https:// address.",
    busy: "Too many requests there just now, so nothing is known of the key. Wait, then check again.",
    trouble: "The other side has trouble just now, so nothing is known of the key. Wait, then check again.",
    locked: |host| {
        format!(
            "It goes on at {host}. This tab cannot look at it: the key was only in the memory of the tab that sent it."
        )
    },
    locked_open: |host| format!("It goes on at {host}. This browser does not know that gateway yet."),
    unlock: "Look at it…",
    unlock_about: |url| {
        format!("The key is sent to {url} and nowhere else. New requests go where they went before.")
    },
    unlock_open: |url| format!("Requests go to {url} from then on, and its takes are looked at."),
    looking: |host| format!("Takes at {host} are looked at again."),
};
