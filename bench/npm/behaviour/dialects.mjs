// What each provider's API says for the same thing. `read` gets `working`, `done` or `odd`.

const VIDEO = "https://files.example/out.mp4";
const ODD = "RESTING";

/** By name: the answer that accepts a `POST` (its status is 200 unless given), and the one to a read. */
export const DIALECTS = {
  novita: {
    created: { task_id: "task-1" },
    read: (state) => ({
      body: {
        task: { task_id: "task-1", status: { working: "TASK_STATUS_PROCESSING", done: "TASK_STATUS_SUCCEED", odd: ODD }[state] },
        videos: state === "done" ? [{ video_url: VIDEO, video_url_ttl: "3600", video_type: "mp4" }] : [],
      },
    }),
  },
  fal: {
    created: {
      request_id: "task-1",
      status: "IN_QUEUE",
      response_url: "https://queue.fal.run/fal-ai/model/requests/task-1",
      status_url: "https://queue.fal.run/fal-ai/model/requests/task-1/status",
      cancel_url: "https://queue.fal.run/fal-ai/model/requests/task-1/cancel",
    },
    read: (state, path) =>
      path.endsWith("/status")
        ? { body: { status: { working: "IN_PROGRESS", done: "COMPLETED", odd: ODD }[state], request_id: "task-1" } }
        : { body: { video: { url: VIDEO } }, free: true },
  },
  // The same provider, but its result is asked for until it is there.
  "fal-result": {
    created: { request_id: "task-1", response_url: "https://queue.fal.run/fal-ai/model/requests/task-1" },
    read: (state) =>
      state === "done"
        ? { body: { video: { url: VIDEO, content_type: "video/mp4" } } }
        : { status: 400, body: { detail: state === "odd" ? ODD : "Request is still in progress" } },
  },
  replicate: {
    created: { ...prediction("starting"), status: "starting" },
    read: (state) => ({ body: prediction({ working: "processing", done: "succeeded", odd: ODD }[state]) }),
  },
  runway: {
    created: { id: "17f20503-6c24-4c16-946b-35dbbce2af2f" },
    read: (state) => ({
      body: {
        id: "17f20503-6c24-4c16-946b-35dbbce2af2f",
        status: { working: "RUNNING", done: "SUCCEEDED", odd: ODD }[state],
        createdAt: "2026-01-01T00:00:00Z",
        output: state === "done" ? [VIDEO] : undefined,
      },
    }),
  },
  // Clients that create and read, but do not wait.
  plain: { created: { id: "task-1", state: "queued", status: "queued" }, read: () => ({ body: { id: "task-1" } }) },
};

function prediction(status) {
  const url = "https://api.replicate.com/v1/predictions/task-1";
  return { id: "task-1", status, output: status === "succeeded" ? VIDEO : null, urls: { get: url, cancel: `${url}/cancel` } };
}
