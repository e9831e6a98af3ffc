//! The words of rooms. English ones come with the part of the program that first needs them: the page's first file
//! holds none. Those of another language come all together, when it is spoken.

use super::takes::Takes;
use super::{
    Archive, Arrived, Connect, Darkroom, Library, Money, Paper, Player, RequestWords, Stock, Variations,
    Watching, en_archive, en_arrived, en_connect, en_darkroom, en_library, en_money, en_paper, en_player,
    en_request, en_stock, en_takes, en_variations, en_watching, t,
};

/// Writes [`Rooms`], and for each room the function that gives its words: the only one that names the English ones.
macro_rules! rooms {
    ($($(#[$about:meta])* $room:ident: $words:ty = $english:path;)*) => {
        /// The words of every room in one language.
        #[derive(Debug)]
        pub struct Rooms {
            $($(#[$about])* pub $room: &'static $words,)*
        }

        $(
            $(#[$about])*
            pub fn $room() -> &'static $words {
                t().rooms.map_or(&$english, |rooms| rooms.$room)
            }
        )*

        /// Those in English, to be compared with.
        #[cfg(test)]
        pub(super) static ENGLISH: Rooms = Rooms { $($room: &$english,)* };
    };
}

rooms! {
    /// Zips and archives.
    archive: Archive = en_archive::EN;
    /// Whether an unsure take arrived.
    arrived: Arrived = en_arrived::EN;
    /// Where requests go.
    connect: Connect = en_connect::EN;
    /// The darkroom.
    darkroom: Darkroom = en_darkroom::EN;
    /// The library.
    library: Library = en_library::EN;
    /// Money.
    money: Money = en_money::EN;
    /// Requests that travel.
    paper: Paper = en_paper::EN;
    /// The player.
    player: Player = en_player::EN;
    /// "The request".
    request: RequestWords = en_request::EN;
    /// The palette and drafts.
    stock: Stock = en_stock::EN;
    /// Takes: queue, library, stage.
    takes: Takes = en_takes::EN;
    /// Variations.
    variations: Variations = en_variations::EN;
    /// Watching.
    watching: Watching = en_watching::EN;
}
