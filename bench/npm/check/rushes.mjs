// The job done with ours.

import { check } from "rushes";

/** Makes the function that gives the JSON, or everything wrong. */
export function rushes() {
  return (request) => {
    const found = check("text-to-video", request);
    return found.ok ? found.body : found.issues;
  };
}
