// The page without a network: what was kept in the background opens with the server gone, a newer page waits until it
// is asked for, and what goes to the server never passes through the worker.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

import { audit, openStudio } from "./support/browser.mjs";
import { DESK, PHONE } from "./support/look.mjs";
import { required, startServer, startServerElsewhere } from "./support/server.mjs";
import {
  download, generateButton, playForAMoment, promptIs, send, waitUntilKept, writePrompt,
} from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const root = resolve(import.meta.dirname, "../..");
const built = required("RUSHES_PAGE_DIR");
const isKept = (await readdir(built)).includes("sw.js");
const options = { skip: isKept ? false : "this page was built without its worker" };

/** Every test has a server of its own, which may go. */
const at = suite({ server: null });

function visitor(settings = {}) {
  return at.browser.newContext({ viewport: DESK, reducedMotion: "reduce", serviceWorkers: "allow", ...settings });
}

/** Waits until everything is kept and the worker answers for this page. */
async function waitUntilReady(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
  });
}

/** A copy of the page that another version can be made of. */
async function ownPage() {
  const folder = await mkdtemp(join(tmpdir(), "rushes-page-"));
  await cp(built, folder, { recursive: true });
  return {
    folder,
    /** The same page under another title: another version. */
    async publish(title) {
      const path = join(folder, "index.html");
      await writeFile(path, (await readFile(path, "utf8")).replace(/<title>[^<]*/, `<title>${title}`));
      for (const encoded of [".br", ".gz"]) await rm(path + encoded, { force: true });
      execFileSync("node", [join(root, "crates/xtask/js/offline.mjs"), join(root, "web/worker.js"), folder]);
      for (const encoded of [".br", ".gz"]) await rm(join(folder, `sw.js${encoded}`), { force: true });
    },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

const lookForNews = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
const titleOf = (page) => page.evaluate(async () => (await (await fetch("/")).text()).match(/<title>([^<]*)/)[1]);
const banner = (page) => page.getByRole("button", { name: "Reload to update" });

test("after one visit all that needs no network works without one, parts never opened before too", options, async () => {
  const server = await startServer();
  const context = await visitor();
  try {
    const { page } = await openStudio(at.browser, server.origin, { context });
    await send(page, "A boat under a bridge");
    await waitUntilKept(page);
    await writePrompt(page, "A draft that stays");
    await waitUntilReady(page);
    await server.crash();

    await page.reload();
    await generateButton(page).waitFor();
    await promptIs(page, "A draft that stays");
    await page.locator("#library").getByText("A boat under a bridge").first().waitFor();
    await page.locator(".shelf [role=gridcell]").first().click();
    assert.ok((await playForAMoment(page)).seconds > 2);
    await page.getByRole("button", { name: /^The request/ }).click();
    await page.getByRole("dialog").getByText("A draft that stays").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("radio", { name: "简体中文" }).click();
    await page.getByRole("dialog", { name: "设置" }).waitFor();
    await page.keyboard.press("Escape");
    assert.ok((await download(page, "下载")).bytes.length > 1000);
  } finally {
    await context.close();
    await server.stop();
  }
});

test("the worker comes after the page and answers for the page's own files alone", options, async () => {
  const server = await startServer();
  const context = await visitor();
  try {
    const { page } = await openStudio(at.browser, server.origin, { context });
    await waitUntilReady(page);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return { names, paths: requests.flat().map((request) => new URL(request.url).pathname) };
    });
    assert.equal(kept.names.length, 1);
    const wanted = (await readdir(built)).filter((name) => /\.(wasm|js|css)$/.test(name) && name !== "sw.js");
    for (const name of [...wanted.map((name) => `/${name}`), "/", "/examples/harbour.jpg", "/manifest.webmanifest"]) {
      assert.ok(kept.paths.includes(name), `${name} is kept`);
    }
    assert.equal(kept.paths.find((path) => /^\/(v3|files|relay|faults|healthz|openapi)/.test(path)), undefined);

    const through = [];
    page.on("response", (response) => {
      if (response.fromServiceWorker()) through.push(new URL(response.url()).pathname);
    });
    await send(page, "A lamp");
    await waitUntilKept(page);
    const asked = await page.evaluate(async () => {
      const paths = ["/healthz", "/openapi.json", "/v3/async/task-result?task_id=none", "/relay?task_id=none", "/files/none/video.mp4", "/faults/bill"];
      const answers = [];
      for (const path of paths) answers.push((await fetch(path)).status);
      await fetch("/", { method: "POST", body: "x" });
      return answers;
    });
    assert.deepEqual(asked.slice(0, 2), [200, 200]);
    assert.deepEqual(through.filter((path) => /^\/(v3|files|relay|faults|healthz|openapi)/.test(path)), []);
    const after = await page.evaluate(async () => (await (await caches.open((await caches.keys())[0])).keys()).length);
    assert.equal(after, kept.paths.length, "nothing else was kept");
  } finally {
    await context.close();
    await server.stop();
  }
});

test("a path inside the page opens with the server gone; the server's own paths do not", options, async () => {
  const server = await startServer();
  const context = await visitor();
  try {
    const { page } = await openStudio(at.browser, server.origin, { context });
    await waitUntilReady(page);
    await server.crash();
    await page.goto(`${server.origin}/take/42`);
    await generateButton(page).waitFor();
    await page.goto(`${server.origin}/#library`);
    await generateButton(page).waitFor();
    for (const path of ["/healthz", "/v3/async", "/files/x", "/missing.js"]) {
      await assert.rejects(page.goto(server.origin + path), /ERR_CONNECTION_REFUSED/, path);
    }
  } finally {
    await context.close();
    await server.stop();
  }
});

