//! The sentence a person reads for each kind of failure: what happened, and the next step.

use crate::FailureKind;

/// For a create that was refused.
pub(super) fn refused(kind: FailureKind, status: Option<u16>, reason: Option<&str>) -> &'static str {
    match (kind, status, reason) {
        (_, Some(413), _) => {
            "The request is too large for the provider. Use a smaller image, or give its web address instead."
        }
        (_, _, Some("NEED_REAL_NAME_VERIFY")) => {
            "The account must verify its holder's name first. Do that in the provider's console, then send again."
        }
        (FailureKind::Invalid, ..) => {
            "The provider refused the request as invalid. Correct what the details name, then send again."
        }
        (FailureKind::Image, ..) => {
            "The provider refused the image. Use another PNG or JPEG within the limits."
        }
        (FailureKind::Moderation, _, Some("ILLEGAL_IMAGE_CONTENT")) => {
            "The provider's content rules refused the image. Use another image."
        }
        (FailureKind::Moderation, ..) => "The provider's content rules refused the prompt. Reword it.",
        (FailureKind::Balance, ..) => {
            "The account's balance or budget does not cover this video. Top it up, then send again."
        }
        (FailureKind::Auth, ..) => {
            "The provider does not accept the key, or got none. Check the key, then send again."
        }
        (FailureKind::Permission, ..) => {
            "This account may not use this model or feature. Ask for access in the provider's console."
        }
        (FailureKind::NotFound, ..) => {
            "Nothing answers at this address. Check the base URL; nothing was charged."
        }
        (FailureKind::RateLimit, ..) => {
            "Too many requests at the moment. Nothing was charged: wait, then send again."
        }
        (FailureKind::Network, ..) => {
            "No connection could be made and nothing was sent. Check the network, then send again."
        }
        (FailureKind::Provider | FailureKind::Unsure | FailureKind::TaskFailed, ..) => {
            "The provider could not take the request. Try again later."
        }
    }
}

/// For a create whose outcome nobody knows.
pub(super) const UNSURE: &str = "It is not known whether the provider took this request, so it may have been charged. \
    Look at the account before sending it again.";

/// For a read that told nothing; the task goes on.
pub(super) fn missed(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Auth => {
            "The provider does not accept the key for looking at this task. The task goes on: check the key, then look again."
        }
        FailureKind::Permission | FailureKind::Balance => {
            "This account may not look at this task. The task goes on: use the account that made it, then look again."
        }
        FailureKind::NotFound => {
            "The provider does not know this task (yet). A new task can take a moment to appear: look again."
        }
        FailureKind::RateLimit => {
            "Too many looks at the moment. The task goes on and is looked at again later."
        }
        FailureKind::Network => "The provider could not be reached. The task goes on and is looked at again.",
        _ => "The provider gave no usable answer. The task goes on and is looked at again.",
    }
}
