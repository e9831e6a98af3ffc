// What core said before of single values that it refuses. A form is checked again with every key that is pressed, and
// the same field is wrong in the same way each time.

import type { Issue } from "./types.js";

/** Longest text that is remembered, in UTF-16 units; as much of one is quoted in an issue. */
const TEXT_MAX = 60;
/** Most issues that are remembered; then all are forgotten. */
const ISSUES_MAX = 256;

/** One endpoint's. */
export class Heard {
  /** By a field's name and its value. */
  readonly #issues = new Map<string, Map<unknown, Issue>>();
  #count = 0;

  /**
   * What core said of this value of a field, `undefined` where nothing is remembered. Of a field that is not there, or
   * that nobody knows, no value is given: what is said of it is always the same.
   */
  readonly recall = (name: string, value?: unknown): Issue | undefined => {
    const issue = this.#issues.get(name)?.get(value);
    if (issue === undefined) return;
    const { limit } = issue;
    if (typeof limit !== "object") return { ...issue };
    return { ...issue, limit: Array.isArray(limit) ? [...limit] : { ...limit } };
  };

  /** Remembers what core said of a request: of each field that was judged by itself alone. */
  remember(fields: Readonly<Record<string, unknown>>, issues: readonly Issue[]): void {
    // With shots, fields are judged together.
    if (fields["multi_prompt"] != null) return;
    for (const issue of issues) {
      const name = /^\/([^~/]+)$/.exec(issue.path)?.[1];
      if (name === undefined || name.length > TEXT_MAX) continue;
      const isAlike = issue.code === "required" || (issue.code === "unknown_field" && Object.hasOwn(fields, name));
      const value = isAlike ? undefined : fields[name];
      if (isAlike || isSmall(value)) this.#put(name, value, issue);
    }
  }

  #put(name: string, value: unknown, issue: Issue): void {
    if (this.#count++ === ISSUES_MAX) {
      this.#issues.clear();
      this.#count = 0;
    }
    const known = this.#issues.get(name);
    if (known) known.set(value, { ...issue });
    else this.#issues.set(name, new Map([[value, { ...issue }]]));
  }
}

function isSmall(value: unknown): boolean {
  return typeof value === "string" ? value.length <= TEXT_MAX : typeof value === "number" || typeof value === "boolean";
}
