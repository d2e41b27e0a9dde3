/** The page's own first picture comes before all that scripts do: what runs first would only keep it from the screen. */

const PATIENCE = 700;

/** Resolves when the strip that the page carries is on the screen, or does not come soon, or is not there at all. */
export function firstPicture(): Promise<unknown> {
  const cube = document.querySelector(".first-cube i");
  const address = cube && /url\("([^"]+)"\)/.exec(getComputedStyle(cube).backgroundImage)?.[1];
  if (!address) return Promise.resolve();
  const strip = new Image();
  strip.src = address;
  const painted = strip.decode().then(nextPicture, () => undefined);
  return Promise.race([painted, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

function nextPicture(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
