//! Which move a text names: tables of words, and the reader of them.

use core::cmp::Reverse;

use super::Move;

/// Inflections, and the word that stands for them in [`ENGLISH`].
const FORMS: &[(&str, &str)] = &[
    ("push", "pushes pushing pushed"),
    ("pull", "pulls pulling pulled"),
    ("move", "moves moving moved"),
    ("zoom", "zooms zooming zoomed"),
    ("dolly", "dollies dollying dollied dollys"),
    ("pan", "pans panning panned"),
    ("tilt", "tilts tilting tilted"),
    ("truck", "trucks trucking trucked"),
    ("track", "tracks tracking tracked"),
    ("slide", "slides sliding slid"),
    ("glide", "glides gliding glided"),
    ("crane", "cranes craning craned"),
    ("pedestal", "pedestals pedestaling pedestalling"),
    ("boom", "booms booming"),
    ("jib", "jibs jibbing"),
    ("rise", "rises rising"),
    ("descend", "descends descending"),
    ("orbit", "orbits orbiting orbited"),
    ("circle", "circles circling"),
    ("arc", "arcs arcing"),
    ("revolve", "revolves revolving"),
    ("shake", "shakes shaking shaky"),
    ("roll", "rolls rolling"),
    ("follow", "follows following"),
    ("fly", "flies flying"),
    ("toward", "towards"),
    ("movement", "movements motion"),
];

/// Words that may stand between the words of a phrase: "pan *slowly to the* left".
const FILLERS: &str = "slowly slow gently gradually smoothly softly quickly fast rapidly steadily slightly \
            subtly back to the a very its way then straight camera shot";

/// Words that make it plain that the camera is meant.
const CAMERA: &str = "camera shot lens we slow slowly gentle gently smooth smoothly steady steadily cinematic \
            drone steadicam frame view gradual gradually subtle dramatic";

/// Words that are the camera.
const CAMERA_ITSELF: &str = "camera lens shot drone steadicam";

/// Words after which an unsure phrase is about the camera: "push in *on* her face".
const AFTER: &str = "on to toward through from over past along around across above until and while as with \
            shot slowly gently reveal revealing camera into then move movement";

/// How surely a phrase is about the camera.
#[derive(Clone, Copy, PartialEq)]
enum Sense {
    /// Nothing else is called so.
    Sure,
    /// It may be what somebody does: counts beside [`CAMERA`], before [`AFTER`], or at the end of a clause.
    Unsure,
    /// Only counts right after, or not far behind, a word of [`CAMERA`].
    Doubtful,
}

use Sense::{Doubtful, Sure, Unsure};

