import { useMemo, useSyncExternalStore } from "react";
import type { Rushes, Task, TaskJSON } from "rushes";
import { observe, type TaskSnapshot } from "rushes/observe";

/**
 * What is known of a task, rendered anew at every look that changes something. The looks begin when the first
 * component that shows the task is mounted, and end with the last; components share them.
 *
 * Takes a task, or an id (or what `task.toJSON()` gave) and the client that knows it: make the client outside of the
 * component. Without a task (`null`) there is nothing to tell: `null`. On a server, and while hydrating, it is what
 * is known before the first look: `status: "unknown"`.
 *
 * @example
 * ```tsx
 * function Take({ id }: { id: string }) {
 *   const { status, progress_percent, videos, problem, error } = useTask(id, rushes);
 *   if (videos) return <video src={videos[0].url} controls />;
 *   if (error) return <p role="alert">{error.message}</p>;
 *   return <progress max={100} value={progress_percent ?? undefined} aria-label={status} />;
 * }
 * ```
 */
export function useTask(task: Task): TaskSnapshot;
export function useTask(task: Task | null | undefined): TaskSnapshot | null;
export function useTask(stored: string | TaskJSON, client: Rushes): TaskSnapshot;
export function useTask(stored: string | TaskJSON | null | undefined, client: Rushes): TaskSnapshot | null;
export function useTask(given: Task | string | TaskJSON | null | undefined, client?: Rushes): TaskSnapshot | null {
  const isTask = typeof given === "object" && given !== null && "result" in given;
  // An id made into an object anew at every render is still the same task.
  const key = isTask || typeof given !== "object" ? given : given?.id;
  const store = useMemo(() => {
    if (given === null || given === undefined) return null;
    if (isTask) return observe(given);
    if (client === undefined) throw new TypeError("useTask(id, client): an id alone does not say whom to ask");
    return observe(client.task(given));
  }, [key, client]);
  const getSnapshot = store?.getSnapshot ?? nothing;
  return useSyncExternalStore(store?.subscribe ?? never, getSnapshot, store?.getInitialSnapshot ?? nothing);
}

const nothing = (): null => null;
const never = () => () => {};
