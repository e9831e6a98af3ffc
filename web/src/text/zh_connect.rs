//! Simplified Chinese: words of where requests go.

use super::Connect;

/// Simplified Chinese.
pub(super) static ZH: Connect = Connect {
    to: "发往",
    here: "此服务器",
    gateway: "网关",
    provider: "服务方",
    here_local: "本页的服务器自己应答：它绘制草稿，不收费，也不需要密钥。",
    here_gateway: "本页的服务器用它自己的密钥把请求转给服务方。您生成的内容记在那个密钥的账户上。",
    here_unknown: "请求发往本页的服务器。如果它有密钥，您生成的内容记在那个密钥的账户上；没有密钥时它绘制草稿，不收费。",
    use_here: "使用此服务器",
    now_here: "请求发往本页的服务器。",
    now_there: |host| format!("检查通过。请求发往 {host}。"),
    gateway_about: "您自己的 rushes-server，或任何使用同样接口的服务。服务方的密钥留在那里：这是最安全的用法。",
    address: "网关地址",
    address_hint: "它必须允许本页调用（rushes-server：--allow-origin）。",
    token: "访问令牌",
    token_hint: "仅在网关需要时填写。只在此标签页的内存里，关闭即消失。",
    in_the_clear: "这个地址没有加密：途中的任何人都能读到令牌和您发送的内容。",
    key: "您的密钥",
    key_hint: "只在此标签页的内存里：不存储，不进入链接或导出，关闭或刷新标签页即消失。",
    key_or_token: "密钥或访问令牌",
    risk: |host| {
        format!(
            "网页里的密钥，凡在其中运行的东西都能读到：浏览器扩展，或被人改动过的本页服务器。它能花掉您的钱。\
             使用网关可以让密钥不进浏览器。如果继续，密钥只发送给 {host}，不发往别处。"
        )
    },
    understood: "我了解风险，在此标签页使用我的密钥。",
    forget: "忘记密钥",
    forgotten: "密钥已忘记。",
    check: "检查并使用",
    checking: "正在检查…",
    check_free: "检查只是询问一个不存在的任务：不收费。",
    anyway: "仍然使用",
    odd_address: "这不是地址。它应以 https:// 或 http:// 开头，不含用户名、? 和 #。",
    is_provider: "这是服务方本身。请选择“服务方”。",
    odd_key: "这不是密钥：含有密钥里没有的字符，或太长。请只粘贴密钥。",
    no_key: "请先粘贴密钥。",
    good: "地址、密钥和跨源访问都没有问题。",
    key_missing: "那里有应答，但需要密钥或访问令牌。",
    bad_key: "地址正确，但密钥没有被接受。请检查它是否完整、是否仍然有效。",
    not_allowed: "密钥有效，但它的账户没有这个权限。请查看其权限。",
    no_cors: "那里有应答，但不让本页读取（没有跨源访问）。请在那边允许本页的来源，或使用网关。",
    no_answer: "这个地址没有应答。请检查地址，以及服务器是否在运行、证书是否有效。",
    not_ours: "那里有应答，但不是这个接口。请检查地址和路径。",
    offline: "浏览器处于离线状态。恢复联网后请再检查。",
    policy: "本页的服务器禁止其页面调用那个地址（其策略中的 connect-src）。",
    mixed: "本页是加密的，而那个地址没有加密：浏览器禁止这样做。请使用 https:// 地址。",
    busy: "那边此刻请求太多，无法得知密钥是否有效。请稍等后再检查。",
    trouble: "那边此刻有故障，无法得知密钥是否有效。请稍等后再检查。",
    locked: |host| format!("它在 {host} 继续。此标签页无法查看：密钥只在发送它的那个标签页的内存里。"),
    locked_open: |host| format!("它在 {host} 继续。此浏览器还不认识那个网关。"),
    unlock: "查看它…",
    unlock_about: |url| format!("密钥只发送给 {url}，不发往别处。新的请求仍发往原处。"),
    unlock_open: |url| format!("此后请求发往 {url}，那里的片段也会被查看。"),
    looking: |host| format!("重新查看 {host} 的片段。"),
};
