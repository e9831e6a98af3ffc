// The answer to a POST was lost: the page's own server knows by the intent's name what came of it, and nothing is sent.

import assert from "node:assert/strict";
import { test } from "node:test";

import { suite } from "../support/suite.mjs";
import { eventually, matches } from "../support/wait.mjs";
import { CALM, startService } from "./support/service.mjs";
import { WORD, crash, holdPosts, openTab, press, send, shows, take } from "./support/tab.mjs";

const LOOK = "Look whether it arrived";
const LOST = (when) => [{ on: "create", do: "drop", when }];

const at = suite({ server: null, service: () => startService() });

const says = (page, words) => page.getByText(words).first().waitFor();
const creates = (posts) => posts.filter((post) => post.url().includes("/v3/")).length;

test("accepted, its answer lost: it is found, goes on, and stays billed once", async () => {
  const prompt = "Accepted, and nobody heard";
  await at.service.script(LOST("after"));
  const { page, context, posts } = await openTab(at.browser, at.service.origin);
  await send(page, prompt);
  await shows(page, prompt, WORD.unsure);
  await at.service.script(CALM);
  assert.equal((await at.service.billed(prompt)).accepted, 1);
  await page.reload();
  await shows(page, prompt, WORD.unsure);
  const sent = creates(posts);

  await press(page, prompt, LOOK);
  await says(page, /It arrived and was accepted/);
  await shows(page, prompt, WORD.kept);
  await page.reload();
  await shows(page, prompt, WORD.kept);
  assert.equal((await at.service.billed(prompt)).accepted, 1);
  assert.equal(creates(posts), sent, "looking sends nothing");
  await context.close();
});

test("a tab that died before it sent: it never arrived, and is sent again at no risk", async () => {
  const prompt = "Never left the tab";
  await at.service.script(CALM);
  const { page, context } = await openTab(at.browser, at.service.origin);
  const held = await holdPosts(page);
  await send(page, prompt);
  await held.reached();
  await crash(page);

  const { page: next } = await openTab(at.browser, at.service.origin, { context });
  await shows(next, prompt, WORD.unsure);
  await press(next, prompt, LOOK);
  await shows(next, prompt, WORD.refused);
  await matches(async () => (await take(next, prompt)).says, /never arrived .* cannot pay twice/);
  assert.equal((await at.service.billed(prompt)).accepted, 0);
  await press(next, prompt, /^Send again/);
  await shows(next, prompt, WORD.kept);
  assert.equal((await at.service.billed(prompt)).accepted, 1);
  await context.close();
});

test("a server that was restarted says that it does not know any more", async () => {
  const prompt = "Accepted, then restarted";
  await at.service.script(LOST("after"));
  const { page, context } = await openTab(at.browser, at.service.origin);
  await send(page, prompt);
  await shows(page, prompt, WORD.unsure);
  await at.service.crash();
  await press(page, prompt, LOOK);
  await says(page, /server gave no answer/);
  await shows(page, prompt, WORD.unsure);
  await at.service.prepare(CALM);
  await at.service.relaunch();
  await press(page, prompt, LOOK);
  await says(page, /was restarted or has forgotten it/);
  await eventually(async () => {
    const { word, acts } = await take(page, prompt);
    assert.equal(word, WORD.unsure);
    assert.ok(acts.includes("Paste task id…"), "what else can be done");
  });
  const [id] = (await at.service.billed(prompt)).tasks;
  await press(page, prompt, "Paste task id…");
  await page.getByLabel("Task id").fill(id);
  await page.getByRole("button", { name: "Watch this task" }).click();
  await shows(page, prompt, WORD.kept);
  assert.equal((await at.service.billed(prompt)).accepted, 1);
  await context.close();
});
