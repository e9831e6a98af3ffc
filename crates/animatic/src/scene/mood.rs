//! What a text is about, as far as a card and its sound can show it: tables of words, and the reader of them.

use crate::colour::Rgb;
use crate::maths::hash_text;

/// The light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Light {
    /// Plain day.
    Day,
    /// The low sun of morning or evening.
    Golden,
    /// Night.
    Night,
}

/// What fills the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weather {
    /// Nothing.
    Clear,
    /// Clouds.
    Cloudy,
    /// Rain, storms.
    Rain,
    /// Snow.
    Snow,
    /// Fog, mist, smoke, dust.
    Fog,
}

/// The ground one stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// None named: soft hills under a large disc.
    Open,
    /// Trees.
    Forest,
    /// Sea, lake, river, beach.
    Sea,
    /// Streets and buildings.
    City,
    /// Mountains.
    Mountains,
    /// Sand.
    Desert,
    /// Grass, fields, gardens.
    Meadow,
    /// A room.
    Indoors,
    /// Beyond the sky.
    Space,
}

/// Whom or what one looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Somebody.
    Person,
    /// Something on four legs.
    Animal,
    /// Something that flies.
    Bird,
    /// A car, or what is driven like one.
    Car,
    /// A boat.
    Boat,
    /// A house.
    House,
}

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mood {
    pub(crate) light: Light,
    pub(crate) weather: Weather,
    pub(crate) place: Place,
    pub(crate) subject: Option<Subject>,
    /// The colour that is named.
    pub(crate) colour: Option<Rgb>,
    /// Follows from the words alone: what is left to choose is chosen by it.
    pub(crate) seed: u64,
}

/// Something a word can stand for, its English words (singular) and its Chinese ones, with spaces in between.
type Entry<T> = (T, &'static str, &'static str);

const LIGHTS: &[Entry<Light>] = &[
    (
        Light::Night,
        "night nighttime midnight moon moonlight moonlit star starry neon dark darkness \
            nocturnal cyberpunk aurora firefly fireflies noir",
        "夜 晚上 月 星空 霓虹 黑暗 极光 深夜 萤火",
    ),
    (
        Light::Golden,
        "sunset sunrise dawn dusk golden twilight evening candle candlelight ember fire lantern \
            autumn amber warm",
        "日落 夕阳 日出 黄昏 黎明 晨 傍晚 金色 烛光 秋 朝霞 晚霞 落日 暖",
    ),
    (
        Light::Day,
        "day noon sunny sunlit sunshine daylight bright blue",
        "白天 阳光 正午 晴 明亮",
    ),
];

const WEATHERS: &[Entry<Weather>] = &[
    (
        Weather::Snow,
        "snow snowy snowfall snowing snowflake blizzard winter ice icy frozen arctic frost",
        "雪 冰 冬",
    ),
    (
        Weather::Rain,
        "rain rainy raining rainfall storm stormy thunder thunderstorm lightning drizzle \
            downpour wet umbrella monsoon",
        "雨 暴风 雷 闪电 伞",
    ),
    (
        Weather::Fog,
        "fog foggy mist misty haze hazy smoke smoky dust dusty steam",
        "雾 烟 霾 尘",
    ),
    (Weather::Cloudy, "cloud cloudy overcast sky skies", "云 阴天 天空"),
];

const PLACES: &[Entry<Place>] = &[
    (
        Place::Space,
        "space galaxy planet spaceship spacecraft astronaut nebula cosmos cosmic orbit universe \
            mars asteroid",
        "太空 宇宙 星球 银河 飞船 星系 宇航员 火星",
    ),
    (
        Place::Sea,
        "sea ocean beach wave lake river harbor harbour coast shore island boat ship sailboat \
            sail sailing surf surfer underwater whale dolphin fish coral water lagoon bay quay \
            waterfall gull seagull",
        "海 湖 河 沙滩 浪 岛 船 帆 港 鲸 鱼 水面 江 瀑布",
    ),
    (
        Place::City,
        "city street urban skyline building skyscraper downtown alley tokyo york paris london \
            shanghai traffic rooftop cyberpunk neon market town road subway metropolis bridge \
            highway sidewalk",
        "城市 街 楼 都市 霓虹 东京 上海 巷 马路 桥 市场 地铁",
    ),
    (
        Place::Mountains,
        "mountain peak alps alpine cliff canyon summit himalaya volcano glacier ridge snowcapped",
        "山 峰 悬崖 峡谷 火山 冰川",
    ),
    (
        Place::Forest,
        "forest wood woods woodland jungle tree moss mossy log pine bamboo rainforest redwood \
            grove",
        "森林 树 林 苔 竹 丛林",
    ),
    (
        Place::Desert,
        "desert dune sand sahara camel oasis pyramid",
        "沙漠 沙丘 骆驼 戈壁 金字塔",
    ),
    (
        Place::Meadow,
        "meadow field grass grassland garden flower farm prairie park savanna savannah wheat \
            lavender sunflower hill countryside lawn",
        "草 田 花 农 公园 麦 院子 乡",
    ),
    (
        Place::Indoors,
        "room kitchen office bedroom interior indoor indoors studio cafe café restaurant table \
            desk library hall house home window lab laboratory stage bar shop classroom museum \
            product bottle cup coffee",
        "房间 室内 厨房 办公 咖啡 餐厅 桌 图书馆 卧室 客厅 窗 杯 瓶 舞台 店",
    ),
];

