// What must outlive a reload, a closed tab and a killed server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launchBrowser, openStudio } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import {
  RENDER_PATIENCE, generateButton, playForAMoment, setSeconds, waitUntilKept, writePrompt,
} from "./support/studio.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a reload in the middle of a render loses nothing and sends nothing again", async () => {
  const { page, context, posts } = await openStudio(browser, server.origin);
  await writePrompt(page, "A paper boat on a river, pan left");
  await generateButton(page).click();
  await page.getByText(/Queued|Rendering/).first().waitFor();
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
  const { page, context, posts } = await openStudio(browser, server.origin);
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

  const again = await openStudio(browser, server.origin, { context });
  await again.page.getByText("Not sure").first().waitFor();
  await again.page.getByText(/We do not know whether it arrived/).first().waitFor();
  await again.page.reload();
  await again.page.getByText("Not sure").first().waitFor();
  assert.equal(again.posts.length, 0);
  await context.close();
});

test("a server killed in the middle of a render ends the task well after it is back", async () => {
  const { page, context } = await openStudio(browser, server.origin);
  await writePrompt(page, "Snow falls on a village, pull out");
  await generateButton(page).click();
  await page.getByText("Rendering").first().waitFor({ timeout: RENDER_PATIENCE });
  await server.crash();
  await server.relaunch();
  await waitUntilKept(page);
  assert.equal((await playForAMoment(page)).seconds, 5);
  assert.equal(await page.getByText("Failed", { exact: true }).count(), 0);
  await context.close();
});
