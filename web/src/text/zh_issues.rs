//! Simplified Chinese: what is wrong, and what a press does about it.

use rushes_core::{Code, Detail, FailureKind, Issue, limits};

use super::format::{bytes, number, whole};
use crate::compose::{cure::Cure, fields::FieldKey, problems::Subject};
use crate::ledger::Trouble;

/// The sentence for an issue: the present value, the limit, the next step.
pub(super) fn sentence(subject: &Subject<'_>, issue: &Issue) -> String {
    let what = name(subject);
    match subject.field {
        FieldKey::Prompt | FieldKey::Negative | FieldKey::ShotPrompt(_) => words(&what, subject, issue),
        FieldKey::Seconds | FieldKey::ShotSeconds(_) => length(&what, issue),
        FieldKey::Shots => shots(issue),
        FieldKey::Guidance => Some(match actual(issue) {
            Some(value) => format!("贴合度是 {}，范围是 0 到 1。", number(value)),
            None => "贴合度不是数字，范围是 0 到 1。".to_owned(),
        }),
        FieldKey::Start | FieldKey::End => Some(picture(subject, issue)),
        FieldKey::Ratio | FieldKey::Sound => None,
    }
    .unwrap_or_else(|| any(&what, issue.code))
}

fn name(subject: &Subject<'_>) -> String {
    match subject.field {
        FieldKey::Prompt if subject.is_compiled => "写入分镜后的提示词",
        FieldKey::Prompt => "提示词",
        FieldKey::Negative => "反向提示词",
        FieldKey::Seconds => "时长",
        FieldKey::Ratio => "画幅",
        FieldKey::Sound => "声音",
        FieldKey::Guidance => "贴合度",
        FieldKey::Start => "首帧图片",
        FieldKey::End => "尾帧图片",
        FieldKey::Shots => "分镜",
        FieldKey::ShotPrompt(_) | FieldKey::ShotSeconds(_) => {
            return subject
                .shot
                .map_or_else(|| "镜头".to_owned(), |shot| format!("镜头 {shot}"));
        }
    }
    .to_owned()
}

/// What has no sentence of its own.
fn any(what: &str, code: Code) -> String {
    let wrong = match code {
        Code::Required | Code::Blank | Code::Empty => "是必填项",
        Code::WrongType => "的类型不对",
        Code::TooLong => "太长",
        Code::NotAnInteger => "必须是整数",
        Code::OutOfRange => "超出允许的范围",
        Code::NotAllowed => "不是允许的选项",
        Code::UnknownField => "不是这个接口的字段",
        Code::Conflict => "与另一项互斥，请去掉其中一项",
        Code::DurationMismatch => "不等于各镜头之和",
        Code::BadImageSource => "既不是网址也不是图片数据",
        Code::ImageFormat => "不是 PNG 或 JPEG",
        Code::ImageUnreadable => "无法读取",
        Code::ImageTooBig => "文件太大",
        Code::ImageTooSmall => "像素太少",
        Code::ImageRatio => "太窄或太长",
    };
    format!("{what}{wrong}。")
}

fn actual(issue: &Issue) -> Option<f64> {
    match issue.actual {
        Some(Detail::Number(value)) => Some(value),
        _ => None,
    }
}

fn limit(issue: &Issue) -> Option<f64> {
    match issue.limit {
        Some(Detail::Number(value) | Detail::Range { max: value, .. }) => Some(value),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count, never below 0"
)]
fn count(value: f64) -> u64 {
    value.max(0.0) as u64
}

fn words(what: &str, subject: &Subject<'_>, issue: &Issue) -> Option<String> {
    match issue.code {
        Code::Blank | Code::Required => Some(match subject.field {
            FieldKey::Prompt if subject.uses_shots => {
                "主提示词是必填项，即使使用分镜时模型可能忽略它。".to_owned()
            }
            FieldKey::Prompt => "提示词是空的。请写下应该看到什么。".to_owned(),
            _ => format!("{what}还没有文字。请写下应该看到什么。"),
        }),
        Code::TooLong => {
            let (actual, limit) = (actual(issue)?, limit(issue)?);
            let (has, most) = (whole(count(actual)), whole(count(limit)));
            Some(if issue.is_error() {
                let over = whole(count(actual - limit));
                format!("{what}有 {has} 字，最多 {most} 字。请删去 {over} 字。")
            } else {
                format!("{what}有 {has} 字，模型本身可能只读前 {most} 字。")
            })
        }
        _ => None,
    }
}

fn length(what: &str, issue: &Issue) -> Option<String> {
    let (min, max) = (limits::DURATION_MIN_SECS, limits::DURATION_MAX_SECS);
    match (issue.code, actual(issue)) {
        (Code::NotAnInteger, Some(value)) => Some(format!(
            "{what}是 {} 秒，必须是 {min} 到 {max} 的整秒。",
            number(value)
        )),
        (Code::OutOfRange, Some(value)) => {
            Some(format!("{what}是 {} 秒，允许 {min} 到 {max} 秒。", number(value)))
        }
        (Code::NotAnInteger | Code::OutOfRange | Code::WrongType, None) => {
            Some(format!("{what}不是数字，允许 {min} 到 {max} 秒。"))
        }
        _ => None,
    }
}