const SUBJECTS: &[Entry<Subject>] = &[
    (
        Subject::Animal,
        "fox dog puppy cat kitten wolf horse deer lion tiger bear cow sheep goat rabbit elephant \
            leopard cheetah corgi panda unicorn animal creature camel pig squirrel",
        "狐 狗 猫 狼 马 鹿 狮 虎 熊 牛 羊 兔 象 豹 动物 猪",
    ),
    (
        Subject::Car,
        "car truck bus taxi van motorcycle motorbike vehicle jeep suv automobile train tram",
        "汽车 轿车 跑车 卡车 公交 出租车 摩托 火车 车",
    ),
    (
        Subject::Boat,
        "boat ship sailboat yacht canoe kayak ferry sail sailing fisherman",
        "船 帆 舟 艇",
    ),
    (
        Subject::Person,
        "man woman person boy girl child children people dancer chef astronaut soldier captain \
            runner she he him her couple king queen knight monk samurai warrior musician player \
            figure lady guy men women surfer detective robot model actor traveler traveller hiker \
            wizard grandmother grandfather mother father old",
        "男 女 人 孩 她 他 舞者 士兵 船长 宇航员 侠 机器人 僧 老 少年 姑娘",
    ),
    (
        Subject::Bird,
        "bird gull seagull eagle hawk owl crane swan butterfly dragon plane airplane drone \
            balloon crow raven dove pigeon swallow",
        "鸟 鹰 鸥 燕 鹤 蝶 龙 飞机 气球 鸽",
    ),
    (
        Subject::House,
        "house cabin hut cottage home barn temple castle lighthouse church farmhouse villa",
        "屋 房子 寺 城堡 灯塔 教堂 庙 别墅",
    ),
];

const COLOURS: &[Entry<Rgb>] = &[
    ([206, 62, 44], "red crimson scarlet ginger", "红 紅 赤"),
    ([232, 124, 40], "orange", "橙 橘"),
    ([240, 196, 56], "yellow gold blond blonde", "黄 黃"),
    ([78, 156, 78], "green emerald", "绿 綠 翠"),
    ([56, 110, 206], "blue azure navy", "蓝 藍"),
    ([136, 82, 196], "purple violet", "紫"),
    ([236, 118, 164], "pink rose", "粉"),
    ([236, 236, 232], "white silver", "白 银"),
    ([134, 90, 58], "brown wooden leather", "棕 褐"),
    ([22, 22, 26], "black", "黑"),
];

impl Mood {
    /// What a text is about; where it names nothing, its letters choose.
    pub(crate) fn of(text: &str) -> Self {
        let seed = hash_text(text);
        let words = words(text);
        let weather = first(WEATHERS, &words, text).unwrap_or(Weather::Clear);
        let place = first(PLACES, &words, text).unwrap_or(Place::Open);
        let light = first(LIGHTS, &words, text).unwrap_or(match seed >> 60 {
            0..5 => Light::Golden,
            5 => Light::Night,
            _ => Light::Day,
        });
        let subject = first(SUBJECTS, &words, text);
        Self {
            light,
            weather,
            place,
            subject,
            colour: first(COLOURS, &words, text),
            seed,
        }
    }

    /// No words: a card for a picture that is not there.
    pub(crate) fn neutral() -> Self {
        Self {
            light: Light::Night,
            weather: Weather::Fog,
            place: Place::Open,
            subject: None,
            colour: None,
            seed: 0,
        }
    }
}

/// The words of a text in lower case, each also without a plural's `s`.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The entry that is named most; of equals, the one named first in the table.
fn first<T: Copy>(table: &[Entry<T>], words: &[String], text: &str) -> Option<T> {
    let named = |entry: &Entry<T>| {
        let english = words
            .iter()
            .filter(|word| {
                let singular = word.strip_suffix('s').unwrap_or(word);
                entry
                    .1
                    .split(' ')
                    .any(|known| known == word.as_str() || known == singular)
            })
            .count();
        let chinese: usize = entry.2.split(' ').map(|word| text.matches(word).count()).sum();
        english + chinese
    };
    let mut best = None;
    for entry in table {
        let count = named(entry);
        if count > best.map_or(0, |(most, _)| most) {
            best = Some((count, entry.0));
        }
    }
    best.map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood() {
        use Light::{Golden, Night};
        use Weather::{Clear, Fog, Rain, Snow};
        for (text, light, weather, place, subject) in [
            (
                "A red fox leaps over a mossy log in a misty forest at sunrise",
                Golden,
                Fog,
                Place::Forest,
                Some(Subject::Animal),
            ),
            (
                "雨夜的城市街头，霓虹灯倒映，一位撑伞的女子走过",
                Night,
                Rain,
                Place::City,
                Some(Subject::Person),
            ),
            (
                "A sailing boat drifts on a calm sea at sunset",
                Golden,
                Clear,
                Place::Sea,
                Some(Subject::Boat),
            ),
            (
                "Snow falls on a mountain cabin at night",
                Night,
                Snow,
                Place::Mountains,
                Some(Subject::House),
            ),
            (
                "Neon streets of a cyberpunk city, a car speeds past",
                Night,
                Clear,
                Place::City,
                Some(Subject::Car),
            ),
        ] {
            let mood = Mood::of(text);
            assert_eq!(
                (mood.light, mood.weather, mood.place, mood.subject),
                (light, weather, place, subject),
                "{text}"
            );
        }
    }

    #[test]
    fn parts_of_words_do_not_count() {
        // "season" holds "sea", "carpet" holds "car", "training" holds "rain".
        let mood = Mood::of("The training season, a carpet");
        assert_eq!(
            (mood.weather, mood.place, mood.subject),
            (Weather::Clear, Place::Open, None)
        );
    }
}
