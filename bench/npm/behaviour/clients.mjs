// The clients, each used as its documentation says, with its defaults: one video, made to its end.
//
// `make` gives the call itself, so that loading is not counted with it. `url` is the server's address, `entry` that of
// our package, and `told(status)` is called with every status that the client lets its caller see.

const PROMPT = "A fox leaps over a mossy log in the morning mist";

/** What of its API is not there for a scenario; see scenarios.mjs. */
const CREATES_ONLY = { waits: false, statuses: false };
const WAITS = { waits: true, statuses: true };

/** By name: the API it speaks (see dialects.mjs), its packages, what it can do, and how it is used. */
export const CLIENTS = {
  rushes: {
    dialect: "novita",
    packages: [],
    can: WAITS,
    async make({ url, signal, told, entry }) {
      const { Rushes } = await import(entry);
      const client = new Rushes({ baseURL: url, apiKey: null });
      return async () => {
        const task = await client.textToVideo.create({ prompt: PROMPT, duration: 5 }, { signal });
        return task.result({ signal, onUpdate: ({ status, providerStatus }) => told(providerStatus || status) });
      };
    },
  },
  "fal subscribe": {
    dialect: "fal",
    packages: ["@fal-ai/client"],
    can: WAITS,
    async make({ signal, told }) {
      const { createFalClient } = await import("@fal-ai/client");
      const fal = createFalClient({ credentials: "id:secret" });
      const onQueueUpdate = ({ status }) => told(status);
      return () => fal.subscribe("fal-ai/model", { input: { prompt: PROMPT }, abortSignal: signal, onQueueUpdate });
    },
  },
  "replicate run": {
    dialect: "replicate",
    packages: ["replicate"],
    can: WAITS,
    async make({ signal, told }) {
      const { default: Replicate } = await import("replicate");
      const replicate = new Replicate({ auth: "secret" });
      const options = { input: { prompt: PROMPT }, wait: { mode: "poll" }, signal };
      return () => replicate.run("owner/model", options, ({ status }) => told(status));
    },
  },
  "runway waitForTaskOutput": {
    dialect: "runway",
    packages: ["@runwayml/sdk"],
    can: WAITS,
    async make({ url, signal }) {
      const { default: RunwayML } = await import("@runwayml/sdk");
      const runway = new RunwayML({ apiKey: "secret", baseURL: url });
      const request = { model: "gen4.5", promptText: PROMPT, ratio: "1280:720", duration: 5 };
      return () => runway.textToVideo.create(request, { signal }).waitForTaskOutput({ abortSignal: signal });
    },
  },
  luma: {
    dialect: "plain",
    packages: ["lumaai"],
    can: CREATES_ONLY,
    async make({ url, signal }) {
      const { default: LumaAI } = await import("lumaai");
      const luma = new LumaAI({ authToken: "secret", baseURL: url });
      return () => luma.generations.create({ prompt: PROMPT, model: "ray-2" }, { signal });
    },
  },
  openai: {
    dialect: "plain",
    packages: ["openai"],
    can: CREATES_ONLY,
    async make({ url, signal }) {
      const { default: OpenAI } = await import("openai");
      const openai = new OpenAI({ apiKey: "secret", baseURL: url });
      return () => openai.videos.create({ prompt: PROMPT }, { signal });
    },
  },
  "AI SDK + fal": {
    dialect: "fal-result",
    packages: ["ai", "@ai-sdk/fal"],
    // It asks for the result until it is there; no status is involved.
    can: { waits: true, statuses: false },
    async make({ signal }) {
      const [{ experimental_generateVideo: generate }, { createFal }] = await Promise.all([import("ai"), import("@ai-sdk/fal")]);
      const model = createFal({ apiKey: "id:secret" }).video("model");
      return () => generate({ model, prompt: PROMPT, abortSignal: signal, download: downloaded });
    },
  },
  "AI SDK + replicate": {
    dialect: "replicate",
    packages: ["ai", "@ai-sdk/replicate"],
    can: WAITS,
    async make({ signal }) {
      const [{ experimental_generateVideo: generate }, { createReplicate }] = await Promise.all([import("ai"), import("@ai-sdk/replicate")]);
      const model = createReplicate({ apiToken: "secret" }).video("owner/model");
      return () => generate({ model, prompt: PROMPT, abortSignal: signal, download: downloaded });
    },
  },
  "novita-sdk": {
    dialect: "novita",
    packages: ["novita-sdk"],
    can: CREATES_ONLY,
    async make({ url, signal }) {
      const { NovitaSDK } = await import("novita-sdk");
      const novita = new NovitaSDK("secret");
      novita.setBaseUrl(url);
      return () => novita.txt2Video({ prompts: [{ prompt: PROMPT, frames: 32 }] }, { signal });
    },
  },
};

/** Fetching the file is not what is looked at. */
async function downloaded() {
  return { data: new Uint8Array([1]), mediaType: "video/mp4" };
}