/// Phrases by move, commas in between.
const ENGLISH: &[(Move, Sense, &str)] = &[
    (
        Move::PushIn,
        Sure,
        "zoom in, dolly in, dolly forward, dolly toward, zoom into, zoom toward, crash zoom, \
            truck in, move in on, dolly zoom",
    ),
    (
        Move::PushIn,
        Unsure,
        "push in, push toward, push into, push closer, push forward, move closer, zoom, dolly",
    ),
    (
        Move::PushIn,
        Doubtful,
        "move in, move forward, move toward, push, fly forward, fly through, fly toward, \
            come closer, glide forward, track forward, track in",
    ),
    (
        Move::PullOut,
        Sure,
        "zoom out, dolly out, dolly backward, dolly backwards, dolly away, dolly back, \
            zoom away",
    ),
    (Move::PullOut, Unsure, "pull out, pull back, pull away, move away"),
    (
        Move::PullOut,
        Doubtful,
        "move backward, move backwards, move back, track back, track out, fly away, \
            fly backward",
    ),
    (
        Move::PanLeft,
        Sure,
        "pan left, pan from right, left pan, whip pan left, pan leftward",
    ),
    (
        Move::PanRight,
        Sure,
        "pan right, pan from left, right pan, whip pan, panning shot, pan rightward",
    ),
    (
        Move::PanRight,
        Unsure,
        "pan across, pan over, pan along, pan around",
    ),
    (Move::PanRight, Doubtful, "pan"),
    (Move::PanLeft, Doubtful, "move left, turn left, swing left"),
    (Move::PanRight, Doubtful, "move right, turn right, swing right"),
    (Move::TiltUp, Sure, "tilt up, tilt upward, tilt upwards, pan up"),
    (Move::TiltUp, Doubtful, "tilt, look up"),
    (
        Move::TiltDown,
        Sure,
        "tilt down, tilt downward, tilt downwards, pan down",
    ),
    (Move::TiltDown, Doubtful, "look down"),
    (
        Move::TruckLeft,
        Sure,
        "truck left, track left, dolly left, slide left, slider left, glide left",
    ),
    (
        Move::TruckRight,
        Sure,
        "truck right, track right, dolly right, slide right, slider right, glide right, \
            tracking shot, track shot, truck shot, slider shot, dolly shot, follow shot",
    ),
    (
        Move::TruckRight,
        Doubtful,
        "truck, track, slide, glide, follow, sideways",
    ),
    (
        Move::CraneUp,
        Sure,
        "crane up, pedestal up, boom up, jib up, crane shot, camera rise",
    ),
    (
        Move::CraneUp,
        Doubtful,
        "rise, move up, move upward, crane, ascend, ascends, ascending, fly up, lift up, \
            lifts up",
    ),
    (
        Move::CraneDown,
        Sure,
        "crane down, pedestal down, boom down, jib down",
    ),
    (
        Move::CraneDown,
        Doubtful,
        "descend, move down, move downward, lower, lowers, sink, sinks",
    ),
    (
        Move::Orbit,
        Sure,
        "orbit around, orbit shot, arc shot, arc around, 360 shot, 360 degree, orbital shot, \
            revolve around, bullet time",
    ),
    (Move::Orbit, Unsure, "circle around"),
    (
        Move::Orbit,
        Doubtful,
        "orbit, arc, circle, move around, rotate around, rotates around, rotating around, \
            spin around, spins around",
    ),
    (
        Move::Handheld,
        Sure,
        "handheld, hand held, shaky cam, shake cam, camera shake",
    ),
    (Move::Handheld, Doubtful, "shake, unsteady, jittery"),
    (
        Move::Static,
        Sure,
        "static shot, static camera, static frame, locked off, lock off, locked camera, \
            locked shot, fixed camera, fixed shot, fixed lens, fixed angle, stationary camera, \
            stationary shot, still camera, no camera movement, no camera move, \
            without camera movement, no camera shake, tripod shot, on tripod, on a tripod, \
            camera still, camera static, camera stationary, camera fixed, camera remains still, \
            camera is still, camera does not move, camera doesn t move, camera stays still, \
            camera holds",
    ),
    (Move::Static, Doubtful, "static, stationary, fixed, motionless"),
    (
        Move::Roll,
        Sure,
        "camera roll, barrel roll, dutch angle, dutch tilt, dutch roll, canted angle, dutch",
    ),
    (
        Move::Roll,
        Doubtful,
        "roll, spin, spins, spinning, rotate, rotates, rotating",
    ),
];

