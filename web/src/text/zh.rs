//! Simplified Chinese.

use super::{
    Compose, Example, Labelled, Language, Measures, Rooms, Shell, Text, format, zh_archive, zh_arrived,
    zh_beginning, zh_connect, zh_darkroom, zh_demand, zh_doors, zh_guide, zh_help, zh_issues, zh_library,
    zh_money, zh_offline, zh_paper, zh_player, zh_request, zh_shots, zh_stock, zh_takes, zh_variations,
    zh_watching,
};

/// What is known of it before its words are here.
pub(super) const LANGUAGE: Language = Language {
    tag: "zh-Hans",
    name: "简体中文",
    not_written: "什么也没有发出：浏览器没能先写下这次尝试。",
};

/// Simplified Chinese.
pub(super) static TEXT: Text = Text {
    tag: LANGUAGE.tag,
    name: LANGUAGE.name,
    shell: &SHELL,
    doors: &zh_doors::ZH,
    demand: &zh_demand::ZH,
    guide: &zh_guide::ZH,
    beginning: &zh_beginning::ZH,
    offline: &zh_offline::ZH,
    measures: &MEASURES,
    compose: &COMPOSE,
    help: &zh_help::ZH,
    shots: &zh_shots::ZH,
    rooms: Some(&ROOMS),
};

/// Its words of rooms.
pub(super) static ROOMS: Rooms = Rooms {
    archive: &zh_archive::ZH,
    arrived: &zh_arrived::ZH,
    connect: &zh_connect::ZH,
    darkroom: &zh_darkroom::ZH,
    library: &zh_library::ZH,
    money: &zh_money::ZH,
    paper: &zh_paper::ZH,
    player: &zh_player::ZH,
    request: &zh_request::ZH,
    stock: &zh_stock::ZH,
    takes: &zh_takes::ZH,
    variations: &zh_variations::ZH,
    watching: &zh_watching::ZH,
};

static MEASURES: Measures = Measures {
    seconds: |number| format!("{number} 秒"),
    minutes: |number| format!("{number} 分钟"),
    hours: |number| format!("{number} 小时"),
    more: |size| format!("还有 {size}"),
    failure: zh_issues::failure,
};

static SHELL: Shell = Shell {
    name: "Rushes",
    parts: "页面各部分",
    compose: "创作",
    stage: "放映",
    library: "片库",
    skip: "跳到提示词",
    close: "关闭",
    undo: "撤销",
    messages: "消息",
    help: "快捷键",
    keys_title: "快捷键",
    settings: "设置",
    language: "语言",
    theme: "主题",
    theme_system: "跟随系统",
    theme_dark: "暗房",
    theme_light: "日光",
    engine_local: "草稿引擎：免费",
    engine_gateway: "经此服务器连到服务方",
    engine_unknown: "正在寻找服务器",
    over: |over, max| {
        format!(
            "超出 {} 字（最多 {} 字）",
            format::whole(over as u64),
            format::whole(max as u64)
        )
    },
    engine_open: "请求发往何处",
    engine_provider: "服务方，用您的密钥",
    engine_there: |host| format!("网关 {host}"),
    engine_locked: |host| format!("{host} 需要密钥"),
};

