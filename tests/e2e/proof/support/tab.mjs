// A tab of the Studio: what it shows of its takes, how it dies, and what a person presses in it.

import { openStudio } from "../../support/browser.mjs";
import { generateButton, setSeconds, writePrompt } from "../../support/studio.mjs";
import { PATIENCE, until } from "./until.mjs";

/** The words the page has for where a take stands. */
export const WORD = {
  sending: "Sending", unsure: "Not sure", putAway: "Put away", refused: "Not accepted", accepted: "Accepted",
  queued: "Queued", rendering: "Rendering", other: "Going on", stopped: "Not watched", done: "Done",
  saving: "Saving", kept: "Saved", failed: "Failed", gone: "Gone",
};

/** Where a take no longer moves by itself. */
export const SETTLED = new Set([WORD.unsure, WORD.putAway, WORD.refused, WORD.kept, WORD.failed, WORD.gone]);
/** What can only be shown once the service has given the take an id. */
export const HAS_ID = new Set([
  WORD.accepted, WORD.queued, WORD.rendering, WORD.other, WORD.stopped, WORD.done, WORD.saving, WORD.kept,
  WORD.failed, WORD.gone,
]);

const AGAIN = "Save here again";

/** Opens a tab, in a browser context of its own unless one is given. */
export async function openTab(browser, origin, { context } = {}) {
  const { page, context: owned, posts } = await openStudio(browser, origin, { context });
  const reads = [];
  const fetches = [];
  page.on("request", (request) => {
    if (request.url().includes("/v3/async/task-result")) reads.push(request);
    // A player asks for the video, too, but keeps nothing.
    if (request.url().includes("/files/") && request.resourceType() === "fetch") fetches.push(request);
  });
  return { page, context: owned, posts, reads, fetches };
}

/** Writes a request for a short video; nothing is sent. What sends it is here then: it comes when one begins to write. */
export async function compose(page, prompt) {
  await writePrompt(page, prompt);
  await setSeconds(page, 3);
  await page.locator("#library .take-list").waitFor({ state: "attached" });
}

/** Writes a request and presses Generate. */
export async function send(page, prompt) {
  await compose(page, prompt);
  await generateButton(page).click();
}

/** Every take that a tab shows, in the queue and on the shelf: its prompt, its word, and in the queue what is said of it. */
export function takes(page) {
  return page.evaluate(() => {
    const text = (place, selector) => place.querySelector(selector)?.textContent.trim() ?? "";
    return [...document.querySelectorAll("li.take, .cell")].map((place) => ({
      id: place.dataset.take,
      isShelved: place.matches(".cell"),
      prompt: text(place, ".take-open, .cell-words"),
      word: text(place, ".lamp"),
      says: text(place, ".take-say"),
      provider: text(place, ".verbatim"),
      far: text(place, ".how-far"),
      acts: [...place.querySelectorAll(".acts button")].map((button) => button.textContent.trim()),
    }));
  });
}

/** The take of that prompt as a tab shows it, the newest where there are several; undefined where there is none. */
export async function take(page, prompt) {
  return (await takes(page)).find((shown) => shown.prompt === prompt);
}

/** Waits until a tab shows the take of that prompt under one of these words; it. */
export function shows(page, prompt, ...words) {
  return until(`“${prompt}” to be ${words.join(" or ")}`, async () => {
    const shown = await take(page, prompt);
    return shown && words.includes(shown.word) ? shown : null;
  });
}

/** Presses a button of the newest take of that prompt. */
export function press(page, prompt, name) {
  return page.locator("li.take").filter({ hasText: prompt }).first()
    .getByRole("button", { name }).click();
}

/** Where a take stands, as `takes` gave it. */
function placeOf(page, { id, isShelved }) {
  return page.locator(`${isShelved ? ".cell" : "li.take"}[data-take="${id}"]`);
}

/**
 * The place that shows all of a take, as `takes` gave it: its row in the queue, which has room for thirty; of one on the
 * shelf the stage, where it is put.
 */
async function whole(page, take) {
  const own = placeOf(page, take);
  if (!take.isShelved) return own;
  await own.click({ timeout: 2_000 });
  await own.and(page.locator("[aria-current=true]")).waitFor({ timeout: 2_000 });
  const stage = page.locator("#stage");
  await stage.locator(".stage-prompt", { hasText: take.prompt }).waitFor({ timeout: 2_000 });
  return stage;
}

/** The provider's words on a take, as `takes` gave it. */
export async function providerWords(page, take) {
  const place = await whole(page, take);
  return (await place.locator("p.verbatim").allTextContents()).join("").trim();
}

/**
 * Presses a button of a take, as `takes` gave it, if it is still there: what the page does by itself can make it needless
 * between a look and the press.
 */
export function pressIfThere(page, take, name) {
  const own = placeOf(page, take);
  return until(`the button ${name} of “${take.prompt}” to be pressed, or gone`, async () => {
    if (await own.count() === 0) return true;
    // Rows move while others change: then the next try meets it.
    const press = async () => {
      const button = (await whole(page, take)).getByRole("button", { name });
      if (await button.count() > 0) await button.click({ timeout: 2_000 });
    };
    return press().then(() => true, () => false);
  });
}

/**
 * Waits until nothing in the tab moves any more; every take. Bytes that did not come are asked for again. A take of that
 * prompt is waited for: a page that does not show it yet shows none, and all of none have come to their end.
 */
export function settled(page, prompt) {
  return until("every take to come to its end", async () => {
    const shown = await takes(page);
    if (prompt !== undefined && !shown.some((take) => take.prompt === prompt)) return null;
    for (const one of shown) {
      // On the shelf a take has no buttons: the stage tells whether it has this one.
      if (one.word === WORD.done && (one.isShelved || one.acts.includes(AGAIN))) await pressIfThere(page, one, AGAIN);
      else if (one.word === WORD.stopped) await pressIfThere(page, one, "Look again");
    }
    return shown.every(({ word }) => SETTLED.has(word)) ? shown : null;
  });
}

/** Waits until a tab has read all that it keeps: it shows what comes first while it reads the rest. */
export async function isLoaded(page) {
  await page.locator("li.take, .cell").or(page.getByText("No takes yet")).first().waitFor({ timeout: PATIENCE });
  await page.locator("#library:not([aria-busy])").waitFor({ timeout: PATIENCE });
}

/** Kills a tab's process, as a crash or the system does: no handler of the page runs. */
export async function crash(page) {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise((resolve) => page.once("crash", resolve));
  // The call itself never returns: whoever would answer is dead.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
  await page.close();
}

/** Makes the next `POST`s of a tab wait inside it, before they leave: `reached()` says that one does, `release()` lets go. */
export async function holdPosts(page) {
  await page.evaluate(() => {
    const send = globalThis.fetch;
    const open = {};
    open.promise = new Promise((resolve) => { open.release = resolve; });
    globalThis.proof = { held: 0, release: open.release };
    globalThis.fetch = async (request, options) => {
      const method = options?.method ?? request.method ?? "GET";
      if (method === "POST") {
        globalThis.proof.held += 1;
        await open.promise;
      }
      return send(request, options);
    };
  });
  return {
    reached: () => page.waitForFunction(() => globalThis.proof.held > 0),
    release: () => page.evaluate(() => globalThis.proof.release()),
  };
}

/** What a tab says is wrong with storage, empty where nothing is. */
export async function storageTrouble(page) {
  return (await page.locator(".banner.bad").allTextContents()).join(" ");
}
