//! What a browser remembers of where requests go: addresses, never a key.

use crate::ledger::Place;

/// The first line of the text it is kept as.
const VERSION: &str = "rushes-connection 1";

/// What a browser remembers of where requests go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// Whether its reader has chosen at all.
    pub is_chosen: bool,
    /// Where requests go; nothing is the page's own server.
    pub place: Option<Place>,
    /// Gateways that were used without a token: takes may be looked at there.
    pub known: Vec<String>,
}

impl Remembered {
    /// Chooses a place.
    pub fn choose(&mut self, place: Option<Place>) {
        if let Some(open) = place.as_ref().filter(|place| !place.needs_key)
            && !self.known.contains(&open.url)
        {
            self.known.push(open.url.clone());
        }
        self.is_chosen = true;
        self.place = place;
    }

    /// As text, a line each.
    pub fn to_text(&self) -> String {
        let mut lines = vec![VERSION.to_owned()];
        lines.extend(self.place.as_ref().map(|place| {
            let kind = if place.needs_key { "with-key " } else { "open " };
            [kind, &place.url].concat()
        }));
        lines.extend(self.known.iter().map(|url| ["known ", url].concat()));
        lines.join("\n")
    }

    /// From such a text; from any other, nothing is remembered. Lines that are no place are passed over.
    pub fn from_text(text: &str) -> Self {
        let mut remembered = Self::default();
        let mut lines = text.split('\n');
        if lines.next() != Some(VERSION) {
            return remembered;
        }
        remembered.is_chosen = true;
        for line in lines {
            let (kind, url) = line.split_once(' ').unwrap_or_default();
            let place = Place {
                url: url.to_owned(),
                needs_key: kind == "with-key",
            };
            if place.base_url().is_none() {
                continue;
            }
            match kind {
                "open" | "with-key" => remembered.place = Some(place),
                "known" => remembered.known.push(place.url),
                _ => {}
            }
        }
        remembered
    }
}

#[cfg(test)]
mod tests {
    use rushes_client::BaseUrl;

    use super::*;

    #[test]
    fn what_is_remembered_comes_back() {
        let gateway = |url: &str, key| Place::gateway(&BaseUrl::new(url).expect(url), key);
        let mut remembered = Remembered::default();
        assert!(!Remembered::from_text("").is_chosen);
        for place in [
            None,
            Some(Place::provider()),
            Some(gateway("http://10.0.0.1:7400", false)),
            Some(gateway("http://10.0.0.1:7400", false)),
            Some(gateway("https://example.org/g", true)),
        ] {
            remembered.choose(place.clone());
            let back = Remembered::from_text(&remembered.to_text());
            assert_eq!(back, remembered);
            assert_eq!((back.place, back.is_chosen), (place, true));
        }
        assert_eq!(remembered.known, ["http://10.0.0.1:7400"]);
    }

    #[test]
    fn no_text_makes_it_stumble() {
        let text =
            "rushes-connection 1\nopen javascript:alert(1)\nknown \nwith-key https://k@x\nnonsense\n\nopen";
        assert_eq!(
            Remembered::from_text(text),
            Remembered {
                is_chosen: true,
                ..Remembered::default()
            }
        );
    }
}
