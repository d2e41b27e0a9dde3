/** Switching the language reloads the document in place: same view, same scroll, and a clean address afterwards. */

const SCROLL = "museum.scroll";

export function keepPlaceOnLanguageSwitch(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("[data-language]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const language = link.dataset["language"] ?? "";
    event.preventDefault();
    const copy = document.documentElement.dataset["copy"];
    if (copy !== undefined) {
      location.assign(pageInCopy(copy, language));
      return;
    }
    if (switchLive(language)) return;
    const address = new URL(location.href);
    address.searchParams.set("lang", language);
    sessionStorage.setItem(SCROLL, `${location.pathname} ${Math.round(scrollY)}`);
    location.replace(address);
  });
  restore();
}

/** This page in another language of a copy of plain files, in which each has a tree of pages; `copy` is where the first one's begins. */
function pageInCopy(copy: string, language: string): URL {
  const root = new URL(copy, location.href);
  const tree = (tag: string): string => (tag === "zh-Hans" ? "" : `${tag}/`);
  const page = location.pathname.slice(root.pathname.length + tree(document.documentElement.lang).length);
  return new URL(tree(language) + page + location.search, root);
}

/** A running tour changes its language itself, and the words around it follow. */
function switchLive(language: string): boolean {
  if (!document.querySelector("body.scene-page museum-tour:defined")) return false;
  document.dispatchEvent(new CustomEvent("museum:language", { detail: { language } }));
  return true;
}

function restore(): void {
  const [path, height] = (sessionStorage.getItem(SCROLL) ?? "").split(" ");
  if (path === location.pathname && height) {
    sessionStorage.removeItem(SCROLL);
    scrollTo(0, Number(height));
  }
  const address = new URL(location.href);
  if (address.searchParams.has("lang")) {
    address.searchParams.delete("lang");
    history.replaceState(history.state, "", address);
  }
}
