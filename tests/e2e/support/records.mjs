// Records put on a browser's disk before the page opens, as an earlier visit would have left them.

/** A record as the first version of the page wrote it. */
export function record(number, more = {}) {
  const made = Date.UTC(2026, 0, 1) + number * 60_000;
  return {
    schema: 1,
    id: `take-${String(number).padStart(5, "0")}`,
    created_ms: made,
    changed_ms: made + 90_000,
    settings: {
      endpoint: "text-to-video",
      prompt: `Take ${number}: ${SUBJECTS[number % SUBJECTS.length]}, ${MOVES[number % MOVES.length]}`,
      negative_prompt: null,
      duration_secs: 3 + (number % 13),
      cfg_scale: 0.5,
      sound: number % 2 === 0,
      aspect_ratio: ["16:9", "9:16", "1:1"][number % 3],
      image: null,
      end_image: null,
      shots: [],
    },
    price: { micro_usd: 420_000, rate_micro_usd: 84_000, source: "a table", as_of: "2026-10-07" },
    maker: "provider",
    state: kept(made, 1_000_000 + number),
    again_of: null,
    deleted_ms: null,
    ...more,
  };
}

const SUBJECTS = ["a fox leaps a mossy log", "a harbour at dusk", "rain on a tin roof", "a kite over a winter beach"];
const MOVES = ["slow pan right", "handheld", "push in", "static wide shot", "crane up"];

function kept(made, bytes) {
  return { kept: { task: `task-${made}`, file: { bytes, media_type: "video/mp4", kept_ms: made + 90_000 } } };
}

/** Puts videos where the page looks for them, under the ids of their takes; `videos` gives each its file's bytes. */
export async function seedVideos(context, origin, videos) {
  const page = await context.newPage();
  await page.goto(`${origin}/healthz`);
  const encoded = Object.fromEntries(Object.entries(videos).map(([id, bytes]) => [id, bytes.toString("base64")]));
  await page.evaluate(async (videos) => {
    await new Promise((resolve, reject) => {
      const open = indexedDB.open("rushes");
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const change = open.result.transaction("videos", "readwrite");
        for (const [id, text] of Object.entries(videos)) {
          const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
          change.objectStore("videos").put(new Blob([bytes], { type: "video/mp4" }), id);
        }
        change.oncomplete = () => { open.result.close(); resolve(); };
        change.onabort = () => reject(change.error);
      };
    });
  }, encoded);
  await page.close();
}

/** Puts records where the page of that origin looks for them, in a database of the first version. No page is open. */
export async function seed(context, origin, records) {
  const page = await context.newPage();
  await page.goto(`${origin}/healthz`);
  await page.evaluate(async (records) => {
    await new Promise((resolve, reject) => {
      const open = indexedDB.open("rushes", 1);
      open.onupgradeneeded = () => {
        for (const store of ["takes", "images", "videos", "posters"]) open.result.createObjectStore(store);
      };
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const change = open.result.transaction("takes", "readwrite", { durability: "relaxed" });
        for (const record of records) change.objectStore("takes").put(record, record.id);
        change.oncomplete = () => { open.result.close(); resolve(); };
        change.onabort = () => reject(change.error);
      };
    });
  }, records);
  await page.close();
}

/** What lies under a key on the disk of an open page. */
export function onDisk(page, store, key) {
  return page.evaluate(([store, key]) => new Promise((resolve, reject) => {
    const open = indexedDB.open("rushes");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const asked = open.result.transaction(store).objectStore(store).get(key);
      asked.onsuccess = () => { open.result.close(); resolve(asked.result ?? null); };
      asked.onerror = () => reject(asked.error);
    };
  }), [store, key]);
}