static COMPOSE: Compose = Compose {
    text_to_video: "文生视频",
    image_to_video: "图生视频",
    start_over: "重新开始",
    started_over: "表单已清空。",
    prompt: Labelled {
        label: "提示词",
        hint: "",
    },
    prompt_placeholder: "看到什么，什么在动，镜头怎么走",
    negative: Labelled {
        label: "反向提示词",
        hint: "不希望出现在画面和声音里的内容。",
    },
    seconds: Labelled {
        label: "时长",
        hint: "",
    },
    second_unit: "秒",
    ratio: Labelled {
        label: "画幅",
        hint: "",
    },
    ratios: &[("16:9", "横屏 16:9"), ("9:16", "竖屏 9:16"), ("1:1", "方形 1:1")],
    ratio_from_image: |ratio| format!("{ratio}，取自您的图片"),
    ratio_unknown: "取自您的图片",
    sound: Labelled {
        label: "声音",
        hint: "与画面一同生成；人声支持中文和英文。",
    },
    guidance: Labelled {
        label: "贴合度",
        hint: "",
    },
    guidance_loose: "更自由",
    guidance_strict: "更贴近文字",
    guidance_words: |value| match value {
        ..0.2 => "由模型发挥",
        0.2..0.45 => "较自由",
        0.45..0.6 => "适中",
        0.6..0.85 => "贴近文字",
        _ => "严格",
    },
    more: "反向提示词与贴合度",
    start: Labelled {
        label: "首帧图片",
        hint: "拖入、粘贴或选择 PNG 或 JPEG，它将成为第一帧。",
    },
    end: Labelled {
        label: "尾帧图片",
        hint: "可选：视频最后到达的画面。",
    },
    choose_file: "选择文件",
    use_url: "网址",
    url_label: |end| {
        (if end {
            "尾帧图片的网址"
        } else {
            "首帧图片的网址"
        })
        .to_owned()
    },
    url_hint: "由服务方去取，所以必须人人都能打开。这里无法检查它的大小。",
    replace: "替换",
    remove: "移除",
    drop_here: "放在这里",
    no_file: "那不是图片文件。",
    unreadable: |name| format!("浏览器无法读取 {name}，请重新选择。"),
    reading: |name| format!("正在读取 {name}…"),
    picture_added: |name| format!("已添加 {name}"),
    picture_removed: "图片已移除。",
    thumbnail: |name| format!("{name} 的预览"),
    examples: "从示例开始",
    use_example: "使用此示例",
    example_text: Example {
        mode: "文生视频",
        about: "黎明时分，一只狐狸越过长满苔藓的圆木。5 秒，横屏，有声音。",
        prompt: "薄雾弥漫的森林，黎明时分，一只赤狐跃上长满苔藓的圆木，停下来倾听。\
                 镜头缓慢推进，浅景深，柔和的光从左侧照来，远处传来鸟鸣。",
        shots: &[],
    },
    example_image: Example {
        mode: "图生视频",
        about: "黄昏的港湾，三个镜头。9 秒。",
        prompt: "黄昏时分宁静的港湾，水面平静，光线温暖。",
        shots: &[
            ("镜头贴着水面向船只缓慢推进。", 3),
            ("沿码头向右摇，第一批灯亮起。", 3),
            ("从桅杆向上摇到傍晚的天空。", 3),
        ],
    },
    example_failed: "示例图片没有取到，请检查网络连接。",
    generate: "生成",
    sending: "正在发送",
    sending_reason: "上一个请求还在发送。",
    to_fix: |count| format!("{count} 处需要修改"),
    ready: "可以发送",
    problems_title: "发送之前",
    notices_title: "值得留意",
    issue: zh_issues::sentence,
    cure: zh_issues::cure,
    price: |estimate| {
        estimate.map_or_else(
            || "价格未知".to_owned(),
            |estimate| format!("约 {}", format::usd(estimate.micro_usd)),
        )
    },
    price_rule: |estimate, sound| {
        let with = if sound { "有声" } else { "无声" };
        format!(
            "{} 秒 × {} {with} · {}查得",
            estimate.seconds,
            format::usd(estimate.rate_micro_usd),
            format::day(&estimate.as_of)
        )
    },
    price_local: "此处草稿免费。正式模型：",
    price_source: |estimate| format!("{}，{}。", estimate.source, format::day(&estimate.as_of)),
    loaded: "表单里现在是那个片段的请求。",
    own_rate: "您自己的单价",
    price_against: |spent, budget, is_day| {
        if is_day {
            format!("今天已用 {spent}，预算 {budget}")
        } else {
            format!("总计已用 {spent}，预算 {budget}")
        }
    },
    location_removed: "已移除位置信息",
};