test("a newer page waits, says so in every tab, and comes when it is asked for", options, async () => {
  const own = await ownPage();
  const server = await startServer([], "127.0.0.1:0", { page: own.folder });
  const context = await visitor();
  try {
    const { page, complaints } = await openStudio(at.browser, server.origin, { context });
    await waitUntilReady(page);
    const { page: other } = await openStudio(at.browser, server.origin, { context });
    await waitUntilReady(other);
    assert.equal(await banner(page).count(), 0);
    await writePrompt(page, "Words that stay");
    for (const tab of [page, other]) await tab.evaluate(() => { globalThis.isTheSame = true; });

    await own.publish("Newer");
    await lookForNews(page);
    await banner(page).waitFor();
    await banner(other).waitFor();
    await page.getByRole("status").filter({ hasText: "A new version is here. Reload to update" }).waitFor({ state: "attached" });
    assert.deepEqual(await audit(page), []);
    assert.equal(await titleOf(page), "Rushes", "until then it is the page that it was");

    await banner(page).click();
    await page.waitForFunction(() => globalThis.isTheSame === undefined);
    await generateButton(page).waitFor();
    assert.equal(await titleOf(page), "Newer");
    await promptIs(page, "Words that stay");
    assert.equal(await banner(page).count(), 0);

    // The other tab goes on as it was, and can still open what it never opened.
    assert.equal(await other.evaluate(() => globalThis.isTheSame), true);
    await writePrompt(other, "Words of the other tab");
    await other.getByRole("button", { name: /^The request/ }).click();
    await other.getByRole("dialog").getByText("Words of the other tab").first().waitFor();
    await other.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await banner(other).click();
    await other.waitForFunction(() => globalThis.isTheSame === undefined);
    await generateButton(other).waitFor();
    assert.equal(await titleOf(other), "Newer");
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    await server.stop();
    await own.drop();
  }
});

test("a half-deployed page is not taken for a newer one", options, async () => {
  const own = await ownPage();
  const server = await startServer([], "127.0.0.1:0", { page: own.folder });
  const context = await visitor();
  try {
    const { page } = await openStudio(at.browser, server.origin, { context });
    await waitUntilReady(page);
    await own.publish("Newer");
    await writeFile(join(own.folder, "index.html"), "<!doctype html><title>Sign in to this network</title>");
    const state = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const found = new Promise((done) => registration.addEventListener("updatefound", () => done(registration.installing)));
      await registration.update();
      const worker = await found;
      while (worker.state === "installing") await new Promise((done) => setTimeout(done, 20));
      return worker.state;
    });
    assert.equal(state, "redundant");
    assert.equal(await banner(page).count(), 0);
    await page.reload();
    await generateButton(page).waitFor();
  } finally {
    await context.close();
    await server.stop();
    await own.drop();
  }
});

test("without a network the draft stays, and the button says why", async () => {
  const elsewhere = await startServerElsewhere();
  try {
    for (const [locale, reason, stays] of [
      ["en", "No network: your draft is kept", /nothing was sent/],
      ["zh-CN", "没有网络：草稿已保留", /什么也没有发送/],
    ]) {
      const context = await at.browser.newContext({ viewport: PHONE, reducedMotion: "reduce", locale });
      const page = await context.newPage();
      const posts = [];
      page.on("request", (request) => request.method() === "POST" && posts.push(request));
      await page.goto(elsewhere.origin);
      const prompt = page.locator("#field-prompt");
      await prompt.fill("A storm over the bay");
      await becomes(() => page.locator("#generate").getAttribute("aria-disabled"), "false");
      await context.setOffline(true);
      await page.locator("#bar-reasons", { hasText: reason }).waitFor();
      await becomes(() => page.locator("#generate").getAttribute("aria-disabled"), "true");
      assert.deepEqual(await audit(page), []);
      await page.locator("#generate").click({ force: true });
      await page.locator(".toast", { hasText: stays }).waitFor();
      await page.keyboard.press("ControlOrMeta+Enter");
      assert.equal(posts.length, 0);
      assert.equal(await page.locator("[data-take]").count(), 0, "no attempt is written down");
      await context.setOffline(false);
      await becomes(() => page.locator("#generate").getAttribute("aria-disabled"), "false");
      assert.equal(await prompt.inputValue(), "A storm over the bay");
      await context.close();
    }
  } finally {
    await elsewhere.stop();
  }
});

test("the page can be installed", async () => {
  const server = await startServer();
  const context = await visitor();
  try {
    const page = await context.newPage();
    await page.goto(server.origin);
    const devtools = await context.newCDPSession(page);
    const { errors, url, data } = await devtools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const manifest = JSON.parse(data);
    assert.deepEqual(manifest.shortcuts.map(({ url }) => url), ["./#compose", "./#library"]);
    for (const icon of [...manifest.icons, ...manifest.shortcuts.flatMap(({ icons }) => icons)]) {
      const answer = await fetch(new URL(icon.src, url));
      assert.equal(answer.status, 200, icon.src);
      assert.equal(answer.headers.get("content-type"), icon.type);
      if (icon.type === "image/png") {
        const bytes = Buffer.from(await answer.arrayBuffer());
        assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, icon.sizes, icon.src);
      }
    }
    assert.ok(manifest.icons.some(({ purpose, sizes }) => purpose === "maskable" && sizes === "512x512"));
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    // Nobody installs from a window that leaves no trace, which is what a test has.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  } finally {
    await context.close();
    await server.stop();
  }
});
