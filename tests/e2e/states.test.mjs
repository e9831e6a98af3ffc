// Every state of the page in both languages, both themes and three widths: an accessibility audit and a picture of each.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { auditWhole, openStudio } from "./support/browser.mjs";
import { DESK, PHONE, SMALLEST_PHONE, TABLET, fits, lookAtAll } from "./support/look.mjs";
import { makeJpeg } from "./support/media.mjs";
import { startServerElsewhere } from "./support/server.mjs";
import { chooseLanguage, chooseStartImage, insistOnGenerate, send, waitUntilKept, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";

const at = suite({ folder: true });

const WIDTHS = [DESK, TABLET, PHONE];
const API = "**/v3/async/kling-*";
const RESULT = "**/v3/async/task-result*";
const TASK = "task-of-the-test";
const PROMPT = "A kite over a winter beach, slow pan right";

/** The page answers as told instead of asking the server. */
function answer(context, pattern, status, body) {
  return context.route(pattern, (route) => route.fulfill({ status, json: body }));
}

function taskState(status, more = {}) {
  return { task: { task_id: TASK, status, ...more }, videos: [], images: [], audios: [], extra: {} };
}

async function accepted({ page, context }, state) {
  await answer(context, API, 200, { task_id: TASK });
  await answer(context, RESULT, 200, state);
  await send(page, PROMPT);
}

const states = {
  empty: async () => {},
  invalid: async ({ page }) => {
    await writePrompt(page, "x".repeat(2501));
    await insistOnGenerate(page);
    await page.getByText(/to fix/).first().waitFor();
  },
  filled: async ({ page }) => {
    await writePrompt(page, PROMPT);
    await page.getByText("Ready to send").or(page.getByText(/about \$/)).first().waitFor();
  },
  "image and shots": async ({ page }) => {
    await chooseStartImage(page, await makeJpeg(join(at.folder, "photo.jpg"), 1500, 1000));
    await writePrompt(page, "A quiet harbour at dusk");
    await page.getByRole("radio", { name: "Shots" }).check();
    await page.getByRole("textbox", { name: "Shot 1", exact: true }).fill("Push in over the water");
  },
  sending: async ({ page, context }) => {
    await context.route(API, () => {});
    await send(page, PROMPT);
    await page.getByText(/^Sending/).first().waitFor();
  },
  unsure: async ({ page, context }) => {
    await answer(context, API, 502, { code: 502, reason: "SERVICE_NOT_AVAILABLE", message: "bad gateway" });
    await send(page, PROMPT);
    await page.getByText("Not sure").first().waitFor();
  },
  refused: async ({ page, context }) => {
    await answer(context, API, 400, { code: 400, reason: "ILLEGAL_PROMPT", message: "<b>not allowed</b>" });
    await send(page, PROMPT);
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
    const url = `${at.origin}/files/gone/video.mp4`;
    await accepted(studio, {
      ...taskState("TASK_STATUS_SUCCEED"),
      videos: [{ video_url: url, video_url_ttl: "3600", video_type: "mp4" }],
    });
    await studio.page.getByText(/^Gone|link has died|Done/).first().waitFor();
  },
  kept: async ({ page }) => {
    await send(page, PROMPT);
    await waitUntilKept(page);
  },
};

async function speakChinese(page) {
  await chooseLanguage(page, "en", "简体中文");
  await page.waitForFunction(() => document.documentElement.lang === "zh-Hans");
}

async function lookInChinese(page, name) {
  await speakChinese(page);
  await lookAtAll(page, `${name}-zh`, [DESK, PHONE], auditWhole);
}

for (const [name, reach] of Object.entries(states)) {
  test(`${name}: accessible in both languages, both themes and three widths`, async () => {
    const studio = await at.open();
    await reach(studio);
    await lookAtAll(studio.page, name, WIDTHS, auditWhole);
    await lookInChinese(studio.page, name);
    await studio.context.close();
  });
}

test("offline: accessible in both languages, both themes and three widths", async () => {
  // A service on this very computer is reached without a network, so the page of another one is looked at.
  const elsewhere = await startServerElsewhere();
  try {
    const studio = await openStudio(at.browser, elsewhere.origin);
    await studio.context.setOffline(true);
    await studio.page.getByText(/^Offline\./).first().waitFor();
    await lookAtAll(studio.page, "offline", WIDTHS, auditWhole);
    await studio.context.setOffline(false);
    await studio.page.getByText(/^Offline\./).first().waitFor({ state: "detached" });
    await speakChinese(studio.page);
    await studio.context.setOffline(true);
    await studio.page.getByText(/^离线/).first().waitFor();
    await lookAtAll(studio.page, "offline-zh", [DESK, PHONE], auditWhole);
    await studio.context.close();
  } finally {
    await elsewhere.stop();
  }
});

test("nothing overflows at 320 px", async () => {
  const { page, context } = await at.open(SMALLEST_PHONE);
  await fits(page);
  await context.close();
});
