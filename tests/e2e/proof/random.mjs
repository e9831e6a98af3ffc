// A long random walk through everything that can go wrong, from a seed: several tabs, a bad service, a bad network, and
// storage that refuses.

import assert from "node:assert/strict";

import { generateButton } from "../support/studio.mjs";
import { denyFiles, denyRecords, fill } from "./support/denial.mjs";
import { hastyContext } from "./support/haste.mjs";
import { judge } from "./support/oracle.mjs";
import { CALM } from "./support/service.mjs";
import {
  HAS_ID, WORD, crash, isLoaded, openTab, pressIfThere, providerWords, send, settled, storageTrouble, take, takes,
} from "./support/tab.mjs";
import { until } from "./support/until.mjs";

/** Most tabs at once. */
const TABS = 3;
/** Most takes on their way at once: more would only wait. */
const RUNNING = 12;
/** How many times as fast as around them time passes in the tabs. */
const HASTE = 10;
/** How high the tabs are, in pixels: the shelf makes only the rows in sight, and most takes are to be seen. */
const TALL = 8_000;
/** The same at the end, for every take. */
const TALLEST = 30_000;
/** The ways in which storage refuses. */
const DENIALS = [denyRecords, denyFiles, fill];

/** Faults by chance, every kind of them (docs/faults.md). */
export const FAULTS = [
  { on: "create", chance: 0.06, do: "rate_limit", retry_after: 1 },
  { on: "create", chance: 0.04, do: "error", status: 500 },
  { on: "create", chance: 0.04, do: "error", status: 502, form: "html", when: "after" },
  { on: "create", chance: 0.05, do: "drop" },
  { on: "create", chance: 0.05, do: "drop", when: "after" },
  { on: "create", chance: 0.08, do: "stall", for_ms: 1_000, when: "after" },
  { on: "create", chance: 0.05, do: "stall", for_ms: 1_000, when: "before" },
  { on: "create", chance: 0.04, do: "cut" },
  { on: "create", chance: 0.04, do: "garble" },
  { on: "create", chance: 0.04, do: "no_task_id" },
  { on: "read", chance: 0.01, do: "rate_limit", retry_after: 1 },
  { on: "read", chance: 0.06, do: "error", status: 500 },
  { on: "read", chance: 0.06, do: "error", status: 504, form: "html" },
  { on: "read", chance: 0.05, do: "error", status: 404 },
  { on: "read", chance: 0.06, do: "drop" },
  { on: "read", chance: 0.06, do: "cut" },
  { on: "read", chance: 0.06, do: "garble", into: "not_utf8" },
  { on: "read", chance: 0.15, do: "unknown_status" },
  { on: "read", chance: 0.06, do: "stall", for_ms: 800 },
  { on: "read", chance: 0.3, do: "progress_backwards" },
  { on: "read", chance: 0.15, do: "no_url" },
  { on: "read", chance: 0.15, do: "expired_url" },
  { on: "file", chance: 0.15, do: "error", status: 503 },
  { on: "file", chance: 0.2, do: "cut" },
  { on: "file", chance: 0.15, do: "wrong_length", by: 1000 },
  { on: "file", chance: 0.1, do: "drop" },
  { on: "file", chance: 0.1, do: "slow", bytes_per_sec: 20_000 },
];

