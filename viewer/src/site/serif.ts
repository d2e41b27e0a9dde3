/** A Song or Ming face for titles where the system has none, in slices that the browser loads as characters need them. */

const STACKS = {
  "zh-Hans": '"Songti SC", STSong, "Source Han Serif SC", "Noto Serif CJK SC", SimSun',
  "zh-Hant": '"Songti TC", "LiSong Pro", "Source Han Serif TC", "Noto Serif CJK TC", PMingLiU',
} as const;

export async function loadSerifWhereMissing(language: string): Promise<void> {
  if (language !== "zh-Hans" && language !== "zh-Hant") return;
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  if (draws(STACKS[language])) return;
  if (language === "zh-Hans") await import("@fontsource/noto-serif-sc/500.css");
  else await import("@fontsource/noto-serif-tc/500.css");
}

/** Whether one of the faces in `stack` is there: then a character drawn in it differs from the plain fallback's. */
function draws(stack: string): boolean {
  const fallback = picture("monospace");
  return fallback === "" || picture(`${stack}, monospace`) !== fallback;
}

function picture(family: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  const context = canvas.getContext("2d");
  if (!context) return "";
  context.font = `32px ${family}`;
  context.fillText("永", 2, 34);
  return canvas.toDataURL();
}
