// Result files: links that expire, and the bytes behind them.

/** Where result files are; `.test` is reserved and never resolves. */
const ORIGIN = "https://files.rushes.test";

/** A link to a task's file, as an object store signs them. */
export function link(id: string, now: number, ttlSecs: number): string {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${ORIGIN}/${encodeURIComponent(id)}.mp4?X-Amz-Date=${date}&X-Amz-Expires=${ttlSecs}`;
}

/** The task whose file a URL names; `undefined` for any other URL. */
export function taskOf(url: URL): string | undefined {
  if (url.origin !== ORIGIN || !url.pathname.endsWith(".mp4")) return undefined;
  return decodeURIComponent(url.pathname.slice(1, -".mp4".length));
}

/** Whether a link does not live any more, or was never given. */
export function isExpired(url: URL, now: number): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get("X-Amz-Date") ?? "") ?? [];
  const given = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const ends = given + Number(url.searchParams.get("X-Amz-Expires")) * 1000;
  return !(now < ends);
}

/** What an object store answers to an expired link. */
export function expired(): Response {
  const error = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
  const text = `<?xml version="1.0" encoding="UTF-8"?>${error}`;
  return new Response(text, { status: 403, headers: { "content-type": "application/xml" } });
}

/** The file, or the part of it that was asked for (RFC 9110, 14; one range of bytes). */
export function serve(file: Uint8Array<ArrayBuffer>, method: string, range: string | null): Response {
  const size = file.length;
  const headers = new Headers({ "content-type": "video/mp4", "accept-ranges": "bytes" });
  const found = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  const [, first = "", last = ""] = found ?? [];
  const isWhole = found === null || (first === "" && last === "") || (first !== "" && last !== "" && +last < +first);
  const start = isWhole ? 0 : first === "" ? Math.max(0, size - +last) : +first;
  const end = isWhole || first === "" || last === "" ? size : Math.min(size, +last + 1);
  if (start >= end) {
    headers.set("content-range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-length", String(end - start));
  if (!isWhole) headers.set("content-range", `bytes ${start}-${end - 1}/${size}`);
  const body = method === "HEAD" ? null : file.slice(start, end);
  return new Response(body, { status: isWhole ? 200 : 206, headers });
}
