// How a video gets onto the disk: in a file, piece by piece, gone on with, handed on, refused, and given up.

import assert from "node:assert/strict";
import { test } from "node:test";

import { startService } from "./proof/support/service.mjs";
import { WORD, send, shows, take } from "./proof/support/tab.mjs";
import { until } from "./proof/support/until.mjs";
import { auditWhole, openStudio } from "./support/browser.mjs";
import { DESK, PHONE, lookAtAll } from "./support/look.mjs";
import { playForAMoment } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { eventually } from "./support/wait.mjs";

/** Slow enough to be interrupted, quick enough to wait for. */
const SLOW = (rate) => ({ on: "file", do: "slow", bytes_per_sec: rate });
/** The result host is another origin that lets no page read. */
const NO_CORS = [{ on: "read", do: "other_host" }, { on: "file", do: "no_cors" }];

const at = suite({ server: null, service: () => startService() });

/** A tab whose requests for bytes are written down: which address, from which byte, what came of it. */
async function openTab(given) {
  const context = given ?? await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
  const seen = [];
  context.on("request", (request) => {
    if (!/\/(files|relay)[/?]/.test(request.url()) || request.resourceType() !== "fetch") return;
    const entry = {
      page: request.frame().page(), url: request.url(), range: request.headers().range ?? null, status: null,
    };
    seen.push(entry);
    request.response().then((answer) => { entry.status = answer?.status() ?? null; }, () => {});
  });
  const studio = await openStudio(at.browser, at.service.origin, { context });
  const mine = () => seen.filter(({ page }) => page === studio.page).map(({ page: _, ...entry }) => entry);
  return { ...studio, get fetches() { return mine(); } };
}

/** The player asks for the file, too; here only what is saved shall meet the faults. */
function withoutPlayer(context) {
  return context.route("**/files/**", (route) =>
    route.request().resourceType() === "media" ? route.abort() : route.continue());
}

/** The page's files: whole videos and pieces of others, each with its size and a digest. */
function files(page) {
  return page.evaluate(async () => {
    // The page makes the folder when it first has something to put there.
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("rushes", { create: true });
    const list = async (folder) => {
      const found = {};
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === "directory") { found[name] = await list(handle); continue; }
        // The page may be putting another in its place just now.
        const bytes = await handle.getFile().then((file) => file.arrayBuffer()).catch((error) => {
          if (error.name !== "NotFoundError") throw error;
          return null;
        });
        if (bytes === null) continue;
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        found[name] = { size: bytes.byteLength, digest: Array.from(digest).join() };
      }
      return found;
    };
    return list(root);
  });
}

/** What the service would hand out for a task: size and digest. */
async function original(prompt) {
  const { tasks } = await at.service.billed(prompt);
  const bytes = await (await fetch(`${at.service.origin}/relay?task_id=${tasks[0]}`)).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { size: bytes.byteLength, digest: Array.from(digest).join() };
}

/** The one whole video that is kept is what the service made, and no piece is left. */
async function isKeptWhole(page, prompt) {
  await shows(page, prompt, WORD.kept);
  await until("the pieces to go", async () => Object.keys((await files(page)).parts).length === 0);
  const { videos } = await files(page);
  assert.deepEqual(Object.values(videos), [await original(prompt)]);
}

/** Waits until a piece of the one video that is coming lies on disk; how many bytes there are. */
function pieceOnDisk(page) {
  return until("a piece on disk", async () => {
    const [pieces = {}] = Object.values((await files(page)).parts ?? {});
    const bytes = Object.entries(pieces).filter(([name]) => /^\d+$/.test(name)).map(([, file]) => file.size);
    return bytes.reduce((all, size) => all + size, 0) || null;
  });
}

async function sizeOfAVideo() {
  const prompt = "A video to measure";
  await at.service.script([]);
  const { page, context } = await openTab();
  await send(page, prompt);
  await isKeptWhole(page, prompt);
  await context.close();
  return (await original(prompt)).size;
}

test("a video becomes one file that plays, in one request", async () => {
  await at.service.script([]);
  const tab = await openTab();
  const { page, context, complaints } = tab;
  await send(page, "One whole file");
  await isKeptWhole(page, "One whole file");
  assert.deepEqual(tab.fetches.map(({ range, status }) => [range, status]), [[null, 200]]);
  assert.equal((await playForAMoment(page)).seconds, 3);
  assert.deepEqual(complaints, []);
  await page.reload();
  await shows(page, "One whole file", WORD.kept);
  assert.equal((await playForAMoment(page)).seconds, 3);
  await context.close();
});

/** Calls a method of the object store of small pictures; what it answers. */
function ofPosters(page, method) {
  return page.evaluate((method) => new Promise((resolve, reject) => {
    const open = indexedDB.open("rushes");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const change = open.result.transaction("posters", "readwrite");
      const asked = change.objectStore("posters")[method]();
      change.oncomplete = () => { open.result.close(); resolve(asked.result); };
      change.onabort = () => reject(change.error);
    };
  }), method);
}

