// Starts the page. A file of its own, because the Content-Security-Policy allows no inline script; loaded before the
// first paint, so that a remembered theme never flashes.
(() => {
  const here = document.currentScript.dataset;
  const root = document.documentElement;

  try {
    const theme = localStorage.getItem("rushes.theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    if (localStorage.getItem("rushes.guide") === "done") root.dataset.guide = "done";
  } catch {
    // Storage is forbidden here: the system's theme it is, and the guide.
  }

  // What is said where the program, which has the page's words, does not run.
  const words = {
    en: {
      old: [
        "This browser cannot run the page",
        "Rushes Studio is a WebAssembly program. Use a browser from 2024 or later, or turn off its strict or lockdown mode for this site.",
      ],
      blocked: [
        "A security policy blocks the page",
        "The server's Content-Security-Policy, or an extension, forbids WebAssembly. It must allow script-src 'self' 'wasm-unsafe-eval'.",
      ],
      lost: [
        "The page could not be loaded",
        "A part of it did not arrive. Check the connection and reload; nothing you made is lost.",
      ],
    },
    zh: {
      old: [
        "此浏览器无法运行本页",
        "Rushes Studio 是 WebAssembly 程序。请使用 2024 年之后的浏览器，或对本站关闭严格模式、锁定模式。",
      ],
      blocked: [
        "安全策略阻止了本页",
        "服务器的 Content-Security-Policy 或某个扩展禁止了 WebAssembly。它必须允许 script-src 'self' 'wasm-unsafe-eval'。",
      ],
      lost: ["页面没有加载完", "有一部分没有送达。请检查网络后刷新；您做好的内容都还在。"],
    },
  };

  const language = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem("rushes.language");
    } catch {
      // Storage is forbidden here: the browser's languages decide.
    }
    const wanted = [chosen, ...(navigator.languages || [])].map((tag) => String(tag).split("-")[0].toLowerCase());
    return wanted.find((tag) => tag in words) || "en";
  };

  const fail = (kind, detail) => {
    const spoken = language();
    const [title, advice] = words[spoken][kind];
    root.dataset.boot = "failed";
    const place = document.getElementById("boot-trouble");
    if (!place) return;
    place.lang = spoken;
    place.querySelector("h2").textContent = title;
    const [first, second] = place.querySelectorAll("p");
    first.textContent = advice;
    second.textContent = detail;
    place.hidden = false;
    place.focus();
  };

  const explain = (error, blocked) => {
    const detail = String((error && error.message) || error);
    if (typeof WebAssembly !== "object") fail("old", detail);
    else if (blocked || /content.security.policy|unsafe-eval|wasm-eval/i.test(detail)) fail("blocked", detail);
    else fail("lost", detail);
  };

  const load = (src) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${src} did not arrive`));
      document.head.append(script);
    });

  // The markup is seen before the program sets to work, however quickly that came. A page that nobody sees is not
  // painted, and not waited for.
  const painted = () =>
    new Promise((resolve) => {
      new PerformanceObserver((list) => {
        if (list.getEntriesByName("first-contentful-paint").length) resolve();
      }).observe({ type: "paint", buffered: true });
      setTimeout(resolve, 200);
    });

  // The first number that a browser writes for its reader costs it more than the thousand after: its tables are read
  // while the program is on its way. Each in a task of its own, so that what somebody does is answered in between.
  const readTables = async () => {
    for (const table of [Intl.NumberFormat, Intl.DateTimeFormat]) {
      await new Promise((resolve) => setTimeout(resolve));
      new table(language());
    }
  };

  // The page for times without a network, and the word that a newer one waits. Only a page that was built for people
  // names a worker. The program listens to `rushes-update` and asks by `rushes-reload`: nothing reloads by itself.
  const keep = async () => {
    const workers = navigator.serviceWorker;
    let isControlled = Boolean(workers.controller);
    let isLeaving = false;
    let registration;
    const tell = () => {
      root.dataset.update = "waiting";
      dispatchEvent(new Event("rushes-update"));
    };
    workers.addEventListener("controllerchange", () => {
      if (isLeaving) location.reload();
      // Another tab went on to the new version.
      else if (isControlled) tell();
      isControlled = true;
    });
    addEventListener("rushes-reload", () => {
      isLeaving = true;
      if (registration && registration.waiting) registration.waiting.postMessage("take over");
      else location.reload();
    });
    try {
      registration = await workers.register(here.worker, { updateViaCache: "none" });
      const look = () => {
        if (registration.waiting && registration.active) tell();
      };
      registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", look));
      look();
      let lookedAt = Date.now();
      document.addEventListener("visibilitychange", () => {
        if (document.hidden || Date.now() - lookedAt < 3_600_000) return;
        lookedAt = Date.now();
        // Without a network there is nothing new.
        registration.update().catch(() => {});
      });
    } catch (error) {
      // Forbidden here, or no room: the page goes on as it is, with a network only.
      console.info(`Rushes is not kept for offline: ${error.message}`);
    }
  };

  // Once the page stands and nothing else is to be done: what it keeps must not delay what is asked for.
  const keepLater = () => {
    if (!here.worker || !navigator.serviceWorker) return;
    const idle = window.requestIdleCallback || ((run) => setTimeout(run, 2000));
    const wait = () => idle(keep, { timeout: 10_000 });
    if (document.readyState === "complete") wait();
    else addEventListener("load", wait, { once: true });
  };

  const start = async () => {
    let blocked = false;
    const note = (event) => {
      if (/script/.test(event.effectiveDirective)) blocked = true;
    };
    document.addEventListener("securitypolicyviolation", note);
    try {
      await Promise.all([load(here.js), painted().then(readTables)]);
      // The name that wasm-bindgen gives the program where it is no module.
      await wasm_bindgen({ module_or_path: here.wasm });
      root.dataset.boot = "running";
      keepLater();
    } catch (error) {
      explain(error, blocked);
    } finally {
      document.removeEventListener("securitypolicyviolation", note);
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
})();
