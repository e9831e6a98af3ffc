// What must outlive a reload, a closed tab and a killed server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import {
  RENDER_PATIENCE, generateButton, playForAMoment, setSeconds, waitUntilKept, writePrompt,
} from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";

const at = suite();

test("a reload in the middle of a render loses nothing and sends nothing again", async () => {
  const { page, context, posts } = await at.open();
  await writePrompt(page, "A paper boat on a river, pan left");
  await generateButton(page).click();
  await page.getByText(/Accepted|Queued|Rendering/).first().waitFor();
  await page.reload();
  await waitUntilKept(page);
  assert.equal(posts.length, 1);
  assert.equal((await playForAMoment(page)).seconds, 5);

  await page.reload();
  await page.getByText(/Saved in this browser/).first().waitFor();
  assert.equal(posts.length, 1);
  await context.close();
});

test("a tab closed while sending shows the attempt as not sure, once, and never sends it again", async () => {
  const { page, context, posts } = await at.open();
  // The answer never comes: the service has accepted, the tab does not know.
  let reached;
  const arrived = new Promise((resolve) => { reached = resolve; });
  await context.route("**/v3/async/kling-*", async (route) => {
    await route.fetch();
    reached();
  });
  await writePrompt(page, "A lighthouse in fog");
  await setSeconds(page, 3);
  await generateButton(page).click();
  await arrived;
  await page.close();
  assert.equal(posts.length, 1);

  const again = await at.open({ context });
  await again.page.getByText("Not sure").first().waitFor();
  await again.page.getByText(/We do not know whether it arrived/).first().waitFor();
  await again.page.reload();
  await again.page.getByText("Not sure").first().waitFor();
  assert.equal(again.posts.length, 0);
  await context.close();
});

test("a server killed in the middle of a render ends the task well after it is back", async () => {
  const { page, context } = await at.open();
  await writePrompt(page, "Snow falls on a village, pull out");
  await setSeconds(page, 15);
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await generateButton(page).click();
  const { task_id: task } = await (await answered).json();
  await untilRendering(task);
  await at.server.crash();
  await at.server.relaunch();
  await waitUntilKept(page);
  assert.equal((await playForAMoment(page)).seconds, 15);
  assert.equal(await page.getByText("Failed", { exact: true }).count(), 0);
  await context.close();
});

/** Asks the server, not the page, which looks at its own pace. */
async function untilRendering(task) {
  const deadline = Date.now() + RENDER_PATIENCE;
  for (;;) {
    const answer = await fetch(`${at.origin}/v3/async/task-result?task_id=${task}`);
    const { task: state } = await answer.json();
    if (state.status === "TASK_STATUS_PROCESSING") return;
    assert.equal(state.status, "TASK_STATUS_QUEUED");
    assert.ok(Date.now() < deadline, "the render never began");
    await sleep(20);
  }
}