test("a small picture that was not made is made when its take comes into sight", async () => {
  await at.service.script([]);
  const { page, context } = await openTab();
  const hasPicture = () => until("the picture", () =>
    page.evaluate(() => document.querySelector(".cell img")?.naturalWidth > 0));
  await send(page, "A picture to miss");
  await isKeptWhole(page, "A picture to miss");
  await hasPicture();
  // As a tab leaves it that is closed before it came to make one.
  await ofPosters(page, "clear");
  await page.reload();
  await hasPicture();
  assert.equal(await ofPosters(page, "count"), 1);
  await context.close();
});

test("the browser is asked not to clear anything after the first kept video, and once", async () => {
  await at.service.script([]);
  const tab = await openTab();
  const { context } = tab;
  await tab.page.close();
  await context.addInitScript(() => {
    // A tab's first document, which has no address, has no storage.
    if (navigator.storage === undefined) return;
    globalThis.asked = 0;
    navigator.storage.persist = () => {
      globalThis.asked += 1;
      return Promise.resolve(false);
    };
  });
  const { page } = await openTab(context);
  const asked = () => page.evaluate(() => globalThis.asked);
  assert.equal(await asked(), 0, "not before there is something to lose");
  await send(page, "The first to be kept");
  await shows(page, "The first to be kept", WORD.kept);
  await until("the question", async () => await asked() === 1);
  await send(page, "The second to be kept");
  await shows(page, "The second to be kept", WORD.kept);
  assert.equal(await asked(), 1);
  await page.reload();
  await send(page, "One more after a reload");
  await shows(page, "One more after a reload", WORD.kept);
  assert.equal(await asked(), 0, "nor is it asked again by the next page");
  await context.close();
});

test("a link that is dead when it comes gets one fresh look, by the one watch, and the video is kept", async () => {
  const prompt = "Its first link is dead";
  await at.service.script([{ on: "read", times: 1, do: "expired_url" }]);
  const { page, context } = await openTab();
  const before = await at.service.last();
  await send(page, prompt);
  await shows(page, prompt, WORD.kept);
  const [id] = (await at.service.billed(prompt)).tasks;
  const reads = (await at.service.log(before)).filter((entry) => entry.on === "read" && entry.of === id);
  const faults = reads.map((entry) => entry.fault ?? null);
  assert.deepEqual(faults.slice(-2), ["expired_url", null], "the look that told of the end, and the fresh one");
  await context.close();
});

test("a tab that dies while bytes come in: the next one goes on from there", async () => {
  const rate = Math.ceil((await sizeOfAVideo()) / 12);
  await at.service.script([SLOW(rate)]);
  const prompt = "A tab that dies while saving";
  const { page, context } = await openTab();
  await send(page, prompt);
  await pieceOnDisk(page);
  await page.close();
  await at.service.script([]);

  const again = await openTab(context);
  await isKeptWhole(again.page, prompt);
  const [first] = again.fetches;
  assert.match(first.range, /^bytes=[1-9]\d*-$/);
  assert.deepEqual(again.fetches.map(({ status }) => status), [206]);
  assert.equal((await playForAMoment(again.page)).seconds, 3);
  await context.close();
});

test("two tabs: when the one that saves dies, the other goes on from there", async () => {
  const rate = Math.ceil((await sizeOfAVideo()) / 12);
  await at.service.script([SLOW(rate)]);
  const prompt = "Two tabs, one dies while saving";
  const first = await openTab();
  const second = await openTab(first.context);
  await send(first.page, prompt);
  await pieceOnDisk(second.page);
  assert.equal(second.fetches.length, 0, "one tab saves at a time");
  await until("the other tab to show how much has come", async () => {
    const { far } = await shows(second.page, prompt, WORD.saving);
    return /[1-9][\d.,]*\s?\w*B \/ [1-9]/.test(far);
  });
  await first.page.close();
  await at.service.script([]);
  await isKeptWhole(second.page, prompt);
  assert.match(second.fetches[0].range, /^bytes=[1-9]\d*-$/);
  await second.context.close();
});

const BREAKS = {
  "ends in the middle": { rule: { on: "file", times: 1, do: "cut", at: 0.5 }, goesOn: true },
  "is announced longer than it is": { rule: { on: "file", times: 1, do: "wrong_length", by: 1000 }, goesOn: false },
  "is announced shorter than it is": { rule: { on: "file", times: 1, do: "wrong_length", by: -1000 }, goesOn: false },
  "is not to be had at once": { rule: { on: "file", times: 1, do: "error", status: 503 }, goesOn: false },
};
for (const [what, { rule, goesOn }] of Object.entries(BREAKS)) {
  test(`a file that ${what} is kept whole in the end`, async () => {
    // What had reached a busy browser, and not yet the page, goes with the connection: then all of it is fetched again.
    for (let left = goesOn ? 5 : 1; left > 0; left -= 1) {
      const fetches = await keepThrough(rule, `A file that ${what}, ${left}`);
      if (!goesOn || fetches.at(-1).status === 206) return;
    }
    assert.fail("it never went on where it was");
  });
}

