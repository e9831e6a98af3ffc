// The answer to a POST was lost: the page's own server knows by the intent's name what came of it, and nothing is sent.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { CALM, startService } from "./support/service.mjs";
import { WORD, crash, holdPosts, openTab, press, send, shows, take } from "./support/tab.mjs";
import { until } from "./support/until.mjs";

const LOOK = "Look whether it arrived";
const LOST = (when) => [{ on: "create", do: "drop", when }];

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
});
after(async () => {
  await Promise.all([browser?.close(), service?.stop()]);
});

const says = (page, words) => page.getByText(words).first().waitFor();
const creates = (posts) => posts.filter((post) => post.url().includes("/v3/")).length;

test("accepted, its answer lost: it is found, goes on, and stays billed once", async () => {
  const prompt = "Accepted, and nobody heard";
  await service.script(LOST("after"));
  const { page, context, posts } = await openTab(browser, service.origin);
  await send(page, prompt);
  await shows(page, prompt, WORD.unsure);
  await service.script(CALM);
  assert.equal((await service.billed(prompt)).accepted, 1);
  await page.reload();
  await shows(page, prompt, WORD.unsure);
  const sent = creates(posts);

  await press(page, prompt, LOOK);
  await says(page, /It arrived and was accepted/);
  await shows(page, prompt, WORD.kept);
  await page.reload();
  await shows(page, prompt, WORD.kept);
  assert.equal((await service.billed(prompt)).accepted, 1);
  assert.equal(creates(posts), sent, "looking sends nothing");
  await context.close();
});

test("a tab that died before it sent: it never arrived, and is sent again at no risk", async () => {
  const prompt = "Never left the tab";
  await service.script(CALM);
  const { page, context } = await openTab(browser, service.origin);
  const held = await holdPosts(page);
  await send(page, prompt);
  await held.reached();
  await crash(page);

  const { page: next } = await openTab(browser, service.origin, { context });
  await shows(next, prompt, WORD.unsure);
  await press(next, prompt, LOOK);
  await shows(next, prompt, WORD.refused);
  const { says: words } = await take(next, prompt);
  assert.match(words, /never arrived .* cannot pay twice/);
  assert.equal((await service.billed(prompt)).accepted, 0);
  await press(next, prompt, /^Send again/);
  await shows(next, prompt, WORD.kept);
  assert.equal((await service.billed(prompt)).accepted, 1);
  await context.close();
});

test("a server that was restarted says that it does not know any more", async () => {
  const prompt = "Accepted, then restarted";
  await service.script(LOST("after"));
  const { page, context } = await openTab(browser, service.origin);
  await send(page, prompt);
  await shows(page, prompt, WORD.unsure);
  await service.crash();
  await press(page, prompt, LOOK);
  await says(page, /server gave no answer/);
  await shows(page, prompt, WORD.unsure);
  await service.prepare(CALM);
  await service.relaunch();
  await press(page, prompt, LOOK);
  await says(page, /was restarted or has forgotten it/);
  const { word, acts } = await take(page, prompt);
  assert.equal(word, WORD.unsure);
  assert.ok(acts.includes("Paste task id…"), "what else can be done");
  const [id] = (await service.billed(prompt)).tasks;
  await press(page, prompt, "Paste task id…");
  await page.getByLabel("Task id").fill(id);
  await page.getByRole("button", { name: "Watch this task" }).click();
  await until("the pasted task to be kept", async () => (await take(page, prompt)).word === WORD.kept);
  assert.equal((await service.billed(prompt)).accepted, 1);
  await context.close();
});