fn shots(issue: &Issue) -> Option<String> {
    match (issue.code, actual(issue)) {
        (Code::Empty | Code::Required, _) => Some("还没有镜头。请添加一个，或改回一镜到底。".to_owned()),
        (Code::OutOfRange, Some(sum)) => Some(format!(
            "各镜头共 {} 秒，允许 {} 到 {} 秒。",
            number(sum),
            limits::DURATION_MIN_SECS,
            limits::DURATION_MAX_SECS
        )),
        _ => None,
    }
}

fn picture(subject: &Subject<'_>, issue: &Issue) -> String {
    let value = actual(issue).unwrap_or_default();
    let most = limit(issue).unwrap_or_default();
    let wrong = match issue.code {
        Code::BadImageSource => return "这不是网址。它应以 https:// 开头，并且人人都能打开。".to_owned(),
        Code::ImageFormat => "从内容看不是 PNG 或 JPEG。请另存为 PNG 或 JPEG。".to_owned(),
        Code::ImageUnreadable => "文件损坏或不完整。请在图片编辑器中打开并重新保存。".to_owned(),
        Code::ImageTooBig if issue.is_error() => format!(
            "文件有 {}，最多 10 MiB（{} 字节）。请保存得小一些，例如质量较低的 JPEG。",
            bytes(count(value)),
            whole(count(most))
        ),
        Code::ImageTooBig => format!(
            "文件有 {}；文档所说的 10 MB 可能是 {} 字节。稳妥起见，请保存得再小一点。",
            bytes(count(value)),
            whole(count(most))
        ),
        Code::ImageTooSmall => format!(
            "短边只有 {} 像素，宽和高都至少要 {} 像素。请用更大的图片。",
            whole(count(value)),
            whole(count(most))
        ),
        Code::ImageRatio => format!(
            "太窄或太长：长边是短边的 {} 倍，最多 {} 倍。请裁剪。",
            number(value),
            number(most)
        ),
        code => return any(&name(subject), code),
    };
    match subject.file {
        Some(file) => format!("{file}：{wrong}"),
        None => wrong,
    }
}

/// The words of a cure.
pub(super) fn cure(cure: &Cure) -> String {
    match cure {
        Cure::SetSeconds(seconds) | Cure::SetShotSeconds(_, seconds) => format!("设为 {seconds} 秒"),
        Cure::FitShots => format!("缩短到 {} 秒", limits::DURATION_MAX_SECS),
        Cure::RemoveShot(_) => "移除这个镜头".to_owned(),
        Cure::AddShot => "添加镜头".to_owned(),
        Cure::OneTake => "改回一镜到底".to_owned(),
        Cure::FixPicture(_) => "修正…".to_owned(),
        Cure::RemoveStart => "不用它，继续".to_owned(),
        Cure::RemoveEnd => "移除".to_owned(),
        Cure::PromptFromShots => "用镜头 1 的文字".to_owned(),
        Cure::SetGuidance(hundredths) => format!("设为 {}", number(f64::from(*hundredths) / 100.0)),
        Cure::ResetRatio => format!("设为 {}", limits::ASPECT_RATIOS[0]),
    }
}

/// Why a request was surely not accepted, and the next step.
pub(super) fn failure(trouble: &Trouble) -> String {
    match (trouble.kind(), trouble.status, trouble.reason.as_deref()) {
        (_, Some(413), _) => "请求对服务方来说太大。请用更小的图片，或改为填写它的网址。",
        (_, _, Some("NEED_REAL_NAME_VERIFY")) => "该账户需要先完成实名认证。请在服务方的控制台完成后再发送。",
        (FailureKind::Invalid, ..) => "服务方认为请求无效。请按详情所说修改后再发送。",
        (FailureKind::Image, ..) => "服务方没有接受图片。请换用符合限制的 PNG 或 JPEG。",
        (FailureKind::Moderation, _, Some("ILLEGAL_IMAGE_CONTENT")) => {
            "服务方的内容规则没有通过这张图片。请换一张。"
        }
        (FailureKind::Moderation, ..) => "服务方的内容规则没有通过提示词。请换个说法。",
        (FailureKind::Balance, ..) => "账户余额或预算不够支付这个视频。请充值后再发送。",
        (FailureKind::Auth, ..) => "服务方不接受密钥，或没有收到密钥。请检查密钥后再发送。",
        (FailureKind::Permission, ..) => "该账户不能使用这个模型或功能。请在服务方的控制台申请权限。",
        (FailureKind::NotFound, ..) => "这个地址没有应答。请检查地址；没有产生费用。",
        (FailureKind::RateLimit, ..) => "此刻请求太多。没有产生费用：请稍等后再发送。",
        (FailureKind::Network, ..) => "没有连上，什么也没有发出。请检查网络后再发送。",
        (FailureKind::Provider | FailureKind::Unsure | FailureKind::TaskFailed, ..) => {
            "服务方无法受理这个请求。请稍后再试。"
        }
    }
    .to_owned()
}