/** Keeps a take under that rule; the requests for its bytes. */
async function keepThrough(rule, prompt) {
  await at.service.script([rule]);
  const tab = await openTab();
  await withoutPlayer(tab.context);
  await send(tab.page, prompt);
  await isKeptWhole(tab.page, prompt);
  const { fetches } = tab;
  assert.ok(fetches.length >= 2, JSON.stringify(fetches));
  await tab.context.close();
  return fetches;
}

test("where the host lets no page read the file, the page's own server hands it on", async () => {
  await at.service.script(NO_CORS);
  const prompt = "A host without CORS";
  const tab = await openTab();
  const { page, context } = tab;
  await send(page, prompt);
  await isKeptWhole(page, prompt);
  assert.equal(new URL(tab.fetches.at(-1).url).pathname, "/relay");
  await context.close();
});

test("where the server cannot either, the page says so and gives the link with its time", async () => {
  await at.service.script(NO_CORS);
  const prompt = "Nobody may read it";
  const { page, context } = await openTab();
  await context.route("**/relay?**", (route) => route.abort());
  await send(page, prompt);
  const link = page.getByRole("link", { name: "Download" }).first();
  await link.waitFor({ timeout: 60_000 });
  assert.match(await link.getAttribute("href"), /^http:\/\/localhost:\d+\/files\//);
  await eventually(async () => {
    const shown = await take(page, prompt);
    assert.match(shown.says, /Save it yourself/);
    assert.match(shown.far, /link good for (59:\d\d|1:00:00)/);
  });
  await look(page, "save-it-yourself");
  // It is tried again on its author's word. A button that stays is the same one, and the keyboard goes with the take.
  await context.unroute("**/relay?**");
  const row = page.locator("li.take").first();
  const stays = await page.locator("#stage").getByRole("button", { name: "Delete" }).elementHandle();
  await row.getByRole("button", { name: "Save here again" }).focus();
  await page.keyboard.press("Enter");
  await isKeptWhole(page, prompt);
  assert.ok(await stays.evaluate((button) => button.isConnected), "the button that stays is not made again");
  const cell = page.getByRole("gridcell").filter({ hasText: prompt });
  await until("the focus to be where the take went", () => cell.evaluate((cell) => cell === document.activeElement));
  await context.close();
});

test("what belongs to no record is swept away at the next start", async () => {
  await at.service.script([]);
  const { page, context } = await openTab();
  await send(page, "A take with a neighbour");
  await isKeptWhole(page, "A take with a neighbour");
  await page.evaluate(async () => {
    // The page makes the folder when it first has something to put there.
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("rushes", { create: true });
    const write = async (folder, name) => {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write("left over");
      await stream.close();
    };
    await write(await root.getDirectoryHandle("videos"), "ghost");
    const parts = await root.getDirectoryHandle("parts");
    await write(await parts.getDirectoryHandle("ghost", { create: true }), "0");
  });
  await page.reload();
  await until("the ghosts to go", async () => {
    const { videos, parts } = await files(page);
    return !("ghost" in videos) && !("ghost" in parts);
  });
  await isKeptWhole(page, "A take with a neighbour");
  await context.close();
});

test("room that gets narrow is said in time, and can be made", async () => {
  await at.service.script([]);
  const narrow = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
  // Chromium says ten GiB more than is used, whatever there is: what other browsers say is said for it.
  await narrow.addInitScript(() => {
    if (navigator.storage === undefined) return;
    const ask = navigator.storage.estimate.bind(navigator.storage);
    StorageManager.prototype.estimate = async () => {
      const said = await ask();
      return { ...said, quota: globalThis.quotaOfTheTest ?? said.quota };
    };
  });
  const { page, context } = await openTab(narrow);
  const quota = (bytes) => page.evaluate((bytes) => { globalThis.quotaOfTheTest = bytes; }, bytes);
  await send(page, "The first of two");
  await shows(page, "The first of two", WORD.kept);
  await quota(100_000_000);
  await send(page, "The second of two");
  await shows(page, "The second of two", WORD.kept);
  await page.getByText(/Nearly full: [\d.]+ MB left .* Saved here: 2,/).first().waitFor();
  await look(page, "little-room");

  await page.getByRole("button", { name: "Make room…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("The first of two").click();
  await look(page, "make-room");
  await dialog.getByRole("button", { name: /^Delete 1 for good \(\d+ KB\)$/ }).click();
  await shows(page, "The first of two", WORD.gone);
  await page.getByRole("gridcell").filter({ hasText: "The first of two" }).click();
  await page.locator("#stage").getByText(/to make room/).waitFor();
  await until("its file to go", async () => Object.keys((await files(page)).videos).length === 1);

  // No room at all: nothing is fetched that cannot be kept, and the link is there to be saved.
  await quota(1_000);
  await send(page, "The third of two");
  await page.getByText(/no room for a copy/).first().waitFor();
  await look(page, "no-room");
  await quota(1_000_000_000_000);
  await page.getByRole("button", { name: "Save here again" }).first().click();
  await shows(page, "The third of two", WORD.kept);
  await context.close();
});

/** A picture of the page, and an audit. */
async function look(page, name) {
  await lookAtAll(page, name, [DESK, PHONE], auditWhole);
  await page.setViewportSize(DESK);
}
