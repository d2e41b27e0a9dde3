/** The page's own first picture comes before all that scripts do: what is fetched or runs first would only keep it from the screen. */

const PATIENCE = 700;

/** Resolves when the strip that the page carries is here, or does not come soon, or is not there at all. */
export function firstStrip(): Promise<unknown> {
  return here((strip) => strip.decode());
}

/** Resolves when the strip is on the screen, or does not come soon, or is not there at all. */
export function firstPicture(): Promise<unknown> {
  return here((strip) => strip.decode().then(nextPicture));
}

/** Resolves when all scripts that the page has announced are here. */
export async function scriptsHere(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=modulepreload]")];
  const coming = links.filter((link) => performance.getEntriesByName(link.href).length === 0);
  await Promise.all(coming.map((link) => new Promise((resolve) => ["load", "error"].forEach((end) => link.addEventListener(end, resolve)))));
}

function here(ready: (strip: HTMLImageElement) => Promise<unknown>): Promise<unknown> {
  const cube = document.querySelector(".first-cube i");
  const address = cube && /url\("([^"]+)"\)/.exec(getComputedStyle(cube).backgroundImage)?.[1];
  if (!address) return Promise.resolve();
  const strip = new Image();
  strip.src = address;
  return Promise.race([ready(strip).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

function nextPicture(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
