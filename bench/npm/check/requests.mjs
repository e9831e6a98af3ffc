// The requests that are checked: valid ones with a short and a full prompt, and one that breaks several rules.

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

const many = (make) => Array.from({ length: KINDS }, (_, at) => make(at));

/** What is measured: by name, the requests that take turns, and whether they are to be accepted. */
export const CASES = {
  short: {
    title: "a short prompt",
    accepted: true,
    requests: many((at) => ({ prompt: `${SCENES[at % SCENES.length]}, take ${at}`, duration: 8, sound: true })),
  },
  full: {
    title: "a prompt of 2500 characters and every field",
    accepted: true,
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
    requests: many((at) => ({ prompt: full(CHINESE, at), duration: 10, sound: true })),
  },
  invalid: {
    title: "a request with four mistakes",
    accepted: false,
    requests: many((at) => ({
      prompt: `${SCENES[at % SCENES.length]}, take ${at}`,
      duration: 16,
      cfg_scale: 2,
      aspect_ratio: "4:3",
      negative: "blur",
    })),
  },
};
