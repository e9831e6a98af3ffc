//! English: words of looking whether an unsure take arrived.

use super::Arrived;

pub(super) static EN: Arrived = Arrived {
    look: "Look whether it arrived",
    accepted: "It arrived and was accepted. It is watched from now on.",
    refused: "It arrived and was not accepted.",
    never: "It never arrived at this page's server, which takes it no more: sending it again cannot pay twice.",
    unsure: "This page's server sent it on and got no clear answer either. Look at your balance and the provider's own \
             list of tasks; if it is there, paste its id.",
    under_way: "It arrived and is being sent on right now. Look again in a moment.",
    forgotten: "This page's server was restarted or has forgotten it since. Look at your balance and the provider's own \
                list of tasks; if it is there, paste its id.",
    nobody: "It went straight to the provider, which cannot be asked about it. Look at your balance and the provider's own \
             list of tasks; if it is there, paste its id.",
    untold: "This page's server gave no answer. Look again once it is back.",
};