/** A small seeded generator (mulberry32), 0 to 1. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One walk. */
class Walk {
  constructor({ browser, service, wire, seed }) {
    Object.assign(this, { browser, service, wire, random: generator(seed) });
    this.tabs = [];
    this.isCut = false;
    /** Of each prompt: how often it was knowingly sent, and the most that was shown of it. */
    this.intents = new Map();
    this.figures = { steps: 0, "tabs killed": 0, "network cut": 0, "server killed": 0, "storage refused": 0 };
    /** How often the service misbehaved, by the name of the fault. */
    this.faults = {};
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  async open() {
    this.context ??= await hastyContext(this.browser, HASTE, TALL);
    const tab = await openTab(this.browser, this.wire.origin, { context: this.context });
    await isLoaded(tab.page);
    this.tabs.push(tab);
  }

  async send() {
    const { page } = this.pick(this.tabs);
    const running = (await takes(page)).filter(({ word }) => word !== WORD.kept && HAS_ID.has(word)).length;
    // While one is on its way, no other can be sent.
    if (running >= RUNNING || (await generateButton(page).count()) === 0) return;
    const prompt = `Random take number ${this.intents.size + 1}.`;
    this.intents.set(prompt, { sends: 1, rows: 0, known: 0 });
    await send(page, prompt);
    await until("the attempt to be shown", () => take(page, prompt));
  }

  async sendAgain() {
    const { page } = this.pick(this.tabs);
    const unsure = (await takes(page)).filter(({ acts }) => acts.some((act) => act.startsWith("Send again")));
    if (unsure.length === 0 || (await generateButton(page).count()) === 0) return;
    const one = this.pick(unsure);
    this.intents.get(one.prompt).sends += 1;
    await pressIfThere(page, one, /^Send again/);
  }

  /** Lets a tab's storage refuse for a while. */
  async deny() {
    const tab = this.pick(this.tabs);
    tab.allow = await this.pick(DENIALS)(tab.page);
    this.figures["storage refused"] += 1;
  }

  async allow() {
    for (const tab of this.tabs) {
      await tab.allow?.();
      delete tab.allow;
    }
  }

  async die(how) {
    const [tab] = this.tabs.splice(Math.floor(this.random() * this.tabs.length), 1);
    await how(tab.page);
    this.figures["tabs killed"] += 1;
    if (this.tabs.length === 0 && !this.isCut) await this.open();
  }

  async cut() {
    this.wire.cut();
    this.isCut = true;
    this.figures["network cut"] += 1;
    if (this.random() < 0.5) await this.context.setOffline(true);
  }

  async mend() {
    this.wire.mend();
    this.isCut = false;
    await this.context.setOffline(false);
    if (this.tabs.length === 0) await this.open();
  }

  async killServer() {
    await this.countFaults();
    await this.service.crash();
    this.figures["server killed"] += 1;
    await this.pause();
    await this.service.relaunch();
    // Each launch draws its chances from the start: another seed, or the same faults would come again.
    await this.service.script(FAULTS, Math.floor(this.random() * 1e6));
  }

  /** The log begins anew with each launch, so it is read before each kill. */
  async countFaults() {
    for (const { fault } of await this.service.log()) {
      if (fault !== null) this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    }
  }

  async pause() {
    await new Promise((resolve) => setTimeout(resolve, 50 + this.random() * 250));
  }

  isDenied() {
    return this.tabs.some(({ allow }) => allow);
  }

  /** One thing that happens, the likely ones more often. */
  async step() {
    const hasTabs = this.tabs.length > 0;
    const can = [
      [4, () => this.pause()],
      ...(hasTabs ? [
        [8, () => this.send()], [1, () => this.sendAgain()],
        [0.7, () => this.die((page) => page.close())], [1.3, () => this.die(crash)],
      ] : []),
      ...(this.isCut ? [[4, () => this.mend()]] : [[1, () => this.cut()]]),
      ...(!this.isCut && !this.isDenied() && this.tabs.length < TABS ? [[3, () => this.open()]] : []),
      ...(this.isDenied() ? [[4, () => this.allow()]] : hasTabs ? [[1, () => this.deny()]] : []),
      [0.7, () => this.killServer()],
    ];
    let left = this.random() * can.reduce((sum, [weight]) => sum + weight, 0);
    const [, act] = can.find(([weight]) => (left -= weight) < 0) ?? can[0];
    await act();
    await this.look();
    this.figures.steps += 1;
  }

  /**
   * Notes what is shown: whatever was shown once must never be less. Where a tab says that it cannot write down what it
   * shows, that is no promise; nor is an attempt that was not sent.
   */
  async look() {
    for (const { page, allow } of this.tabs) {
      const shown = await takes(page);
      if (allow || (await storageTrouble(page)) !== "") continue;
      for (const [prompt, intent] of this.intents) {
        const rows = shown.filter((row) => row.prompt === prompt && row.word !== WORD.refused);
        intent.rows = Math.max(intent.rows, rows.length);
        intent.known = Math.max(intent.known, rows.filter((row) => HAS_ID.has(row.word)).length);
      }
    }
  }

  /** All is well again: what has become of every intent. */
  async end() {
    await this.countFaults();
    await this.service.script(CALM);
    await this.allow();
    if (this.isCut) await this.mend();
    for (const tab of this.tabs.splice(0)) await tab.page.close();
    await this.open();
    const [{ page, posts }] = this.tabs;
    await page.setViewportSize({ width: page.viewportSize().width, height: TALLEST });
    const shown = await this.rest(page);
    assert.equal(posts.length, 0, "whoever comes back sends nothing");
    const lost = [];
    const twice = [];
    for (const [prompt, intent] of this.intents) {
      const rows = shown.filter((row) => row.prompt === prompt);
      const ended = rows.filter(({ word }) => word === WORD.kept || word === WORD.failed);
      if (rows.length < intent.rows || ended.length < intent.known) lost.push({ prompt, ...intent, now: rows });
      const { accepted } = await this.service.billed(prompt);
      if (accepted > intent.sends) twice.push(prompt);
      for (const row of rows) {
        const whole = row.word === WORD.failed ? { ...row, provider: await providerWords(page, row) } : row;
        await judge(this.service, prompt, whole, { known: false, sends: intent.sends });
      }
    }
    await this.context.close();
    const { accepted, posts: arrived } = await this.service.bill();
    const count = (word) => shown.filter((row) => row.word === word).length;
    const faults = Object.values(this.faults).reduce((sum, count) => sum + count, 0);
    return {
      ...this.figures, faults, kinds: this.faults,
      intents: this.intents.size,
      "sent again knowingly": [...this.intents.values()].reduce((sum, { sends }) => sum + sends - 1, 0),
      "POSTs that arrived": arrived, accepted,
      kept: count(WORD.kept), failed: count(WORD.failed), "not sure": count(WORD.unsure) + count(WORD.putAway),
      refused: count(WORD.refused), twice, lost,
    };
  }

  /** Waits until all is at rest, and as many are shown as there are; a take whose link died is asked for a fresh one. */
  rest(page) {
    const count = page.locator(".shelf-head .num");
    return until("every take to come to rest", async () => {
      const shown = await settled(page);
      if (await count.count() > 0 && shown.length !== Number.parseInt(await count.textContent(), 10)) return null;
      const gone = shown.filter(({ word }) => word === WORD.gone);
      for (const one of gone) await pressIfThere(page, one, "Ask for a fresh link");
      return gone.length === 0 ? shown : null;
    });
  }
}

/** Walks `steps` steps from a seed; the figures, with every prompt that was billed twice or lost. */
export async function walk({ browser, service, wire, seed, steps }) {
  const here = new Walk({ browser, service, wire, seed });
  await here.open();
  for (let step = 0; step < steps; step += 1) await here.step();
  return here.end();
}
