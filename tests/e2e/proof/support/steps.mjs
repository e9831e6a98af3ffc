// The steps of one intent, from the written request to the kept video: how each is reached, and held.

import { WORD, compose, holdPosts, send, shows } from "./tab.mjs";
import { until } from "./until.mjs";

/** Bytes a second of a file that must still be on its way when it is cut: a video of some 50 kB. */
const DRIP = 6_000;
/** How long a look or a file hangs that is to be cut: where nothing cuts it, the take goes on after that. */
const HELD_MS = 4_000;

const read = (status) => [{ on: "read", do: "unknown_status", status }];

/**
 * One intent's way. `rules` are the service's while it lasts; `reach` brings a tab there, and may give a function that
 * lets go of what it held in the tab. `accepted` says whether the service has billed it then, `known` whether its id is
 * on disk.
 */
export const STEPS = [
  { name: "written in the form", accepted: 0, known: false, reach: (tab, prompt) => compose(tab.page, prompt) },
  {
    name: "on disk, before the POST", accepted: 0, known: false,
    async reach(tab, prompt) {
      const posts = await holdPosts(tab.page);
      await send(tab.page, prompt);
      await posts.reached();
      return posts.release;
    },
  },
  {
    name: "sent, before it was accepted", accepted: 0, known: false,
    rules: [{ on: "create", do: "stall", when: "before" }],
    async reach(tab, prompt, service) {
      const last = await service.last();
      await send(tab.page, prompt);
      await service.arrived("create", last);
    },
  },
  {
    name: "accepted, before the answer", accepted: 1, known: false,
    rules: [{ on: "create", do: "stall", when: "after" }],
    async reach(tab, prompt, service) {
      await send(tab.page, prompt);
      await until("the bill", async () => (await service.billed(prompt)).accepted === 1);
    },
  },
  {
    name: "answered, before the first look", accepted: 1, known: true,
    rules: [{ on: "read", do: "stall", for_ms: HELD_MS }],
    async reach(tab, prompt, service) {
      const last = await service.last();
      await send(tab.page, prompt);
      await shows(tab.page, prompt, WORD.accepted);
      await service.arrived("read", last);
    },
  },
  {
    name: "queued", accepted: 1, known: true, rules: read("TASK_STATUS_QUEUED"),
    async reach(tab, prompt) {
      await send(tab.page, prompt);
      await shows(tab.page, prompt, WORD.queued);
    },
  },
  {
    name: "rendering", accepted: 1, known: true, rules: read("TASK_STATUS_PROCESSING"),
    async reach(tab, prompt) {
      await send(tab.page, prompt);
      await shows(tab.page, prompt, WORD.rendering);
    },
  },
  {
    name: "done, before the first byte", accepted: 1, known: true,
    rules: [{ on: "file", do: "stall", for_ms: HELD_MS }],
    async reach(tab, prompt, service) {
      const last = await service.last();
      await send(tab.page, prompt);
      await shows(tab.page, prompt, WORD.saving);
      await service.arrived("file", last);
    },
  },
  {
    name: "in the middle of the bytes", accepted: 1, known: true,
    rules: [{ on: "file", do: "slow", bytes_per_sec: DRIP }],
    async reach(tab, prompt) {
      await send(tab.page, prompt);
      await until("some bytes", async () => {
        const { far } = await shows(tab.page, prompt, WORD.saving);
        return /[1-9][\d.,]*\s?(?:B|kB|KB|MB|%)/.test(far);
      });
    },
  },
  {
    name: "kept", accepted: 1, known: true,
    async reach(tab, prompt) {
      await send(tab.page, prompt);
      await shows(tab.page, prompt, WORD.kept);
    },
  },
];
