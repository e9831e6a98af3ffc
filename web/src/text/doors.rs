//! Words of what opens rooms, and over their dialogs. All other words of a room come with it.

/// Words of what opens rooms, and over their dialogs. All other words of a room come with it.
#[derive(Debug)]
pub struct Doors {
    /// Over the archive.
    pub archive: &'static str,
    /// Over the making of a zip.
    pub zip: &'static str,
    /// Opens such a file.
    pub open_request: &'static str,
    /// Saves the request as a file.
    pub save_request: &'static str,
    /// Copies a link.
    pub share_request: &'static str,
    /// Opens the takes whose frames can be used.
    pub frames: &'static str,
    /// Over those takes.
    pub frames_title: &'static str,
    /// Opens it for a picture that breaks no rule.
    pub adjust: &'static str,
    /// Over the darkroom.
    pub darkroom: &'static str,
    /// Opens the camera.
    pub camera: &'static str,
    /// Over the camera.
    pub camera_title: &'static str,
    /// Over the choice of where requests go.
    pub connect: &'static str,
    /// Over the question for a key.
    pub unlock: &'static str,
    /// Opens the palette of a field, by the field's name.
    pub words_for: fn(&str) -> String,
    /// Over the palette.
    pub palette: &'static str,
    /// Opens the drafts, and stands over them.
    pub drafts: &'static str,
    /// Opens the price and all that belongs to it, and stands over it.
    pub money: &'static str,
    /// Over the question before a budget is passed.
    pub budget: &'static str,
    /// Opens "The request", and stands over it.
    pub request: &'static str,
    /// Opens variations, and stands over them.
    pub variations: &'static str,
}
