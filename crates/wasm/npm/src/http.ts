// Carries out one HTTP request and says what came of it, in core's words. It decides nothing.

import type { Answered } from "./raw.js";

import { lay } from "./tape.js";
import type { DebugEvent } from "./types.js";

/** Where and how requests are sent. */
export interface Host {
  /** Without a slash at its end. */
  baseURL: string;
  /** Whether the address is this device's own, which can be reached without any network. */
  isLocal: boolean;
  /** Whether it is one's own server that is asked, which knows by an `Idempotency-Key` what it was sent before. */
  isOwn: boolean;
  /** Headers of the caller's own, for every request. */
  headers: Record<string, string>;
  /** The fetch to use, looked up when it is called. */
  fetch(): typeof fetch;
  /** The value of the `Authorization` header, if there is a key. */
  authorization(): string | undefined;
  /** A text without the key, wherever it stands in it. */
  scrub(text: string): string;
  /** Told of every request. */
  debug: ((event: DebugEvent) => void) | undefined;
}

/** What is sent. */
export interface Outgoing {
  method: "GET" | "POST";
  /** Path and query. */
  path: string;
  body?: string | Blob;
  /** Headers of the caller's own, for this request. */
  headers?: Record<string, string>;
  /** The intent's name, the same however often it is sent; told to one's own server alone. */
  name?: string | undefined;
  /** Milliseconds to wait for the whole answer; infinite for ever. */
  timeout: number;
}

/** What came of it, laid out for core, and what core need not know. */
export interface Arrival extends Answered {
  /** The body: parsed where it is JSON, otherwise the text. */
  raw?: unknown;
  /** What the provider calls the request, where it says so. */
  requestId?: string | undefined;
  /** The error of `fetch`, where it rejected. */
  cause?: unknown;
}

/** No cells: for an arrival that is no JSON. */
export const NO_CELLS = new Float64Array(0);
/** Longest delay that timers take, in milliseconds; a longer one would end at once. */
const TIMER_MAX = 2 ** 31 - 1;
/** Most of an answer that is read, in bytes. Real ones are a few kilobytes. */
const ANSWER_MAX = 4 * 1024 * 1024;

/** Calls back after so many milliseconds (infinite: never); the result stops it. */
export function after(ms: number, call: () => void): () => void {
  if (ms > TIMER_MAX) return () => {};
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

/** The same, but rejecting at once with the signal's reason when it is aborted. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) {
      work.catch(() => {});
      return abort();
    }
    signal.addEventListener("abort", abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Waits. Rejects at once with the signal's reason when it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let stop = () => {};
  const passed = new Promise<void>((resolve) => {
    stop = after(ms, resolve);
  });
  return abortable(passed, signal).finally(() => stop());
}

/**
 * Sends a request. It only rejects, at once and with the signal's own reason, when the signal is aborted (or where
 * there is no `fetch` at all): whatever else happens is an arrival.
 */
export function send(host: Host, outgoing: Outgoing, signal?: AbortSignal): Promise<Arrival> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const tell = teller(host, outgoing);
    const stop = new AbortController();
    const leave = (settle: () => void) => {
      stopTimer();
      signal?.removeEventListener("abort", abort);
      settle();
    };
    const arrive = (arrival: Arrival) => {
      tell(arrival);
      resolve(arrival);
    };
    const abort = () => {
      leave(() => reject(signal?.reason));
      tell(undefined);
      stop.abort(signal?.reason);
    };
    const stopTimer = after(outgoing.timeout, () => {
      leave(() => arrive(without("lost", `no whole answer within ${outgoing.timeout / 1000} seconds`)));
      stop.abort();
    });
    signal?.addEventListener("abort", abort, { once: true });
    attempt(host, outgoing, stop.signal).then(
      (arrival) => leave(() => (stop.signal.aborted ? undefined : arrive(arrival))),
      (error: unknown) => leave(() => reject(error)),
    );
  });
}

/** Tells the debug hook that a request is sent, and gives what tells it what came of it. */
function teller(host: Host, { method, path, body }: Outgoing): (arrival: Arrival | undefined) => void {
  const { debug } = host;
  if (debug === undefined) return () => {};
  const of = { method, url: host.baseURL + path };
  const began = performance.now();
  const bytes = typeof body === "string" ? new TextEncoder().encode(body).length : (body?.size ?? 0);
  const tell = (event: DebugEvent) => {
    try {
      debug(event);
    } catch {
      // It is there to look on; what it throws must not change what happens to a request that costs money.
    }
  };
  tell({ type: "request", ...of, bytes });
  return (arrival) => {
    const past = { ...of, ms: performance.now() - began };
    if (arrival === undefined) return tell({ type: "aborted", ...past });
    const { arrived, status, text, requestId } = arrival;
    if (status > 0) tell({ type: "answer", ...past, status, requestId });
    else tell({ type: arrived === "not_sent" ? "not_sent" : "lost", ...past, detail: text });
  };
}

