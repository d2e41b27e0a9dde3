/** Switching the language reloads the document in place: same view, same scroll, and a clean address afterwards. */

const SCROLL = 'museum.scroll';

export function keepPlaceOnLanguageSwitch(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-language]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      const address = new URL(location.href);
      address.searchParams.set('lang', link.dataset['language'] ?? '');
      const language = link.dataset['language'] ?? '';
      event.preventDefault();
      if (switchLive(language)) return;
      sessionStorage.setItem(SCROLL, `${location.pathname} ${Math.round(scrollY)}`);
      location.replace(address);
    });
  }
  restore();
}

/** A running tour changes its language itself: tell it, remember the choice, and fetch the words around it. */
function switchLive(language: string): boolean {
  const tour = document.querySelector('body.scene-page museum-tour:defined');
  if (!tour) return false;
  void replaceWords(language).then((replaced) => {
    if (!replaced) return;
    tour.setAttribute('lang', language);
  });
  return true;
}

/** Take the header, the words below the viewer and the footer from the page in `language`. The viewer stays untouched. */
async function replaceWords(language: string): Promise<boolean> {
  const address = new URL(location.href);
  address.searchParams.set('lang', language);
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  if (!answer.ok) {
    location.replace(address);
    return false;
  }
  const found = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const focused = document.activeElement?.getAttribute('data-language');
  document.documentElement.lang = language;
  document.title = found.title;
  for (const selector of ['.skip', '.site-header', '.scene-words', '.site-footer']) {
    const [here, there] = [document.querySelector(selector), found.querySelector(selector)];
    if (here && there) here.replaceWith(document.importNode(there, true));
  }
  keepPlaceOnLanguageSwitch();
  if (focused) document.querySelector<HTMLElement>(`[data-language='${focused}']`)?.focus();
  return true;
}

function restore(): void {
  const [path, height] = (sessionStorage.getItem(SCROLL) ?? '').split(' ');
  if (path === location.pathname && height) {
    sessionStorage.removeItem(SCROLL);
    scrollTo(0, Number(height));
  }
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.delete('lang');
    history.replaceState(history.state, '', address);
  }
}
