//! English.

use super::{
    Compose, Example, Labelled, Language, Measures, Shell, Text, en_beginning, en_demand, en_doors, en_guide,
    en_help, en_issues, en_offline, en_shots, format,
};

/// What is known of it before its words are here.
pub(super) const LANGUAGE: Language = Language {
    tag: "en",
    name: "English",
    not_written: "Nothing was sent: this browser could not write the attempt down first.",
};

/// English.
pub(super) static TEXT: Text = Text {
    tag: LANGUAGE.tag,
    name: LANGUAGE.name,
    shell: &SHELL,
    doors: &en_doors::EN,
    demand: &en_demand::EN,
    guide: &en_guide::EN,
    beginning: &en_beginning::EN,
    offline: &en_offline::EN,
    measures: &MEASURES,
    compose: &COMPOSE,
    help: &en_help::EN,
    shots: &en_shots::EN,
    rooms: None,
};

static MEASURES: Measures = Measures {
    seconds: |number| format!("{number} s"),
    minutes: |number| format!("{number} min"),
    hours: |number| format!("{number} h"),
    more: |size| format!("{size} more"),
    // The records hold the core's own sentence, which is English.
    failure: |trouble| trouble.message.clone(),
};

static SHELL: Shell = Shell {
    name: "Rushes",
    parts: "Parts of the page",
    compose: "Compose",
    stage: "Stage",
    library: "Library",
    skip: "Skip to the prompt",
    close: "Close",
    undo: "Undo",
    messages: "Messages",
    help: "Keys",
    keys_title: "Keys",
    settings: "Settings",
    language: "Language",
    theme: "Theme",
    theme_system: "As the system",
    theme_dark: "Dark room",
    theme_light: "Daylight",
    engine_local: "Draft engine: free",
    engine_gateway: "Provider, through this server",
    engine_unknown: "Looking for the server",
    over: |over, max| {
        format!(
            "{} over the {} allowed",
            format::whole(over as u64),
            format::whole(max as u64)
        )
    },
    engine_open: "Where requests go",
    engine_provider: "Provider, with your key",
    engine_there: |host| format!("Gateway {host}"),
    engine_locked: |host| format!("Key needed for {host}"),
};

static COMPOSE: Compose = Compose {
    text_to_video: "Text to video",
    image_to_video: "Image to video",
    start_over: "Start over",
    started_over: "The form is empty again.",
    prompt: Labelled {
        label: "Prompt",
        hint: "",
    },
    prompt_placeholder: "What is seen, what moves, and how the camera goes",
    negative: Labelled {
        label: "Negative prompt",
        hint: "What to keep out of picture and sound.",
    },
    seconds: Labelled {
        label: "Length",
        hint: "",
    },
    second_unit: "s",
    ratio: Labelled {
        label: "Shape",
        hint: "",
    },
    ratios: &[
        ("16:9", "Wide 16:9"),
        ("9:16", "Tall 9:16"),
        ("1:1", "Square 1:1"),
    ],
    ratio_from_image: |ratio| format!("{ratio}, from your image"),
    ratio_unknown: "From your image",
    sound: Labelled {
        label: "Sound",
        hint: "Made with the picture; voices in Chinese and English.",
    },
    guidance: Labelled {
        label: "Guidance",
        hint: "",
    },
    guidance_loose: "Looser",
    guidance_strict: "Closer to your words",
    guidance_words: |value| match value {
        ..0.2 => "the model is free",
        0.2..0.45 => "loose",
        0.45..0.6 => "balanced",
        0.6..0.85 => "close to your words",
        _ => "strict",
    },
    more: "Negative prompt and guidance",
    start: Labelled {
        label: "Start image",
        hint: "Drop, paste or choose a PNG or JPEG: it becomes the first frame.",
    },
    end: Labelled {
        label: "End image",
        hint: "Optional: the frame the take arrives at.",
    },
    choose_file: "Choose a file",
    use_url: "Web address",
    url_label: |end| {
        (if end {
            "Address of the end image"
        } else {
            "Address of the start image"
        })
        .to_owned()
    },
    url_hint: "The provider fetches it, so anyone must be able to open it. Its size cannot be checked here.",
    replace: "Replace",
    remove: "Remove",
    drop_here: "Drop it here",
    no_file: "That was no image file.",
    unreadable: |name| format!("The browser could not read {name}. Choose it again."),
    reading: |name| format!("Reading {name}…"),
    picture_added: |name| format!("{name} added"),
    picture_removed: "The image is removed.",
    thumbnail: |name| format!("Preview of {name}"),
    examples: "Start with an example",
    use_example: "Use this example",
    example_text: Example {
        mode: "Text to video",
        about: "A fox crosses a mossy log at dawn. 5 s, wide, with sound.",
        prompt: "A red fox leaps onto a mossy log in a misty forest at dawn and stops to listen. \
                 Slow push in, shallow depth of field, soft light from the left, birdsong far away.",
        shots: &[],
    },
    example_image: Example {
        mode: "Image to video",
        about: "A harbour at dusk in three shots. 9 s.",
        prompt: "A quiet harbour at dusk, calm water, warm light.",
        shots: &[
            ("Slow push in over the water towards the boats.", 3),
            ("Pan right along the quay as the first lamps come on.", 3),
            ("Tilt up from the masts to the evening sky.", 3),
        ],
    },
    example_failed: "The example’s image did not arrive. Check the connection.",
    generate: "Generate",
    sending: "Sending",
    sending_reason: "The last request is still being sent.",
    to_fix: |count| {
        if count == 1 {
            "1 thing to fix".to_owned()
        } else {
            format!("{count} things to fix")
        }
    },
    ready: "Ready to send",
    problems_title: "Before it can be sent",
    notices_title: "Good to know",
    issue: en_issues::sentence,
    cure: en_issues::cure,
    price: |estimate| {
        estimate.map_or_else(
            || "price not known".to_owned(),
            |estimate| format!("about {}", format::usd(estimate.micro_usd)),
        )
    },
    price_rule: |estimate, sound| {
        let with = if sound { "with sound" } else { "silent" };
        format!(
            "{} s × {} {with} · seen {}",
            estimate.seconds,
            format::usd(estimate.rate_micro_usd),
            format::day(&estimate.as_of)
        )
    },
    price_local: "Free draft here. Real model:",
    price_source: |estimate| format!("{}, {}.", estimate.source, format::day(&estimate.as_of)),
    loaded: "The form now holds that take’s request.",
    own_rate: "Your own rate",
    price_against: |spent, budget, is_day| {
        if is_day {
            format!("today {spent} of {budget}")
        } else {
            format!("{spent} of {budget} in all")
        }
    },
    location_removed: "location removed",
};
