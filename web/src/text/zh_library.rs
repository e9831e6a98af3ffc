//! Simplified Chinese: words of the library.

use super::format::whole;
use super::library::Library;

fn number(count: usize) -> String {
    whole(count.try_into().unwrap_or(u64::MAX))
}

/// Simplified Chinese.
pub(super) static ZH: Library = Library {
    queue: "当前",
    shelf: "片段",
    count: |count| format!("{} 个片段", number(count)),
    count_of: |shown, all| format!("{} 个，共 {} 个片段", number(shown), number(all)),
    kinds: ["全部", "有视频", "进行中", "不确定", "失败", "已失效"],
    kind: "显示",
    orders: ["最新在前", "最早在前", "最长在前", "最贵在前", "最大在前"],
    order: "顺序",
    filters: |on| {
        if on == 0 {
            "筛选".to_owned()
        } else {
            format!("筛选（已用 {on} 项）")
        }
    },
    mode: "来源",
    sound: "声音",
    shape: "画面比例",
    collection: "合集",
    any: "不限",
    from_text: "文字",
    from_image: "图片",
    with_sound: "有声",
    silent: "无声",
    starred_only: "仅星标",
    clear: "清除筛选",
    view: "视图",
    as_grid: "图片",
    as_list: "列表",
    choose_all: |count| format!("全选 {} 个", number(count)),
    choose_none: "取消选择",
    chosen: |count, size| {
        if size.is_empty() {
            format!("已选 {} 个", number(count))
        } else {
            format!("已选 {} 个 · {size}", number(count))
        }
    },
    with_chosen: "所选片段",
    tick: "选择",
    star: "加星标",
    unstar: "去掉星标",
    starred: "已加星标",
    collections: "合集…",
    collections_of: |count| format!("{} 个片段的合集", number(count)),
    new_collection: "新合集",
    add: "添加",
    no_collections: "还没有合集。取个名字，所选片段就会放进去。",
    note: "备注",
    note_hint: "给自己看的：可以搜索，绝不发送。",
    download: "下载",
    no_videos: "这些片段在此处都没有视频。",
    deleted: |count| format!("已删除 {} 个片段。", number(count)),
    not_deletable: |count| format!("{} 个片段保留：仍在进行，或结果尚不清楚。", number(count)),
    keys: "方向键移动，空格选择，按住上档键加方向键选择一段，回车打开，删除键删除。",
    attempt: |number, of| format!("第 {number} 次尝试，共 {of} 次"),
    attempts: |count, cost| format!("{count} 次尝试，共 {cost}"),
};
