// Every state of a take has a face and next steps of its own, and no other: a closed set, as a table.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { DESK, THEMES, picture } from "./support/look.mjs";
import { record, seed } from "./support/records.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, eventually, matches } from "./support/wait.mjs";

const RESULT = "**/v3/async/task-result*";
const at = suite();

const trouble = (kind, more = {}) => ({
  kind, status: 400, reason: "A_REASON", message: "The service refused it.", detail: null, retry_after_ms: null, ...more,
});
const refused = (kind, more) => ({ refused: trouble(kind, more) });
const watched = (status, more = {}) => ({
  watched: {
    task: "task-1",
    watch: { status, progress_percent: null, eta_secs: null, checked_ms: null, missed: null, is_stopped: false, ...more },
  },
});
const unsure = (is_put_away) => ({ unsure: { why: { answer: trouble("unsure", { status: 502 }) }, since_ms: 1, is_put_away } });
const done = (not_kept) => ({
  succeeded: { task: "task-1", link: { url: "https://files.example/v.mp4", expires_ms: Date.now() + 3_000_000, kind: "mp4" }, not_kept },
});
const expired = (cause) => ({ expired: { task: "task-1", cause } });
const image = { url: "https://example.com/start.png" };

/** name, state, its word, what must be said, its next steps in their order; `image`: it starts from an image. */
const FACES = [
  ["not sure", unsure(false), "Not sure", /may have been charged \(\$0\.42\)/, ["Look whether it arrived", "Paste task id…", "Send again · $0.42", "Keep as lost"]],
  ["put away", unsure(true), "Put away", /may still have been charged/, ["Take back", "Edit", "Delete"]],
  ["refused for its words", refused("moderation"), "Not accepted", /Not charged\./, ["Fix the prompt", "Delete"]],
  ["refused for its content", refused("moderation"), "Not accepted", /Not charged\./, ["Fix the prompt", "Use another image", "Delete"], { image }],
  ["refused for its image", refused("image"), "Not accepted", /Not charged\./, ["Use another image", "Edit", "Delete"], { image }],
  ["refused without balance", refused("balance"), "Not accepted", /Top up/, ["Send again · $0.42", "Edit", "Delete"]],
  ["refused with that key", refused("auth"), "Not accepted", /Not charged\./, ["Change key", "Send again · $0.42", "Edit", "Delete"]],
  ["refused as a whole", refused("invalid"), "Not accepted", /Not charged\./, ["Edit", "Delete"]],
  ["refused for now", refused("rate_limit", { retry_after_ms: 4_000_000_000_000 }), "Not accepted", /Not charged\./, [/^Wait \d/, "Edit", "Delete"]],
  ["stopped watching", watched("queued", { is_stopped: true }), "Not watched", /the charge stands/, ["Look again"]],
  ["failed", { failed: { task: "task-1", reason: "content policy" } }, "Failed", /look at your balance/, ["Fix the prompt", "Same again · $0.42", "Delete"]],
  ["link died", expired("link"), "Gone", /The link has died/, ["Ask for a fresh link", "Find file on disk…", "Edit", "Same again · $0.42", "Delete"]],
  ["copy cleared", expired("copy"), "Gone", /browser cleared the copy/, ["Ask for a fresh link", "Find file on disk…", "Edit", "Same again · $0.42", "Delete"]],
];

/** The page with one take in that state, and what its service says of its task. */
async function openWith(state, { image: start = null, width = 1440, height = 1000, answer, status = () => 200 } = {}) {
  const context = await at.browser.newContext({ viewport: { width, height }, colorScheme: "dark", reducedMotion: "reduce", permissions: ["notifications"] });
  await context.route(RESULT, (route) => (answer
    ? route.fulfill({ status: status(), json: answer() })
    : route.abort()));
  const now = Date.now();
  const take = record(1, { state, created_ms: now - 200_000, changed_ms: now });
  take.settings.image = start;
  if (start) take.settings.endpoint = "image-to-video";
  take.settings.duration_secs = 5;
  await seed(context, at.origin, [take]);
  const studio = await at.open({ context });
  if (width < 700) await studio.page.getByRole("link", { name: "Stage" }).click();
  return { ...studio, stage: studio.page.locator("#stage") };
}

function steps(stage) {
  return stage.locator(".acts").first().locator("button, a.button").evaluateAll((buttons) =>
    buttons.map((button) => button.getAttribute("aria-label") ?? button.textContent.trim()));
}

for (const [name, state, word, says, expected, more = {}] of FACES) {
  test(`${name}: its word, its sentence, its next steps and no other`, async () => {
    // High enough that the bar at the bottom covers nothing that is looked at.
    for (const [width, height] of [[1440, 1000], [390, 1800]]) {
      const { page, context, stage } = await openWith(state, { ...more, width, height });
      await stage.locator(".lamp", { hasText: word }).first().waitFor();
      await stage.getByText(says).first().waitFor();
      await eventually(async () => {
        const found = await steps(stage);
        assert.equal(found.length, expected.length, found.join(", "));
        for (const [index, step] of expected.entries()) {
          if (step instanceof RegExp) assert.match(found[index], step);
          else assert.equal(found[index], step);
        }
      });
      for (const scheme of THEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        assert.deepEqual(await audit(page), [], `${name}, ${width} px, ${scheme}`);
      }
      await picture(page, `face-${name}-${width}`);
      await context.close();
    }
  });
}

