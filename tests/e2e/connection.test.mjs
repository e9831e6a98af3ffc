// Where requests go: the first choice, the free check and all it tells apart, a gateway and the provider, keys that are
// gone, redirects that are not followed.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import {
  OPEN_TO_ALL, PROVIDER, openConnection, provide, startOther, useGateway, useKey,
} from "./support/connection.mjs";
import { DESK, SIZES, lookAtAll, picture } from "./support/look.mjs";
import { startServer } from "./support/server.mjs";
import { RENDER_PATIENCE, send, waitUntilKept } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const TOKEN = "token-of-the-test-0123456789abcdef";
const KEY = "sk_key-of-the-test";
const at = suite({
  folder: true,
  async gateway({ folder }) {
    await writeFile(join(folder, "tokens"), `${TOKEN}\n`);
    return startServer(["--tokens", join(folder, "tokens")]);
  },
});

const PROMPT = "A kite over a winter beach, slow pan right";

test("the first run offers three ways, and the one without a key needs nothing else", async () => {
  const { page, context } = await at.open();
  await page.getByRole("button", { name: "Use a gateway…" }).waitFor();
  await page.getByRole("button", { name: "Use my key…" }).click();
  const dialog = page.getByRole("dialog", { name: "Where requests go" });
  await dialog.getByText(/can be read by whatever runs in it/).waitFor();
  assert.equal(await dialog.getByLabel("Your key").count(), 0, "no field for a key before the risk is known");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Try it now: free drafts, no key" }).click();
  await page.getByRole("button", { name: "Use my key…" }).waitFor({ state: "detached" });
  await send(page, PROMPT);
  await waitUntilKept(page);
  await context.close();
});

/** Every way in which a check ends, and the words that say so. */
const checks = {
  "a key that is not accepted": {
    words: /the key was not accepted/,
    reach: async ({ page, context }) => {
      await provide(context, at.origin, "another");
      await useKey(page, KEY);
    },
  },
  "a key whose account may not": {
    words: /its account may not do this/,
    reach: async ({ page, context }) => {
      await context.route(`${PROVIDER}/**`, (route) => route.fulfill({
        status: 403, json: { code: 403, reason: "API_NOT_ALLOWED", message: "" }, headers: OPEN_TO_ALL,
      }));
      await useKey(page, KEY);
    },
  },
  "too many requests": {
    words: /nothing is known of the key/,
    passes: true,
    reach: async ({ page, context }) => {
      await context.route(`${PROVIDER}/**`, (route) => route.fulfill({ status: 429, json: {}, headers: OPEN_TO_ALL }));
      await useKey(page, KEY);
    },
  },
  "trouble on the other side": {
    words: /has trouble just now/,
    passes: true,
    reach: async ({ page, context }) => {
      await context.route(`${PROVIDER}/**`, (route) => route.fulfill({ status: 503, json: {}, headers: OPEN_TO_ALL }));
      await useKey(page, KEY);
    },
  },
  "no network": {
    words: /This browser is offline/,
    reach: async ({ page, context }) => {
      await openConnection(page);
      await page.keyboard.press("Escape");
      await context.setOffline(true);
      await useKey(page, KEY);
    },
  },
  "a gateway without a token": {
    words: /wants a key or access token/,
    reach: ({ page }) => useGateway(page, at.gateway.origin),
  },
  "a gateway with a wrong token": {
    words: /the key was not accepted/,
    reach: ({ page }) => useGateway(page, at.gateway.origin, "wrong"),
  },
  "an address where nobody answers": {
    words: /Nobody answers at this address/,
    reach: ({ page }) => useGateway(page, "http://127.0.0.1:9"),
  },
  "a server that lets no page read it": {
    words: /no cross-origin access/,
    other: (request, response) => response.writeHead(404).end("{}"),
    reach: ({ page, other }) => useGateway(page, other.origin, TOKEN),
  },
  "a website": {
    words: /does not speak this API/,
    other: (request, response) => response.writeHead(200, { ...OPEN_TO_ALL, "content-type": "text/html" }).end("<h1>Hi"),
    reach: ({ page, other }) => useGateway(page, other.origin, TOKEN),
  },
  "a page whose policy forbids the address": {
    words: /forbids its pages to call that address/,
    before: (context) => context.route(`${at.origin}/`, async (route) => {
      const answer = await route.fetch();
      const policy = answer.headers()["content-security-policy"].replace("connect-src 'self' http: https:", "connect-src 'self'");
      await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": policy } });
    }),
    reach: ({ page }) => useGateway(page, at.gateway.origin, TOKEN),
  },
  "no address": { words: /That is no address/, reach: ({ page }) => useGateway(page, "at.gateway.example") },
  "an address with a user in it": {
    words: /That is no address/, reach: ({ page }) => useGateway(page, "https://user:pass@at.gateway.example"),
  },
  "the provider as a gateway": { words: /the provider itself/, reach: ({ page }) => useGateway(page, PROVIDER) },
  "something that is no key": {
    words: /That is no key/,
    reach: ({ page }) => useKey(page, "two words"),
  },
};

for (const [name, { words, other: answer, before: prepare, passes, reach }] of Object.entries(checks)) {
  test(`the check tells of ${name}, costs nothing and changes nothing`, async () => {
    const other = answer && await startOther(answer);
    const context = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
    await prepare?.(context);
    const studio = { ...await at.open({ context }), other };
    await reach(studio);
    const dialog = studio.page.getByRole("dialog");
    await dialog.getByText(words).waitFor();
    await becomes(() => dialog.getByRole("button", { name: "Use it all the same" }).count(), passes ? 1 : 0);
    await studio.page.keyboard.press("Escape");
    await studio.page.locator("#engine", { hasText: "Draft engine: free" }).waitFor();
    assert.deepEqual(studio.posts, []);
    await context.close();
    await other?.stop();
  });
}

