// Time that passes faster in a page than around it: its waits are as many, and over sooner.

/** What a page is to run before anything else. `epoch` is where its clock and the real one are alike, in Unix ms. */
function hasten({ factor, epoch }) {
  const { setTimeout: later, setInterval: every } = globalThis;
  const date = Date.now.bind(Date);
  const clock = performance.now.bind(performance);
  Date.now = () => Math.round(epoch + (date() - epoch) * factor);
  performance.now = () => clock() * factor;
  globalThis.setTimeout = (run, ms = 0, ...given) => later(run, ms / factor, ...given);
  globalThis.setInterval = (run, ms = 0, ...given) => every(run, ms / factor, ...given);
}

/** A browser context whose pages live that many times as fast; all have the same time. */
export async function hastyContext(browser, factor, height = 1000) {
  const context = await browser.newContext({ viewport: { width: 1440, height }, reducedMotion: "reduce" });
  await context.addInitScript(hasten, { factor, epoch: Date.now() });
  return context;
}
