// The most memory that processes held, as Linux keeps it for each; elsewhere nothing is known.

import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Whether the peaks of processes can be read and reset here. */
export const knowsPeaks = existsSync("/proc/self/clear_refs");

/**
 * Begins to watch processes; the function it gives says how many bytes each rose above what it held now, at its
 * highest. A process that came later counts as a whole.
 */
export function peaks() {
  const before = new Map();
  return {
    begin(pids) {
      for (const pid of pids) {
        writeFileSync(`/proc/${pid}/clear_refs`, "5");
        before.set(pid, field(pid, "VmRSS"));
      }
    },
    rises: (pids) => pids.map((pid) => Math.max(0, field(pid, "VmHWM") - (before.get(pid) ?? 0))),
  };
}

function field(pid, name) {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (found === null) throw new Error(`/proc/${pid}/status has no ${name}`);
  return Number(found[1]) * 1024;
}