test("a gateway gets the requests and the token, the page's own server gets neither", async () => {
  const { page, context, posts } = await at.open();
  const asked = [];
  page.on("request", (request) => asked.push(request));
  await useGateway(page, at.gateway.origin, TOKEN);
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.locator("#engine", { hasText: new URL(at.gateway.origin).host }).waitFor();
  await send(page, PROMPT);
  await waitUntilKept(page);
  assert.deepEqual(posts.map((request) => new URL(request.url()).origin), [at.gateway.origin]);
  for (const request of asked) {
    const { authorization } = await request.allHeaders();
    const { origin, pathname } = new URL(request.url());
    const isApi = origin === at.gateway.origin && pathname.startsWith("/v3/");
    assert.equal(authorization, isApi ? `Bearer ${TOKEN}` : undefined, request.url());
  }
  await context.close();
});

test("a key goes with its tab: the take says so, asks for it, and is never failed", async () => {
  const { page, context, complaints } = await at.open();
  let isHeld = true;
  const task = { task_id: "", status: "TASK_STATUS_PROCESSING", progress_percent: 10 };
  await provide(context, at.origin, KEY);
  await context.route(`${PROVIDER}/v3/async/task-result?*`, async (route) => {
    if (!isHeld || route.request().url().includes("rushes-check")) return route.fallback();
    task.task_id = new URL(route.request().url()).searchParams.get("task_id");
    return route.fulfill({ json: { task, videos: [], images: [], audios: [], extra: {} }, headers: OPEN_TO_ALL });
  });
  await useKey(page, KEY);
  await page.locator("#engine", { hasText: "Provider, with your key" }).waitFor();
  await send(page, PROMPT);
  await page.getByText("Rendering").first().waitFor();

  await page.reload();
  await page.locator("#engine", { hasText: "Key needed for api.novita.ai" }).waitFor();
  await page.getByText(/This tab cannot look at it/).first().waitFor();
  await picture(page, "connection-locked-1440");
  assert.deepEqual(await audit(page), []);
  assert.equal(await page.getByText("Failed", { exact: true }).count(), 0);

  isHeld = false;
  await page.getByRole("button", { name: "Look at it…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Look at takes elsewhere" });
  await dialog.getByLabel("Key or access token").fill(KEY);
  await dialog.getByRole("button", { name: "Check and use" }).click();
  await page.getByRole("gridcell").getByText("Saved", { exact: true }).first().waitFor({ timeout: RENDER_PATIENCE });
  await becomes(() => page.getByText(/This tab cannot look at it/).count(), 0);
  // The check asks for a task that there is not, and the console notes the answer.
  assert.deepEqual(complaints.filter((words) => !words.includes("404")), []);
  await context.close();
});

test("Generate without the key asks for it and sends nothing, least of all elsewhere", async () => {
  const { page, context } = await at.open();
  await provide(context, at.origin, KEY);
  await useKey(page, KEY);
  await page.locator("#engine", { hasText: "Provider, with your key" }).waitFor();
  await page.reload();
  await page.locator("#engine", { hasText: "Key needed" }).waitFor();
  const posts = [];
  page.on("request", (request) => { if (request.method() === "POST") posts.push(request.url()); });
  await send(page, PROMPT);
  await page.getByRole("dialog", { name: "Where requests go" }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(posts, []);
  await context.close();
});

test("a forgotten key is gone: nothing more is sent with it", async () => {
  const { page, context } = await at.open();
  const calls = await provide(context, at.origin, KEY);
  await useKey(page, KEY);
  await page.locator("#engine", { hasText: "Provider, with your key" }).waitFor();
  const dialog = await openConnection(page);
  await dialog.getByRole("button", { name: "Forget the key" }).click();
  await page.locator("#engine", { hasText: "Key needed" }).waitFor();
  const before = calls.length;
  await page.keyboard.press("Escape");
  await send(page, PROMPT);
  await page.getByRole("dialog").waitFor();
  assert.equal(calls.length, before);
  await context.close();
});

test("a redirect is not followed: the token does not travel on", async () => {
  const evil = await startOther((request, response) => response.writeHead(200, OPEN_TO_ALL).end("{}"));
  const moved = await startOther((request, response) => {
    if (request.method === "OPTIONS") return response.writeHead(204, OPEN_TO_ALL).end();
    return response.writeHead(307, { ...OPEN_TO_ALL, location: `${evil.origin}${request.url}` }).end();
  });
  const { page, context } = await at.open();
  const dialog = await useGateway(page, moved.origin, TOKEN);
  await dialog.getByText(/Nobody answers|no cross-origin access/).waitFor();
  assert.ok(moved.seen.some(({ headers }) => headers.authorization === `Bearer ${TOKEN}`), "the token was sent to where it was meant for");
  assert.deepEqual(evil.seen.filter(({ headers }) => headers.authorization), []);
  await context.close();
  await Promise.all([evil.stop(), moved.stop()]);
});

test("the dialog is accessible, in both themes, on a desk and on a phone", async () => {
  const { page, context } = await at.open();
  for (const [name, label] of [["here", "This server"], ["gateway", "A gateway"], ["provider", "The provider"]]) {
    const dialog = await openConnection(page);
    await dialog.getByRole("radio", { name: label }).check();
    if (name === "gateway") await dialog.getByLabel("Address of the gateway").fill("http://192.168.1.7:7400");
    if (name === "provider") await dialog.getByRole("checkbox").check();
    await lookAtAll(page, `connection-${name}`, Object.values(SIZES));
    await page.keyboard.press("Escape");
    await page.setViewportSize(DESK);
  }
  await context.close();
});
