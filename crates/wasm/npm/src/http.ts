// Carries out one HTTP request and says what came of it, in core's words. It decides nothing.

import type { Arrived } from "#glue";

import { lay } from "./tape.js";

/** Where and how requests are sent. */
export interface Host {
  /** Without a slash at its end. */
  baseURL: string;
  /** The fetch to use, looked up when it is called. */
  fetch(): typeof fetch;
  /** The value of the `Authorization` header, if there is a key. */
  authorization(): string | undefined;
}

/** What is sent. */
export interface Outgoing {
  method: "GET" | "POST";
  /** Path and query. */
  path: string;
  body?: string;
  /** Milliseconds to wait for the whole answer; infinite for ever. */
  timeout: number;
}

/** What came of it, laid out for core. */
export interface Arrival {
  arrived: Arrived;
  /** HTTP status, 0 where no answer came. */
  status: number;
  retryAfter: string | undefined;
  text: string;
  cells: Float64Array;
  /** The body as JSON, where it is. */
  raw?: unknown;
  /** The error of `fetch`, where it rejected. */
  cause?: unknown;
}

const NO_CELLS = new Float64Array(0);
/** Longest delay that timers take, in milliseconds; a longer one would end at once. */
const TIMER_MAX = 2 ** 31 - 1;

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
    if (signal.aborted) return abort();
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
 * Sends a request. It only rejects, at once and with the signal's own reason, when the signal is aborted: whatever
 * else happens is an arrival.
 */
export function send(host: Host, outgoing: Outgoing, signal?: AbortSignal): Promise<Arrival> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const stop = new AbortController();
    const leave = (settle: () => void) => {
      stopTimer();
      signal?.removeEventListener("abort", abort);
      settle();
    };
    const abort = () => {
      leave(() => reject(signal?.reason));
      stop.abort(signal?.reason);
    };
    const stopTimer = after(outgoing.timeout, () => {
      leave(() => resolve(without("lost", `no whole answer within ${outgoing.timeout / 1000} seconds`)));
      stop.abort();
    });
    signal?.addEventListener("abort", abort, { once: true });
    attempt(host, outgoing, stop.signal).then(
      (arrival) => leave(() => resolve(arrival)),
      (error: unknown) => leave(() => reject(error)),
    );
  });
}

async function attempt(host: Host, outgoing: Outgoing, signal: AbortSignal): Promise<Arrival> {
  const wasOffline = isOffline();
  const fetch = host.fetch();
  let response: Response;
  try {
    response = await fetch(host.baseURL + outgoing.path, init(host, outgoing, signal));
  } catch (cause) {
    const notSent = neverConnected(cause) || (wasOffline && isOffline() && !isLoopback(host.baseURL));
    return { ...without(notSent ? "not_sent" : "lost", describe(cause)), cause };
  }
  if (response.type === "opaqueredirect") {
    return without("lost", "the answer was a redirect, which is never followed");
  }
  return read(response);
}

function init(host: Host, { method, body }: Outgoing, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  const authorization = host.authorization();
  if (authorization !== undefined) headers["Authorization"] = authorization;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  // A redirect could carry the key elsewhere; "error" is not known on every edge runtime.
  const init: RequestInit = { method, headers, redirect: "manual", signal };
  if (body !== undefined) init.body = body;
  return init;
}

async function read(response: Response): Promise<Arrival> {
  const { status } = response;
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    // The status tells what is known; the rest of the answer was lost on the way.
    return { arrived: "text", status, retryAfter, text: "", cells: NO_CELLS, cause };
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { arrived: "text", status, retryAfter, text, cells: NO_CELLS };
  }
  const laid = lay(raw);
  return { arrived: "json", status, retryAfter, text: laid.text, cells: laid.cells, raw };
}

function without(arrived: "lost" | "not_sent", text: string): Arrival {
  return { arrived, status: 0, retryAfter: undefined, text, cells: NO_CELLS };
}

/** Codes of errors that end an attempt before anything of the request was written: no name, no connection, no TLS. */
const BEFORE_SENDING = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ConnectionRefused",
]);

/** Whether the error says that no connection was made. Browsers never say; Node does, in the cause's code. */
function neverConnected(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  const { code, syscall, cause, errors } = error as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => neverConnected(one, depth + 1));
  if (typeof code === "string" && BEFORE_SENDING.has(code)) return true;
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  return neverConnected(cause, depth + 1);
}

/** What an error says, with its cause's code. Core takes out what looks like a key or a URL. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "fetch was rejected";
  const cause = error.cause as { code?: unknown } | undefined;
  const code = typeof cause?.code === "string" ? ` (${cause.code})` : "";
  return `${error.message}${code}`;
}

/** Whether the device surely has no network. Being "online" proves nothing, and the loopback needs none. */
function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}

/** Whether the address is this device's own. */
export function isLoopback(baseURL: string): boolean {
  const { hostname } = new URL(baseURL);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.") || hostname.endsWith(".localhost");
}
