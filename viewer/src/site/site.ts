/** What the pages gain where JavaScript runs. Everything works without it. */

import { keepPlaceOnLanguageSwitch } from "./language";
import { leadAlongPictures } from "./pictures";
import { followTour } from "./scene-words";
import { loadSerifWhereMissing } from "./serif";
import { offerToResume } from "./tour-progress";
import { watchBuilding } from "./building";

export function start(): void {
  const root = document.documentElement;
  showPicturesGently(document);
  focusSearchBySlash();
  searchWhileTyping();
  keepPlaceOnLanguageSwitch();
  followTour(showPicturesGently);
  leaveWheelToThePage();
  markChosenAnswers();
  leadAlongPictures();
  watchBuilding();
  offerToResume();
  listWhatIsKept();
  void loadSerifWhereMissing(root.lang);
  document.addEventListener("museum:language", (event) => {
    void loadSerifWhereMissing((event as CustomEvent<{ language: string }>).detail.language);
  });
}

/** Pictures stand in their mean colour until they are there, then fade in. */
export function showPicturesGently(within: ParentNode): void {
  for (const image of within.querySelectorAll<HTMLImageElement>("img[data-color], img[loading=lazy]")) {
    if (image.complete) continue;
    const color = image.dataset["color"];
    if (color && image.parentElement) image.parentElement.style.backgroundColor = color;
    image.classList.add("waiting");
    const show = () => image.classList.remove("waiting");
    image.addEventListener("load", show, { once: true });
    image.addEventListener("error", show, { once: true });
  }
}

function focusSearchBySlash(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const field = document.querySelector<HTMLInputElement>("#search, #header-search");
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
    field.select();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** On the search page the results follow what is typed; the address follows too, so that it can be shared. */
function searchWhileTyping(): void {
  const field = document.querySelector<HTMLInputElement>("main .search-head #search");
  if (!field) return;
  let timer = 0;
  let running: AbortController | undefined;
  field.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void refresh(), 250);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));

  async function refresh(): Promise<void> {
    if (!field) return;
    running?.abort();
    running = new AbortController();
    const address = new URL("/search", location.href);
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      replaceResults(found);
      document.title = found.title;
      history.replaceState(history.state, "", address);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) field.form?.submit();
    }
  }
}

/** Take everything but the search form, which holds the cursor, from `found`. */
function replaceResults(found: Document): void {
  for (const selector of ["main h1", "[data-results-note]"]) {
    const [here, there] = [document.querySelector(selector), found.querySelector(selector)];
    if (here && there) here.replaceWith(document.importNode(there, true));
  }
  const main = document.querySelector("main");
  if (!main) return;
  for (const old of main.querySelectorAll(":scope > :not(.search-head)")) old.remove();
  for (const fresh of found.querySelectorAll("main > :not(.search-head)")) main.append(document.importNode(fresh, true));
  showPicturesGently(main);
}

/** Over the live hero the wheel scrolls the page; only a full window is a place to zoom in by wheel. */
function leaveWheelToThePage(): void {
  const stage = document.querySelector(".hero .stage");
  stage?.addEventListener("wheel", (event) => event.stopImmediatePropagation(), { capture: true, passive: true });
}

/** Opening the answer becomes the reply to choosing one. */
function markChosenAnswers(): void {
  for (const choices of document.querySelectorAll<HTMLElement>("[data-choices]")) {
    choices.addEventListener("change", () => {
      const answer = choices.nextElementSibling;
      if (answer instanceof HTMLDetailsElement) answer.open = true;
    });
  }
}

function listWhatIsKept(): void {
  const place = document.querySelector<HTMLElement>("[data-kept]");
  if (place) void import("../offline/kept-page").then(({ listKept }) => listKept(place));
}
