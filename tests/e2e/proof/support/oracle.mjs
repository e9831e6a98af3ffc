// What must hold whatever was killed: nothing paid twice, nothing lost, nothing called failed that did not fail.

import assert from "node:assert/strict";

import { WORD } from "./tab.mjs";

/** The words a take may end under by what the bill says of it. */
const UNKNOWN = [WORD.unsure, WORD.putAway];

/**
 * Judges one intent by the service's bill and what the page shows of it (`shown` undefined: nothing).
 *
 * `known`: its id had reached the disk. `sends`: how often its author knowingly sent it.
 */
export async function judge(service, prompt, shown, { known, sends = 1 }) {
  const bill = await service.billed(prompt);
  assert.ok(bill.accepted <= sends, `“${prompt}” was billed ${bill.accepted} times for ${sends} sent knowingly`);
  if (!shown) {
    assert.equal(bill.accepted, 0, `“${prompt}” was billed and is not shown`);
    return bill;
  }
  if (known) await judgeKnown(service, bill, shown);
  else if (bill.accepted === 0) {
    assert.ok([...UNKNOWN, WORD.refused].includes(shown.word), `“${prompt}” was never accepted and is ${shown.word}`);
  }
  if (shown.word === WORD.refused) {
    assert.ok(bill.accepted < sends, `“${prompt}” is said not to be accepted, and was billed`);
  }
  if (shown.word === WORD.failed) await judgeFailure(service, bill, shown);
  return bill;
}

async function judgeKnown(service, bill, shown) {
  assert.ok(
    [WORD.kept, WORD.failed].includes(shown.word),
    `“${bill.prompt}” had an id and is ${shown.word} (${shown.says})`,
  );
  assert.ok(bill.accepted >= 1, `“${bill.prompt}” has an id and no bill`);
}

/** “Failed” is the provider's word, with its reason. */
async function judgeFailure(service, bill, shown) {
  const states = await Promise.all(bill.tasks.map((id) => service.task(id)));
  const reasons = states.filter(({ task }) => task.status === "TASK_STATUS_FAILED").map(({ task }) => task.reason);
  assert.ok(reasons.length > 0, `“${bill.prompt}” is said to have failed, and did not`);
  assert.ok(reasons.some((reason) => shown.provider.includes(reason)), `“${bill.prompt}” failed without its reason`);
}
