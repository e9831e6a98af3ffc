// Something between the tab and the service goes away at a step, and comes back; the tab lives on.

import assert from "node:assert/strict";

import { generateButton } from "../../support/studio.mjs";
import { judge } from "./oracle.mjs";
import { CALM } from "./service.mjs";
import { STEPS } from "./steps.mjs";
import { WORD, openTab, settled, shows } from "./tab.mjs";

/**
 * Takes an intent to a step, lets it go `away` and come `back` (which leaves the service calm), and judges what has
 * become of it, before and after a reload. `noticed` waits until the tab has met what is away.
 */
export async function outage({ browser, origin, service, step, prompt, away, noticed, back }) {
  await service.script(step.rules ?? CALM);
  const tab = await openTab(browser, origin);
  const { page, context, posts } = tab;
  const release = await step.reach(tab, prompt, service);
  await away(tab);
  if (step === STEPS[0]) await generateButton(page).click();
  await release?.();
  if (!step.known) await shows(page, prompt, WORD.unsure, WORD.refused);
  else if (step !== STEPS.at(-1)) await noticed?.(tab);
  await back(tab);

  const words = step.known ? [WORD.kept] : [WORD.unsure, WORD.refused];
  const sent = posts.length;
  for (const isReloaded of [false, true]) {
    if (isReloaded) await page.reload();
    const shown = await settled(page, prompt);
    assert.deepEqual(shown.map((take) => take.prompt), [prompt]);
    assert.ok(words.includes(shown[0].word), `${shown[0].word}: ${shown[0].says}`);
    const bill = await judge(service, prompt, shown[0], step);
    assert.equal(bill.accepted, step.accepted);
  }
  assert.equal(posts.length, sent, "nothing is sent again by itself");
  await context.close();
}
