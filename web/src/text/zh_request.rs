//! Simplified Chinese: "The request".

use super::RequestWords;
use crate::compose::code::Language;

/// Simplified Chinese.
pub(super) static ZH: RequestWords = RequestWords {
    about: "发送的就是这些，一字不差。只有图片的数据没有显示；复制时包含在内。",
    not_yet: "现在还不能发送：",
    form: "显示为",
    shown: |form| format!("请求的 {form} 形式"),
    elided: |size| format!("… {size} 图片数据 …"),
    reads_files: |names| format!("图片从文件读取：请把 {names}（即实际发送的图片）保存在旁边。"),
    save: |name| format!("保存 {name}"),
    needs: |language| match language {
        Language::Curl => "在 POSIX shell 中运行。它会调用服务商并产生费用；密钥取自 NOVITA_API_KEY。",
        Language::JavaScript => {
            "在 Node 中运行，先执行 npm install rushes。它会调用服务商并产生费用；密钥取自 NOVITA_API_KEY。"
        }
        Language::Python => {
            "在 Python 3 中运行，无需安装其他东西。它会调用服务商并产生费用；密钥取自 NOVITA_API_KEY。"
        }
        Language::Rust => {
            "需要 reqwest（启用 blocking），有图片时还需要 base64。它会调用服务商并产生费用；密钥取自 NOVITA_API_KEY。"
        }
    },
    copy: |form| format!("复制 {form}"),
    start_file: "首帧图片",
    end_file: "尾帧图片",
    copied: "已复制",
    not_copied: "浏览器不允许复制。请选中文字后自行复制。",
};
