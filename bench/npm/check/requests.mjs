// The requests that are checked: valid ones with a short and a full prompt, and ones that break several rules.

/** How many different objects of a kind take turns: nobody sends the same object a million times. */
const KINDS = 32;

const SCENES = [
  "A fox leaps over a mossy log in the morning mist, slow push in",
  "Rain on a neon street at night, a taxi passes, the camera pans left",
  "Steam rises from a cup of tea beside an open book, shallow focus",
  "A paper boat drifts down a gutter after the storm, low angle",
];
const CHINESE = ["清晨薄雾中，一只狐狸跃过长满青苔的圆木，镜头缓缓推近。", "雨夜霓虹街头，一辆出租车驶过，镜头向左摇移🎬。"];

/** Longest prompt that the API takes, in characters (Unicode scalar values). */
const FULL = 2500;

/** Text that fills a prompt to its last character; in one piece, as text from a form is. */
function full(sentences, at) {
  const characters = [...`${at}. ${sentences[at % sentences.length]} `.repeat(FULL)].slice(0, FULL);
  return new TextDecoder().decode(new TextEncoder().encode(characters.join("")));
}

const many = (make, kinds = KINDS) => Array.from({ length: kinds }, (_, at) => make(at));

/** As many that no checker can have remembered the first when its turn comes again. */
const NEVER_THE_SAME = 2048;

/** Ratios that the API does not take, and names that none of its fields has. */
const RATIOS = ["4:3", "3:4", "21:9", "2:1", "16:10", "square"];
const NAMES = ["negative", "negativePrompt", "seed", "ratio", "audio", "generate_audio", "image_url"];

const wrong = (at, aspect_ratio, name) => ({
  prompt: `${SCENES[at % SCENES.length]}, take ${at}`,
  duration: 16 + at,
  cfg_scale: 1.5 + at / 8,
  aspect_ratio,
  [name]: "blur",
});

/** What is measured: by name, the requests that take turns, and whether they are to be accepted; which budget holds. */
export const CASES = {
  short: {
    title: "a short prompt",
    accepted: true,
    budget: "npm.check_to_zod",
    requests: many((at) => ({ prompt: `${SCENES[at % SCENES.length]}, take ${at}`, duration: 8, sound: true })),
  },
  full: {
    title: "a prompt of 2500 characters and every field",
    accepted: true,
    budget: "npm.check_to_zod",
    requests: many((at) => ({
      prompt: full(SCENES, at),
      negative_prompt: "blur, text, watermark",
      duration: 10,
      cfg_scale: 0.7,
      aspect_ratio: "9:16",
      sound: true,
    })),
  },
  chinese: {
    title: "a prompt of 2500 Chinese characters and emoji",
    accepted: true,
    budget: "npm.check_to_zod",
    requests: many((at) => ({ prompt: full(CHINESE, at), duration: 10, sound: true })),
  },
  invalid: {
    title: "a request with four mistakes",
    accepted: false,
    budget: "npm.refusal_to_zod",
    requests: many((at) => wrong(at, RATIOS[at % RATIOS.length], NAMES[at % NAMES.length])),
  },
  first: {
    title: "four mistakes, two of them never made before",
    accepted: false,
    budget: "npm.first_refusal_to_zod",
    requests: many((at) => wrong(at, `${at + 2}:7`, `take${at}`), NEVER_THE_SAME),
  },
};
