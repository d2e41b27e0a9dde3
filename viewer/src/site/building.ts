/** The banner of a museum that is being set up: asked for again every few seconds while somebody looks. */

const EVERY = 4000;

export function watchBuilding(): void {
  const banner = document.querySelector<HTMLElement>("[data-building]");
  if (banner?.dataset["state"] && banner.dataset["state"] !== "failed") wait(banner, undefined);
}

function wait(banner: HTMLElement, open: string | undefined): void {
  window.setTimeout(() => void ask(banner, open), EVERY);
}

async function ask(banner: HTMLElement, open: string | undefined): Promise<void> {
  if (document.hidden) return wait(banner, open);
  let answer: Response;
  try {
    answer = await fetch("/building", { headers: { Accept: "text/html" } });
  } catch {
    return wait(banner, open);
  }
  if (answer.status === 204) {
    banner.remove();
    return refreshLists();
  }
  if (!answer.ok) return wait(banner, open);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("[data-building]");
  if (!found) return wait(banner, open);
  const fresh = document.importNode(found, true);
  banner.replaceWith(fresh);
  const nowOpen = answer.headers.get("X-Scenes-Open") ?? "";
  if (open !== undefined && nowOpen !== open) await refreshLists();
  if (fresh.dataset["state"] !== "failed") wait(fresh, nowOpen);
}

/** Show what has opened since, without disturbing whoever looks around in the hero. */
async function refreshLists(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const hero = document.querySelector(".hero");
  const freshHero = found.querySelector(".hero");
  if (hero?.classList.contains("empty") && freshHero && !freshHero.classList.contains("empty")) {
    location.reload();
    return;
  }
  const main = document.querySelector("main");
  if (!main || main.contains(document.activeElement)) return;
  for (const old of main.querySelectorAll(":scope > .band")) old.remove();
  for (const band of found.querySelectorAll("main > .band")) main.append(document.importNode(band, true));
}