async function attempt(host: Host, outgoing: Outgoing, signal: AbortSignal): Promise<Arrival> {
  if (isOffline() && !host.isLocal) return without("not_sent", "this device is offline");
  const fetch = host.fetch();
  let response: Response;
  try {
    response = await fetch(host.baseURL + outgoing.path, init(host, outgoing, signal));
  } catch (cause) {
    const text = host.scrub(describe(cause));
    return { ...without(neverConnected(cause) ? "not_sent" : "lost", text), cause: withoutKey(cause, host) };
  }
  if (response.type === "opaqueredirect") {
    return without("lost", "the answer was a redirect, which is never followed");
  }
  return read(response, host, signal);
}

function init(host: Host, { method, body, headers: own, name }: Outgoing, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  const authorization = host.authorization();
  if (authorization !== undefined) headers["Authorization"] = authorization;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  // When a connection that was kept open ends without a byte of an answer, browsers send a POST again by themselves and
  // say nothing of it. The provider knows no such header, and in a request to other origins it could bar the whole call.
  if (host.isOwn && name !== undefined && own?.["idempotency-key"] === undefined) headers["Idempotency-Key"] = name;
  const ours = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries({ ...host.headers, ...own })) {
    if (!ours.has(name)) headers[name] = value;
  }
  // A redirect could carry the key elsewhere; "error" is not known on every edge runtime.
  const init: RequestInit = { method, headers, redirect: "manual", signal };
  if (body !== undefined) init.body = body;
  return init;
}

/** A name that no two requests share. Node 18 has no `crypto`, and pages over plain http no `randomUUID`. */
export function randomName(): string | undefined {
  const bytes = globalThis.crypto?.getRandomValues(new Uint8Array(16));
  return bytes && Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function read(response: Response, host: Host, signal: AbortSignal): Promise<Arrival> {
  const { status, headers } = response;
  const retryAfter = headers.get("retry-after") ?? undefined;
  const requestId = headers.get("x-request-id") ?? headers.get("x-trace-id") ?? undefined;
  const plain = (text: string) => ({ arrived: "text" as const, status, retryAfter, text, cells: NO_CELLS, requestId });
  let text: string | undefined;
  try {
    text = await textOf(response, signal);
  } catch (cause) {
    // The status tells what is known; the rest of the answer was lost on the way.
    return { ...plain(""), cause: withoutKey(cause, host) };
  }
  if (text === undefined) return plain("The answer is larger than 4 MiB, so it was not read to its end.");
  text = host.scrub(text);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { ...plain(text), raw: text };
  }
  const laid = lay(raw);
  return { ...plain(laid.text), arrived: "json", cells: laid.cells, raw };
}

/** The body as text; `undefined` where it is larger than anything that the API answers. */
async function textOf(response: Response, signal: AbortSignal): Promise<string | undefined> {
  const reader = response.body?.getReader?.();
  if (reader === undefined) {
    const text = await response.text();
    return text.length > ANSWER_MAX ? undefined : text;
  }
  // For a fetch of the caller's own that does not heed its signal.
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > ANSWER_MAX) {
      stop();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function without(arrived: "lost" | "not_sent", text: string): Arrival {
  return { arrived, status: 0, retryAfter: undefined, text, cells: NO_CELLS };
}

/** Codes of errors that end an attempt before anything of the request was written, and that name no system call. */
const BEFORE_SENDING = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  // Older Bun's word for a refused connection.
  "ConnectionRefused",
]);

/** How Deno and Bun say it, which name no system call: words of their own, that no server can put into an error. */
const NO_CONNECTION = /: client error \(Connect\): |: Unable to connect\. Is the computer able to access the url/;

/**
 * Whether the error says that no connection was made. Browsers never say; Node does, in the cause. The code alone
 * proves nothing (`EHOSTUNREACH` also ends a connection that stood): the system call must be the one that connects,
 * or that looks the name up.
 */
function neverConnected(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  const { code, syscall, cause, errors, message } = error as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => neverConnected(one, depth + 1));
  if (typeof code === "string" && BEFORE_SENDING.has(code)) return true;
  if (typeof message === "string" && NO_CONNECTION.test(message)) return true;
  if (typeof syscall === "string") return /^(connect|getaddrinfo|query\w+)$/.test(syscall);
  return neverConnected(cause, depth + 1);
}

/** What an error says, with its cause's code. Core takes out what looks like a key or a URL. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "fetch was rejected";
  const cause = error.cause as { code?: unknown } | undefined;
  const code = typeof cause?.code === "string" ? ` (${cause.code})` : "";
  return `${error.message}${code}`;
}

/** An error of `fetch`, to be shown as a cause; one that holds the key gives way to a copy of its words without it. */
function withoutKey(error: unknown, host: Host): unknown {
  if (!holdsKey(error, host)) return error;
  if (!(error instanceof Error)) return host.scrub(String(error));
  const copy = new Error(host.scrub(error.message));
  copy.name = error.name;
  copy.stack = host.scrub(error.stack ?? copy.message);
  return copy;
}

function holdsKey(value: unknown, host: Host, depth = 0): boolean {
  if (typeof value === "string") return host.scrub(value) !== value;
  if (typeof value !== "object" || value === null || depth > 4) return false;
  if (value instanceof Headers) return holdsKey([...value].flat(), host, depth);
  return Reflect.ownKeys(value).some((name) => {
    try {
      return holdsKey((value as Record<string | symbol, unknown>)[name], host, depth + 1);
    } catch {
      return false;
    }
  });
}

/** Whether the device surely has no network. Being "online" proves nothing. */
function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}
