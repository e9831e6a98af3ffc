//! Simplified Chinese: words of looking whether an unsure take arrived.

use super::Arrived;

pub(super) static ZH: Arrived = Arrived {
    look: "查看是否送达",
    accepted: "它已送达并被受理，从现在起会持续查看。",
    refused: "它已送达，但没有被受理。",
    never: "它从未送达本页的服务器，服务器也不会再接受它：再次发送不会重复付费。",
    unsure: "本页的服务器转发了它，也没有得到明确的答复。请查看余额和服务方自己的任务列表；如果在里面，请粘贴它的 ID。",
    under_way: "它已送达，正在转发。请稍后再查看。",
    forgotten: "本页的服务器重启过，或已不记得它。请查看余额和服务方自己的任务列表；如果在里面，请粘贴它的 ID。",
    nobody: "它直接发给了服务方，而服务方无法查询。请查看余额和服务方自己的任务列表；如果在里面，请粘贴它的 ID。",
    untold: "本页的服务器没有答复。请在它恢复后再查看。",
};
