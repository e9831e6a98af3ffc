// Keeps the page and every part of its program, so that it opens without a network. The build writes VERSION and FILES
// in front: [name, first digits of its SHA-256] of each file, the page itself under the name "".
//
// It answers for those files and for nothing else: what goes to the API, to results, to another origin or has a body
// never passes through here.

const PREFIX = "rushes-page-";
const CACHE = PREFIX + VERSION;
/** Versions before this one whose files stay, for tabs that still show them. */
const KEPT_VERSIONS = 2;
const base = new URL("./", self.location);
const files = new Map(FILES.map(([name, hash]) => [new URL(name, base).pathname, hash]));
/** A file of this or another version, by its name: its content never changes. */
const HASHED = /^[\w.-]+-[0-9a-f]{16}\.\w+$/;
/** What is the server's own, and not the page's. */
const NOT_THE_PAGE = /^\/?(v3|files|relay|faults|healthz|openapi\.json)(\/|$)/;

const isHashed = (path) => path.startsWith(base.pathname) && HASHED.test(path.slice(base.pathname.length));
const found = async (path) => (await caches.open(CACHE)).match(path, { ignoreVary: true });
const foundAnywhere = (path) => caches.match(path, { ignoreVary: true });

/** Refuses what is not the file that the build wrote: a half-deployed server, or the sign-in page of a network. */
async function proved(path, response) {
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hash !== files.get(path)) throw new Error(`${path} is of another version`);
  return response;
}

/** Fetches what is not here yet, one file at a time; where it was interrupted, it goes on the next time. */
async function fill() {
  const cache = await caches.open(CACHE);
  for (const path of files.keys()) {
    if (await found(path)) continue;
    const here = isHashed(path) ? await foundAnywhere(path) : undefined;
    const fetched = here ?? await fetch(path, {
      cache: isHashed(path) ? "default" : "no-cache", credentials: "same-origin", redirect: "error", priority: "low",
    });
    await cache.put(path, await proved(path, fetched));
  }
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.slice(0, -KEPT_VERSIONS).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(path, request) {
  const kept = isHashed(path) ? await found(path) ?? await foundAnywhere(path) : await found(path);
  return kept ?? fetch(request);
}

/** A path inside the page that the server answers with the page; where it cannot be asked, the kept one stands in. */
async function route(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await found(base.pathname);
    if (page) return page;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
// A new version waits until somebody asks for it: the page never changes under who works on it.
self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(self.skipWaiting());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== base.origin || !pathname.startsWith(base.pathname)) return;
  const inside = pathname.slice(base.pathname.length);
  if (NOT_THE_PAGE.test(pathname) || NOT_THE_PAGE.test(inside)) return;
  if (files.has(pathname) || isHashed(pathname)) event.respondWith(answer(pathname, request));
  else if (request.mode === "navigate" && !inside.split("/").pop().includes(".")) event.respondWith(route(request));
});
