// Answers as the provider, and what lies between, gives them.

import type { Issue } from "rushes";

import { REFUSALS, type Fault } from "./script.js";

/** An answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
}

/** An error in the documented form. */
export function refusal(reason: string, message: string, status?: number, metadata: object = {}): Response {
  const known = (REFUSALS as Record<string, number>)[reason];
  const code = status ?? known ?? 400;
  return json({ code, reason, message, metadata }, code);
}

/** The provider's answer to a request that breaks rules: an image reason where only images are at fault. */
export function invalid(issues: readonly Issue[]): Response {
  const errors = issues.filter((issue) => issue.severity === "error");
  const reasons = errors.map((issue) => IMAGE_REASONS[issue.code]);
  const reason = reasons.every((found) => found !== undefined) ? reasons[0] : undefined;
  const message = errors.map((issue) => (issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`));
  return refusal(reason ?? "INVALID_REQUEST_BODY", message.join(" "), 400, { issues });
}

const IMAGE_REASONS: Partial<Record<Issue["code"], string>> = {
  image_format: "INVALID_IMAGE_FORMAT",
  image_unreadable: "INVALID_IMAGE_FORMAT",
  image_too_big: "IMAGE_FILE_EXCEEDS_MAX_SIZE",
  image_too_small: "INVALID_IMAGE_SIZE",
  image_ratio: "INVALID_IMAGE_SIZE",
};

/** How errors of `fetch` look: Node tells what happened, browsers tell nothing. */
export type ErrorStyle = "node" | "browser";

/** What `fetch` rejects with when a connection fails so. */
export function broken(code: string, style: ErrorStyle): TypeError {
  if (style === "browser") return new TypeError("Failed to fetch");
  const syscall = SYSCALLS[code];
  const told = syscall === undefined ? { code } : { code, syscall };
  const cause = Object.assign(new Error(Object.values(told).reverse().join(" ")), told);
  return new TypeError("fetch failed", { cause });
}

/** In which call of the system Node meets an error. */
const SYSCALLS: Record<string, string> = { ECONNREFUSED: "connect", ENOTFOUND: "getaddrinfo", ECONNRESET: "read" };

/** What a faulty call comes to; `right` gives the answer it would have had. */
export async function faulty(
  fault: Fault,
  right: () => Promise<Response>,
  signal: AbortSignal | undefined,
  style: ErrorStyle,
): Promise<Response> {
  switch (fault.kind) {
    case "unreachable":
      throw broken("ECONNREFUSED", style);
    case "reset":
      throw broken("ECONNRESET", style);
    case "silence":
      return new Promise(() => {});
    case "rate_limit": {
      const headers = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
      const body = { code: 429, reason: "RATE_LIMIT_EXCEEDED", message: "Too many requests.", metadata: {} };
      return json(body, 429, headers);
    }
    case "refusal":
      return refusal(fault.reason, fault.message ?? "Refused, as the script says.", fault.status);
    case "html":
      return page(fault.status ?? 502);
    case "malformed":
      return half(await right());
    case "cut":
      return cut(await right(), style);
    case "slow":
      return slow(await right(), fault.ms, signal);
    case "no_task_id":
      return json({});
    case "answer":
      return any(fault.body, fault.status ?? 200, fault.headers ?? {});
  }
}

function any(body: unknown, status: number, headers: Record<string, string>): Response {
  if (typeof body === "string") return new Response(body, { status, headers });
  return json(body, status, headers);
}

function page(status: number): Response {
  const text = `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return new Response(text, { status, headers: { "content-type": "text/html" } });
}

async function half(right: Response): Promise<Response> {
  const bytes = new Uint8Array(await right.arrayBuffer());
  return new Response(bytes.slice(0, bytes.length >> 1), right);
}

async function cut(right: Response, style: ErrorStyle): Promise<Response> {
  const bytes = new Uint8Array(await right.arrayBuffer());
  let isStarted = false;
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      if (isStarted) return stream.error(broken("UND_ERR_SOCKET", style));
      isStarted = true;
      stream.enqueue(bytes.slice(0, bytes.length >> 1));
    },
  });
  return new Response(body, right);
}

/** Pieces that a slow body comes in. */
const PIECES = 4;

async function slow(right: Response, ms: number, signal: AbortSignal | undefined): Promise<Response> {
  const bytes = new Uint8Array(await right.arrayBuffer());
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  let at = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        if (at < bytes.length) stream.error(signal.reason);
      });
    },
    pull(stream) {
      return new Promise((resolve) => {
        timer = setTimeout(() => {
          if (signal?.aborted === true) return resolve();
          stream.enqueue(bytes.slice(at, (at += size)));
          if (at >= bytes.length) stream.close();
          resolve();
        }, ms / PIECES);
      });
    },
    cancel() {
      clearTimeout(timer);
    },
  });
  return new Response(body, right);
}
