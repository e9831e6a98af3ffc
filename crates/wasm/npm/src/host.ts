// Where a client sends its requests, and with which key.

import type { RushesOptions } from "./client.js";
import { RushesError } from "./error.js";
import type { Host } from "./http.js";
import { headersOf } from "./options.js";

/** The provider's own address, and the only one to which a key of the environment goes unasked. */
export const PROVIDER = "https://api.novita.ai";

/** Keys of fewer characters are not looked for in other people's words: they would be found in ordinary ones. */
const SHORT_KEY = 8;

/** What the options say of where and how to send. */
export function hostOf(options: RushesOptions): Host {
  const url = base(options.baseURL ?? PROVIDER);
  const isLocal = isLoopback(url);
  const key = keyOf(options, url, isLocal);
  const { fetch: given, debug } = options;
  if (given !== undefined && typeof given !== "function") throw new TypeError("fetch is a function");
  if (debug !== undefined && typeof debug !== "function") throw new TypeError("debug is a function");
  return {
    baseURL: url.href.replace(/\/+$/, ""),
    isLocal,
    isOwn: isLocal || (typeof location !== "undefined" && url.origin === location.origin),
    headers: headersOf(options.headers),
    debug,
    fetch: () => {
      const found = given ?? globalThis.fetch;
      if (typeof found !== "function") throw new TypeError("there is no fetch here: pass one to new Rushes({ fetch })");
      return found;
    },
    authorization: () => (key === undefined ? undefined : `Bearer ${key}`),
    scrub: (text) => (key === undefined ? text : scrub(text, key)),
  };
}

function base(given: string | URL): URL {
  const text = String(given).trim();
  let url: URL;
  try {
    url = new URL(text, typeof location === "undefined" ? undefined : location.href);
  } catch {
    throw new TypeError("baseURL is an http or https URL; outside of a web page an absolute one");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new TypeError("baseURL is an http or https URL");
  // Looked for in the text: `new URL` forgets an empty query, fragment or user.
  if (/[?#]|^[^/]*\/\/[^/]*@/.test(text)) {
    throw new TypeError("baseURL holds no user, password, query (?) or fragment (#)");
  }
  return url;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname) || hostname.endsWith(".localhost");
}

function keyOf({ apiKey, dangerouslyAllowBrowser }: RushesOptions, url: URL, isLocal: boolean): string | undefined {
  if (apiKey === null) return undefined;
  if (apiKey !== undefined && typeof apiKey !== "string") throw new TypeError("apiKey is a string, or null for none");
  const inPage = isPage();
  const isAsked = inPage || url.href.replace(/\/+$/, "") !== PROVIDER;
  const key = (apiKey ?? (isAsked ? undefined : environmentKey()))?.trim().replace(/^bearer\s+/i, "");
  if (key === undefined || key === "") return undefined;
  if (inPage && dangerouslyAllowBrowser !== true) {
    throw badKey(
      "An apiKey in a web page can be read by everybody who opens it. Send requests through a gateway of your own " +
        "(pass its baseURL and no key), or say dangerouslyAllowBrowser: true if only you open the page.",
    );
  }
  // Said here, since fetch would repeat the key in its own message.
  if (!/^[\x21-\x7e]+$/.test(key)) throw badKey("The API key holds characters that no key has; was it copied whole?");
  if (url.protocol === "http:" && !isLocal) {
    throw badKey("An API key is not sent over plain http, where everybody on the way can read it. Use https.");
  }
  return key;
}

function badKey(message: string): RushesError {
  return new RushesError({ kind: "auth", message });
}

function environmentKey(): string | undefined {
  const found = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.["NOVITA_API_KEY"];
  return typeof found === "string" ? found : undefined;
}

/** Whether this is a page, or a worker of one: places whose scripts everybody can read. */
function isPage(): boolean {
  if (typeof document !== "undefined") return true;
  const scope = globalThis as { WorkerGlobalScope?: unknown; navigator?: { userAgent?: string } };
  return typeof scope.WorkerGlobalScope === "function" && /Mozilla/.test(scope.navigator?.userAgent ?? "");
}

/** A text without the key, plain or as it stands in JSON. */
function scrub(text: string, key: string): string {
  if (key.length < SHORT_KEY) return text;
  return text.replaceAll(key, "[removed]").replaceAll(JSON.stringify(key).slice(1, -1), "[removed]");
}
