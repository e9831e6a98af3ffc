// Storage that refuses: the browser's database, its files, or all of it.

/** Leaves the page's origin no room; says how to give it back. */
export async function fill(page) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  return () => session.send("Storage.overrideQuotaForOrigin", { origin });
}

/** Lets every change of a record fail as it does where a disk is full; says how to allow them again. */
export async function denyRecords(page) {
  await page.evaluate(() => {
    const { put, add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
    globalThis.allowRecords = () => Object.assign(IDBObjectStore.prototype, { put, add });
  });
  return () => page.evaluate(() => { globalThis.allowRecords(); });
}

/** Lets every new file of the page fail in the same way. */
export async function denyFiles(page) {
  await page.evaluate(() => {
    const { createWritable } = FileSystemFileHandle.prototype;
    FileSystemFileHandle.prototype.createWritable = () =>
      Promise.reject(new DOMException("no room", "QuotaExceededError"));
    globalThis.allowFiles = () => Object.assign(FileSystemFileHandle.prototype, { createWritable });
  });
  return () => page.evaluate(() => { globalThis.allowFiles(); });
}