/// Chinese phrases by move, spaces in between. They are found anywhere: the language sets no spaces.
const CHINESE: &[(Move, &str)] = &[
    (
        Move::PushIn,
        "推镜 推近 推进 推向 向前推 镜头前推 前推 拉近 放大镜头 变焦推 镜头靠近 镜头逼近 推鏡 推進",
    ),
    (
        Move::PullOut,
        "拉远 拉镜 拉出 后拉 向后拉 拉开 镜头远离 镜头后退 拉遠 拉鏡 後拉",
    ),
    (
        Move::PanLeft,
        "左摇 摇左 向左摇 左转镜 镜头左转 镜头向左转 左搖 向左搖",
    ),
    (
        Move::PanRight,
        "右摇 摇右 向右摇 右转镜 镜头右转 镜头向右转 摇镜 右搖 向右搖 搖鏡",
    ),
    (
        Move::TiltUp,
        "上摇 向上摇 上仰 仰拍 镜头上扬 镜头抬起 镜头仰 上搖 向上搖",
    ),
    (
        Move::TiltDown,
        "下摇 向下摇 下俯 俯拍 镜头下压 镜头俯 下搖 向下搖",
    ),
    (Move::TruckLeft, "左移 向左移 左平移 向左平移 镜头左滑"),
    (
        Move::TruckRight,
        "右移 向右移 右平移 向右平移 横移 平移镜头 镜头平移 跟拍 跟镜 跟随镜头 镜头跟随 移镜 橫移 跟鏡",
    ),
    (
        Move::CraneUp,
        "升镜 镜头上升 镜头升起 镜头升高 上移 向上移 摇臂上升 升鏡 鏡頭上升",
    ),
    (
        Move::CraneDown,
        "降镜 镜头下降 镜头降下 下移 向下移 摇臂下降 降鏡 鏡頭下降",
    ),
    (Move::Orbit, "环绕 环拍 绕拍 围绕拍摄 旋绕 弧形运镜 環繞 環拍"),
    (
        Move::Handheld,
        "手持 晃动镜头 镜头晃动 镜头抖动 抖动镜头 晃镜 鏡頭晃動",
    ),
    (
        Move::Static,
        "固定镜头 固定机位 镜头固定 镜头不动 静止镜头 镜头静止 机位固定 定镜 固定鏡頭 固定機位 鏡頭固定 鏡頭不動",
    ),
    (
        Move::Roll,
        "滚转 横滚 旋转镜头 镜头旋转 荷兰角 倾斜镜头 镜头倾斜 旋轉鏡頭 鏡頭旋轉 荷蘭角",
    ),
];

/// A word of the text.
struct Token {
    /// Lower case, in its base form where [`FORMS`] knows one.
    word: String,
    /// Byte where it starts.
    at: usize,
    /// Whether punctuation stands before it.
    starts_clause: bool,
}

/// The move named first; at the same word the longest phrase wins.
pub(super) fn find(text: &str) -> Option<Move> {
    let tokens = tokens(text);
    let english = (0..tokens.len()).find_map(|n| at(&tokens, n).map(|camera| (tokens[n].at, camera)));
    let chinese = CHINESE
        .iter()
        .flat_map(|(camera, phrases)| phrases.split(' ').map(move |phrase| (*camera, phrase)))
        .filter_map(|(camera, phrase)| text.find(phrase).map(|at| (at, phrase.len(), camera)))
        .min_by_key(|(at, length, _)| (*at, Reverse(*length)))
        .map(|(at, _, camera)| (at, camera));
    [english, chinese]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
        .map(|(_, camera)| camera)
}

/// Whether a list of words, spaces in between, has a word.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// The base form of a word, itself where no other is known.
fn base_of(word: &str) -> &str {
    FORMS
        .iter()
        .find(|(_, forms)| has(forms, word))
        .map_or(word, |(base, _)| base)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = false;
    let mut starts_clause = true;
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_alphanumeric() {
            if !open {
                tokens.push(Token {
                    word: String::new(),
                    at,
                    starts_clause,
                });
                starts_clause = false;
            }
            if let Some(token) = tokens.last_mut() {
                token.word.push(letter.to_ascii_lowercase());
            }
            open = true;
        } else {
            open = false;
            starts_clause |= !(letter.is_whitespace() || matches!(letter, '-' | '\'' | '’' | '‑' | '–'));
        }
    }
    for token in &mut tokens {
        token.word = base_of(&token.word).to_owned();
    }
    tokens
}

/// The move of the longest phrase that starts at token `n`.
fn at(tokens: &[Token], n: usize) -> Option<Move> {
    ENGLISH
        .iter()
        .flat_map(|(camera, sense, phrases)| phrases.split(", ").map(move |phrase| (*camera, *sense, phrase)))
        .filter_map(|(camera, sense, phrase)| {
            let end = phrase_end(tokens, n, phrase)?;
            is_about_camera(tokens, n, end, sense).then_some((phrase.len(), camera))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, camera)| camera)
}

/// The token after the phrase, if it stands at token `n`, in one clause, with nothing but fillers in between.
fn phrase_end(tokens: &[Token], n: usize, phrase: &str) -> Option<usize> {
    // Most phrases begin with another letter: all forms of a word share theirs.
    if tokens[n].word.as_bytes().first() != phrase.as_bytes().first() {
        return None;
    }
    let mut next = n;
    for (index, word) in phrase.split(' ').enumerate() {
        let wanted = base_of(word);
        loop {
            let token = tokens
                .get(next)
                .filter(|token| index == 0 || !token.starts_clause)?;
            next += 1;
            if token.word == wanted {
                break;
            }
            // At most four fillers: no sentence is that slow.
            if index == 0 || next - n > index + 4 || !has(FILLERS, &token.word) {
                return None;
            }
        }
    }
    Some(next)
}

