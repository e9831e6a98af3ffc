import type { Intent, IntentStore } from "rushes";

import { intentStore, type Keeper, type StoreOptions } from "./journal.js";

/** A store that can be looked into. */
export interface KeptIntents extends IntentStore {
  /**
   * What is not settled, oldest first: tasks to take up again (`accepted`: `rushes.task(intent)`), requests that may
   * have been billed (`unsure`, and whatever a crash left behind), and those on their way right now (`sending`).
   */
  pending(): Promise<Intent[]>;
  /** Everything kept, oldest first: what was refused and what was never sent, too. */
  all(): Promise<Intent[]>;
  /** Forgets an intent, for ever: once its video is saved, or once nobody wants to know of it. */
  forget(key: string): Promise<void>;
}

/** A store of something that keeps intents and can be looked into. `all`: in any order. */
export function kept(keeper: Keeper & { all(): Promise<Intent[]>; forget(key: string): Promise<void> }, options: StoreOptions): KeptIntents {
  const all = async () => (await keeper.all()).sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.key, b.key));
  return {
    ...intentStore(keeper, options),
    all,
    pending: async () => (await all()).filter(({ state }) => state !== "refused" && state !== "unsent"),
    forget: (key) => keeper.forget(key),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As they are shown: one that nobody is sending any more was left behind by a crash, and nobody knows its outcome. */
export function shown(intents: readonly Intent[], isSending: (key: string) => boolean): Intent[] {
  return intents.map((intent) => {
    return intent.state === "sending" && !isSending(intent.key) ? { ...intent, state: "unsure" } : intent;
  });
}
