//! English: "The request".

use super::RequestWords;
use crate::compose::code::Language;

/// English.
pub(super) static EN: RequestWords = RequestWords {
    about: "This is what is sent, letter by letter. Only the bytes of images are left out of sight; a copy has them.",
    not_yet: "Nothing can be sent yet:",
    form: "Shown as",
    shown: |form| format!("The request as {form}"),
    elided: |size| format!("… {size} of image …"),
    reads_files: |names| {
        format!("Images are read from files: save {names} beside it, as the page sends them.")
    },
    save: |name| format!("Save {name}"),
    needs: |language| match language {
        Language::Curl => {
            "For a POSIX shell. It calls the provider and costs money; the key comes from NOVITA_API_KEY."
        }
        Language::JavaScript => {
            "For Node, with npm install rushes. It calls the provider and costs money; the key comes from NOVITA_API_KEY."
        }
        Language::Python => {
            "For Python 3, nothing to install. It calls the provider and costs money; the key comes from NOVITA_API_KEY."
        }
        Language::Rust => {
            "With reqwest (feature blocking), and base64 for images. It calls the provider and costs money; the key comes from NOVITA_API_KEY."
        }
    },
    copy: |form| format!("Copy {form}"),
    start_file: "start-image",
    end_file: "end-image",
    copied: "Copied",
    not_copied: "The browser did not allow copying. Select the text and copy it.",
};
