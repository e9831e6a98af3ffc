//! Words of the design system's page. They come with it: the page's first file holds none of them.

use super::{en_design, t, zh, zh_design};

/// Words of the design system's page.
#[derive(Debug)]
pub struct Design {
    /// The page's heading.
    pub title: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Back to the Studio.
    pub back: &'static str,
    /// Before the name of a component in the program.
    pub made_by: &'static str,
    /// Colours.
    pub colours: &'static str,
    /// Sizes of words.
    pub type_sizes: &'static str,
    /// Spaces.
    pub spaces: &'static str,
    /// Icons.
    pub icons: &'static str,
    /// Buttons.
    pub buttons: &'static str,
    /// Segmented choices.
    pub choices: &'static str,
    /// Switches.
    pub switches: &'static str,
    /// Sliders with a number.
    pub sliders: &'static str,
    /// Lists to choose from.
    pub selects: &'static str,
    /// Fields with what is said of them.
    pub fields: &'static str,
    /// Counters.
    pub counters: &'static str,
    /// The switcher between columns.
    pub tabs: &'static str,
    /// Lamps.
    pub lamps: &'static str,
    /// Progress bars.
    pub bars: &'static str,
    /// Short messages.
    pub messages: &'static str,
    /// Dialogs.
    pub dialogs: &'static str,
    /// Notices.
    pub notices: &'static str,
    /// State: as usual.
    pub usual: &'static str,
    /// State: cannot act now.
    pub unavailable: &'static str,
    /// State: with an icon.
    pub with_icon: &'static str,
    /// State: an icon alone.
    pub icon_alone: &'static str,
    /// State: pressed in.
    pub pressed: &'static str,
    /// State: on.
    pub on: &'static str,
    /// State: off.
    pub off: &'static str,
    /// State: something is wrong.
    pub wrong: &'static str,
    /// State: something is good to know.
    pub warned: &'static str,
    /// An error, as an example.
    pub too_long: &'static str,
    /// A warning, as an example.
    pub good_to_know: &'static str,
    /// A lamp: nothing goes on.
    pub lamp_off: &'static str,
    /// A lamp: live.
    pub lamp_live: &'static str,
    /// A lamp: nobody knows.
    pub lamp_unsure: &'static str,
    /// A lamp: done.
    pub lamp_done: &'static str,
    /// A lamp: failed.
    pub lamp_bad: &'static str,
    /// Shows a message that goes.
    pub say_message: &'static str,
    /// Shows a message that stays.
    pub offer_message: &'static str,
    /// Opens a dialog.
    pub open_dialog: &'static str,
    /// A part is on its way.
    pub coming: &'static str,
    /// A part did not arrive.
    pub missing: &'static str,
}

/// The words of that page in the page's language.
pub fn design() -> &'static Design {
    if t().tag == zh::LANGUAGE.tag {
        &zh_design::ZH
    } else {
        &en_design::EN
    }
}
