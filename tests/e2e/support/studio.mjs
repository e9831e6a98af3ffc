// The page by what a person sees of it: labels, buttons, words.

import { readFile } from "node:fs/promises";

import { becomes } from "./wait.mjs";

/** Time a draft of some seconds may take on a slow, busy machine, in milliseconds. */
export const RENDER_PATIENCE = 300_000;

/** The field of the prompt. */
export function promptField(page) {
  return page.getByRole("textbox", { name: "Prompt", exact: true });
}

/** Writes the prompt. */
export function writePrompt(page, words) {
  return promptField(page).fill(words);
}

/** Waits until the prompt holds these words. */
export function promptIs(page, words) {
  return becomes(() => promptField(page).inputValue(), words);
}

/** Chooses the length in seconds. */
export async function setSeconds(page, seconds) {
  const field = page.getByRole("textbox", { name: "Length" });
  await field.fill(String(seconds));
  await field.blur();
}

/** Puts a file in the well of the start image. */
export async function chooseStartImage(page, path) {
  await page.locator('input[type="file"]').first().setInputFiles(path);
}

/** Chooses a language by its own name in the settings, from a page that speaks `from`. */
export async function chooseLanguage(page, from, name) {
  await page.getByRole("button", { name: from === "en" ? "Settings" : "设置" }).click();
  await page.getByRole("radio", { name }).check();
  // The words arrive, and the page is made anew around the dialog: only then does it close for good.
  const dialog = page.getByRole("dialog", { name: from === "en" ? "设置" : "Settings" });
  await dialog.getByRole("radio", { name, checked: true }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

/** The button that sends. */
export function generateButton(page) {
  return page.getByRole("button", { name: /^Generate/ });
}

/** Writes a prompt, chooses the length in seconds and presses Generate. */
export async function send(page, words, seconds = 3) {
  await writePrompt(page, words);
  await setSeconds(page, seconds);
  await generateButton(page).click();
}

/** Presses Generate and waits for the one request that goes out by it; `posts` are the page's. */
export async function posted(page, posts) {
  await generateButton(page).click();
  await becomes(() => posts.length, 1);
  return posts[0];
}

/** Presses Generate although it says it is not possible: it answers by going to what is to be fixed. */
export function insistOnGenerate(page) {
  // Playwright waits for what is `aria-disabled`; a person does not.
  return generateButton(page).click({ force: true });
}

/** Waits until the newest take is kept in this browser. */
export async function waitUntilKept(page) {
  await page.getByText(/Saved in this browser \(/).first().waitFor({ timeout: RENDER_PATIENCE });
}

/** Plays the stage's video for a moment: what the browser itself says of it. */
export function playForAMoment(page) {
  return page.locator("video").first().evaluate(async (video) => {
    video.muted = true;
    await video.play();
    await new Promise((resolve, reject) => {
      video.addEventListener("error", () => reject(new Error(`the browser cannot play it: ${video.error?.message}`)));
      video.addEventListener("timeupdate", () => { if (video.currentTime > 0.3) resolve(); });
    });
    video.pause();
    return { width: video.videoWidth, height: video.videoHeight, seconds: video.duration };
  });
}

/** The file that the page saves when that is pressed. */
export async function saved(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return file;
}

/** Presses Download on the stage; the file's path and bytes. */
export async function download(page, name = "Download") {
  const file = await saved(page, page.getByRole("button", { name }).or(page.getByRole("link", { name })).first());
  const path = await file.path();
  return { path, bytes: await readFile(path), name: file.suggestedFilename() };
}
