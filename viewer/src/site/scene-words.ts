/** On a scene's page the words around the viewer follow the tour: to the next scene, and into another language. */

/** Tiles of the scene just entered go before its words. */
const AFTER_A_WALK = 600;

let asked = 0;
/** Whether the tour is in another museum's house. */
let abroad = false;

/** `shown` is called with the words that have come. */
export function followTour(shown: (within: ParentNode) => void): void {
  const tour = document.querySelector("body.scene-page museum-tour");
  if (!tour) return;
  tour.addEventListener("scene-change", (event) => {
    const { kind, foreign } = (event as CustomEvent<{ kind: string; foreign: boolean }>).detail;
    abroad = foreign;
    if (kind === "open") return;
    const words = document.querySelector<HTMLElement>(".scene-words");
    if (words) setAside(words);
    const order = ++asked;
    if (abroad) {
      // This museum has no words about another museum's scenes.
      if (words) words.hidden = true;
      return;
    }
    window.setTimeout(() => {
      if (order === asked) void refresh(document.documentElement.lang, [".scene-words"], shown);
    }, AFTER_A_WALK);
  });
  document.addEventListener("museum:language", (event) => {
    const { language } = (event as CustomEvent<{ language: string }>).detail;
    if (language !== document.documentElement.lang) {
      void refresh(language, [".skip", ".site-header", ...(abroad ? [] : [".scene-words"]), ".site-footer"], shown);
    }
  });
}

/** Takes what `selectors` name from the page of where the tour now stands, in `language`. The viewer stays untouched. */
async function refresh(language: string, selectors: string[], shown: (within: ParentNode) => void): Promise<void> {
  const order = ++asked;
  const found = await read(language);
  if (order !== asked) return;
  const words = document.querySelector<HTMLElement>(".scene-words");
  if (!found) {
    // Words about another scene than the one in view would mislead.
    if (words?.inert) words.hidden = true;
    return;
  }
  const focused = document.activeElement?.getAttribute("data-language");
  document.documentElement.lang = language;
  document.documentElement.dir = found.documentElement.dir;
  if (!abroad) document.title = found.title;
  for (const selector of selectors) {
    const [here, there] = [document.querySelector(selector), found.querySelector(selector)];
    if (here && there) here.replaceWith(document.importNode(there, true));
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-language]")) {
    const same = found.querySelector<HTMLAnchorElement>(`[data-language='${link.dataset["language"]}']`);
    if (same) link.href = same.href;
  }
  if (focused) document.querySelector<HTMLElement>(`[data-language='${focused}']`)?.focus();
  const fresh = document.querySelector(".scene-words");
  if (fresh) shown(fresh);
}

/** The page, or nothing where it could not be had. */
async function read(language: string): Promise<Document | undefined> {
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    // Its first picture's style is for the page that it comes with; parsed here it would only be reported as forbidden.
    const text = answer.ok ? (await answer.text()).replace(/<style>[^<]*<\/style>/g, "") : undefined;
    return text === undefined ? undefined : new DOMParser().parseFromString(text, "text/html");
  } catch {
    return undefined;
  }
}

function setAside(words: HTMLElement): void {
  words.inert = true;
  words.style.opacity = "0.35";
}