const task = (status, more = {}) => ({ task: { task_id: "task-1", status, ...more }, videos: [], images: [], audios: [], extra: {} });

test("a running take: what is usual, elapsed and real progress apart, the tab's title and icon, slower than usual", async () => {
  let answer = task("TASK_STATUS_PROCESSING", { progress_percent: 42 });
  const { page, context, stage } = await openWith(watched("queued"), { answer: () => answer });
  await stage.getByText("42 %").first().waitFor();
  await stage.getByText(/^Usually .+, nine of ten within .+\.$/).waitFor();
  await stage.getByText(/so far/).first().waitFor();
  await becomes(() => steps(stage), ["Tell me when done", "Stop watching"]);
  await page.waitForFunction(() => document.title === "(1) 42 % · Rushes");
  const icon = () => page.locator("link[rel=icon]").getAttribute("href");
  await matches(icon, /^data:image\/png/);
  assert.equal(await stage.getByText("Slower than usual.").count(), 0);
  await page.evaluate(() => {
    globalThis.told = [];
    globalThis.Notification = class {
      static permission = "granted";
      constructor(title, { body, tag }) { globalThis.told.push({ title, body, tag }); }
    };
  });
  await stage.getByRole("button", { name: "Tell me when done" }).click();
  await stage.getByRole("button", { name: "Do not tell me" }).waitFor();
  answer = task("TASK_STATUS_FAILED", { reason: "content policy" });
  await page.waitForFunction(() => globalThis.told.length === 1, null, { timeout: 60_000 });
  assert.deepEqual(await page.evaluate(() => globalThis.told.map(({ title, tag }) => ({ title, tag }))), [
    { title: "Rushes: Failed", tag: "take-00001" },
  ]);
  await page.waitForFunction(() => document.title === "Rushes");
  await eventually(async () => assert.doesNotMatch(await icon(), /^data:image\/png/));
  await context.close();
});

test("slower than nine of ten says so; stopping says that the charge stands, and looking again goes on", async () => {
  const context = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
  await context.route(RESULT, (route) => route.fulfill({ json: task("TASK_STATUS_PROCESSING") }));
  const slow = record(1, { state: watched("processing"), created_ms: Date.now() - 3_600_000 });
  await seed(context, at.origin, [slow]);
  const { page } = await at.open({ context });
  const stage = page.locator("#stage");
  await stage.getByText("Slower than usual.").waitFor();
  await stage.getByRole("button", { name: "Stop watching" }).click();
  await stage.getByText(/the charge stands/).waitFor();
  await page.waitForFunction(() => document.title === "Rushes");
  await stage.getByRole("button", { name: "Look again" }).click();
  await stage.getByRole("button", { name: "Stop watching" }).waitFor();
  await context.close();
});

test("attempts are linked to the first, each with its own cost", async () => {
  const context = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
  const failed = { failed: { task: "task-1", reason: null } };
  await seed(context, at.origin, [
    record(1, { state: failed }),
    record(2, { state: { failed: { task: "task-2", reason: null } }, again_of: "take-00001" }),
    record(3, { again_of: "take-00002", state: { expired: { task: "task-3", cause: "freed" } } }),
  ]);
  const { page } = await at.open({ context });
  const stage = page.locator("#stage");
  await stage.getByText("Attempt 3 of 3").first().click();
  await stage.getByText("3 attempts, $1.26 in all").waitFor();
  await stage.getByRole("button", { name: "Attempt 1 of 3" }).click();
  await stage.getByText("Attempt 1 of 3").first().waitFor();
  await matches(() => stage.locator(".stage-prompt").textContent(), /^Take 1:/);
  await context.close();
});

test("a file on disk takes the place of a copy that is gone", async () => {
  const { page, context, stage } = await openWith(expired("copy"));
  const choose = page.waitForEvent("filechooser");
  await stage.getByRole("button", { name: "Find file on disk…" }).click();
  await (await choose).setFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no video") });
  await page.getByText("That file is no video.").first().waitFor();
  const again = page.waitForEvent("filechooser");
  await stage.getByRole("button", { name: "Find file on disk…" }).click();
  const box = Buffer.from("\0\0\0\x10ftypisom\0\0\0\0", "latin1");
  await (await again).setFiles({ name: "video.mp4", mimeType: "video/mp4", buffer: box });
  await stage.getByText("Saved in this browser (16 B)").waitFor();
  await context.close();
});

test("a dead link of a task that the provider no longer knows: gone, once it was said twice", async () => {
  const { succeeded } = done(null);
  const dead = { succeeded: { ...succeeded, link: { ...succeeded.link, expires_ms: Date.now() - 1000 } } };
  const NOT_KNOWN = 404;
  const OVERLOADED = 503;
  const says = [OVERLOADED, NOT_KNOWN, OVERLOADED, NOT_KNOWN];
  let looks = 0;
  const { context, stage } = await openWith(dead, {
    status: () => says[Math.min(looks++, says.length - 1)],
    answer: () => ({ code: 1, reason: "", message: "no", metadata: {} }),
  });
  const again = stage.getByRole("button", { name: "Save here again" });
  for (let look = 1; look < says.length; look += 1) {
    await becomes(() => looks, look);
    await again.click();
  }
  await stage.getByText(/The link has died/).waitFor();
  await stage.getByRole("button", { name: "Ask for a fresh link" }).waitFor();
  assert.equal(await again.count(), 0);
  await context.close();
});
