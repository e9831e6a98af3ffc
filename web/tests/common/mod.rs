//! Takes for tests.

use rushes_web::ledger::{Filed, Maker, Price, SCHEMA, Settings, State, Take};

/// A sound take in some state.
pub(crate) fn take(id: &str, state: State) -> Take {
    Take {
        schema: SCHEMA,
        id: id.to_owned(),
        created_ms: 1_700_000_000_000,
        changed_ms: 1_700_000_000_000,
        settings: Settings {
            endpoint: "text-to-video".into(),
            prompt: "A fox leaps over a mossy log 🦊".into(),
            negative_prompt: None,
            duration_secs: 5,
            cfg_scale: 0.5,
            sound: true,
            aspect_ratio: Some("16:9".into()),
            image: None,
            end_image: None,
            shots: Vec::new(),
        },
        price: Price {
            micro_usd: 630_000,
            rate_micro_usd: 126_000,
            source: "a table".into(),
            as_of: "2026-10-07".into(),
        },
        maker: Maker::Provider,
        state,
        took_ms: None,
        again_of: None,
        continues: None,
        sent_as: None,
        filed: Filed::default(),
        is_awaited: false,
        deleted_ms: None,
        place: None,
    }
}