fn is_about_camera(tokens: &[Token], start: usize, end: usize, sense: Sense) -> bool {
    // The same clause, a few words back: "the camera then quickly pans".
    let before = |list: &str, reach: usize| {
        let clause = (0..=start).rev().find(|&n| tokens[n].starts_clause).unwrap_or(0);
        tokens[clause.max(start.saturating_sub(reach))..start]
            .iter()
            .any(|token| has(list, &token.word))
    };
    match sense {
        Sure => true,
        Unsure => {
            let after = tokens
                .get(end)
                .is_none_or(|token| token.starts_clause || has(AFTER, &token.word));
            after || before(CAMERA, 5)
        }
        Doubtful => before(CAMERA_ITSELF, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_is_found_in_its_own_words() {
        for camera in Move::ALL {
            assert_eq!(find(camera.words()), Some(camera));
            assert_eq!(
                find(&format!("A fox in the snow, {}.", camera.words())),
                Some(camera)
            );
        }
    }

    #[test]
    fn prompts_name_their_moves() {
        use Move::{
            CraneDown, CraneUp, Handheld, Orbit, PanLeft, PanRight, PullOut, PushIn, Roll, Static, TiltDown,
            TiltUp, TruckLeft, TruckRight,
        };
        for (text, camera) in [
            ("The camera slowly pushes in on her face", PushIn),
            ("slow push-in", PushIn),
            ("Slow zoom in, then pan left", PushIn),
            ("DOLLY IN", PushIn),
            ("we dolly toward the door", PushIn),
            ("Pull out to reveal the valley", PullOut),
            ("The camera pulls back slowly", PullOut),
            ("zooming out", PullOut),
            ("drone shot flies away from the castle", PullOut),
            ("the camera pans slowly to the left", PanLeft),
            ("pan-right", PanRight),
            ("A panning shot of the harbour", PanRight),
            ("tilts up to the sky", TiltUp),
            ("camera tilting down", TiltDown),
            ("truck left", TruckLeft),
            ("A tracking shot follows the horse", TruckRight),
            ("the camera slides to the right", TruckRight),
            ("crane shot over the crowd", CraneUp),
            ("The camera rises above the trees", CraneUp),
            ("pedestal down", CraneDown),
            ("the camera orbits the statue", Orbit),
            ("arc shot", Orbit),
            ("shot handheld, gritty", Handheld),
            ("hand-held", Handheld),
            ("static shot of a lake", Static),
            ("Locked-off camera.", Static),
            ("no camera movement", Static),
            ("the camera doesn't move", Static),
            ("dutch angle", Roll),
            ("镜头缓缓推近", PushIn),
            ("缓慢推镜", PushIn),
            ("慢慢拉远", PullOut),
            ("镜头左移", TruckLeft),
            ("镜头向右摇", PanRight),
            ("上摇", TiltUp),
            ("下摇", TiltDown),
            ("环绕拍摄", Orbit),
            ("手持拍摄", Handheld),
            ("固定镜头", Static),
        ] {
            assert_eq!(find(text), Some(camera), "{text}");
        }
    }

    #[test]
    fn words_about_other_things_name_no_move() {
        for text in [
            "",
            "An egg in a frying pan",
            "Peter Pan and the crocodile",
            "She pulls out a map",
            "He pushes in a chair",
            "A truck on the road",
            "A satellite in orbit",
            "The dog rolls in the grass",
            "An arc of light, a crane by the harbour",
            "A panther tilted its head",
            "company zoomorphic",
            "He follows her",
            "The static of an old radio",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_named_wins() {
        assert_eq!(find("pan left, then zoom in"), Some(Move::PanLeft));
        assert_eq!(find("镜头推近, then zoom out"), Some(Move::PushIn));
        assert_eq!(find("zoom out，然后镜头推近"), Some(Move::PullOut));
    }
}
