// Every state of the page in both themes and three widths: an accessibility audit and a picture of each.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { auditWhole, launchBrowser, openStudio } from "./support/browser.mjs";
import { makeJpeg } from "./support/media.mjs";
import { required, startServer, startServerElsewhere } from "./support/server.mjs";
import { chooseStartImage, generateButton, insistOnGenerate, setSeconds, waitUntilKept, writePrompt } from "./support/studio.mjs";

const pictures = required("RUSHES_SCREENS");
let server;
let browser;
let folder;
before(async () => {
  await mkdir(pictures, { recursive: true });
  [server, browser, folder] = await Promise.all([
    startServer(), launchBrowser(), mkdtemp(join(tmpdir(), "rushes-media-")),
  ]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
  if (folder) await rm(folder, { recursive: true, force: true });
});

const API = "**/v3/async/kling-*";
const RESULT = "**/v3/async/task-result*";
const TASK = "task-of-the-test";

/** The page answers as told instead of asking the server. */
function answer(context, pattern, status, body) {
  return context.route(pattern, (route) => route.fulfill({ status, contentType: "application/json", body: JSON.stringify(body) }));
}

function taskState(status, more = {}) {
  return { task: { task_id: TASK, status, ...more }, videos: [], images: [], audios: [], extra: {} };
}

async function send(page) {
  await writePrompt(page, "A kite over a winter beach, slow pan right");
  await setSeconds(page, 3);
  await generateButton(page).click();
}

async function accepted({ page, context }, state) {
  await answer(context, API, 200, { task_id: TASK });
  await answer(context, RESULT, 200, state);
  await send(page);
}

const states = {
  empty: async () => {},
  invalid: async ({ page }) => {
    await writePrompt(page, "x".repeat(2501));
    await insistOnGenerate(page);
    await page.getByText(/to fix/).first().waitFor();
  },
  filled: async ({ page }) => {
    await writePrompt(page, "A kite over a winter beach, slow pan right");
    await page.getByText("Ready to send").or(page.getByText(/about \$/)).first().waitFor();
  },
  "image and shots": async ({ page }) => {
    await chooseStartImage(page, await makeJpeg(join(folder, "photo.jpg"), 1500, 1000));
    await writePrompt(page, "A quiet harbour at dusk");
    await page.getByRole("radio", { name: "Shots" }).check();
    await page.getByRole("textbox", { name: "Shot 1", exact: true }).fill("Push in over the water");
  },
  sending: async ({ page, context }) => {
    await context.route(API, () => {});
    await send(page);
    await page.getByText(/^Sending/).first().waitFor();
  },
  unsure: async ({ page, context }) => {
    await answer(context, API, 502, { code: 502, reason: "SERVICE_NOT_AVAILABLE", message: "bad gateway" });
    await send(page);
    await page.getByText("Not sure").first().waitFor();
  },
  refused: async ({ page, context }) => {
    await answer(context, API, 400, { code: 400, reason: "ILLEGAL_PROMPT", message: "<b>not allowed</b>" });
    await send(page);
    await page.getByText("Not accepted").first().waitFor();
    assert.equal(await page.locator("b", { hasText: "not allowed" }).count(), 0, "the provider's words are text");
  },
  queued: async (studio) => {
    await accepted(studio, taskState("TASK_STATUS_QUEUED"));
    await studio.page.getByText("Queued").first().waitFor();
  },
  processing: async (studio) => {
    await accepted(studio, taskState("TASK_STATUS_PROCESSING", { progress_percent: 42, eta: 31 }));
    await studio.page.getByText("42 %").first().waitFor();
  },
  "a status nobody knows": async (studio) => {
    await accepted(studio, taskState("TASK_STATUS_DREAMING"));
    await studio.page.getByText(/TASK_STATUS_DREAMING/).first().waitFor();
  },
  failed: async (studio) => {
    await accepted(studio, taskState("TASK_STATUS_FAILED", { reason: "content policy" }));
    await studio.page.getByText("Failed").first().waitFor();
  },
  expired: async (studio) => {
    const url = `${server.origin}/files/gone/video.mp4`;
    await accepted(studio, {
      ...taskState("TASK_STATUS_SUCCEED"),
      videos: [{ video_url: url, video_url_ttl: "3600", video_type: "mp4" }],
    });
    await studio.page.getByText(/^Gone|link has died|Done/).first().waitFor();
  },
  kept: async ({ page }) => {
    await send(page);
    await waitUntilKept(page);
  },
};

for (const [name, reach] of Object.entries(states)) {
  test(`${name}: accessible in both themes and three widths`, async () => {
    const studio = await openStudio(browser, server.origin);
    await reach(studio);
    await lookAtAll(studio, name);
    await studio.context.close();
  });
}

test("offline: accessible in both themes and three widths", async () => {
  // A service on this very computer is reached without a network, so the page of another one is looked at.
  const elsewhere = await startServerElsewhere();
  try {
    const studio = await openStudio(browser, elsewhere.origin);
    await studio.context.setOffline(true);
    await studio.page.getByText(/^Offline\./).first().waitFor();
    await lookAtAll(studio, "offline");
    await studio.context.setOffline(false);
    await studio.page.getByText(/^Offline\./).first().waitFor({ state: "detached" });
    await studio.context.close();
  } finally {
    await elsewhere.stop();
  }
});

/** Audits and pictures a state in both themes and three widths. */
async function lookAtAll({ page }, name) {
  for (const scheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const [width, height] of [[1440, 1000], [768, 1024], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(pictures, `${name.replaceAll(" ", "-")}-${width}-${scheme}.png`) });
      assert.deepEqual(await auditWhole(page), [], `${name}, ${scheme}, ${width} px`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name} at ${width} px is ${overflow} px too wide`);
    }
  }
}

test("nothing overflows at 320 px", async () => {
  const { page, context } = await openStudio(browser, server.origin, { width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await context.close();
});
