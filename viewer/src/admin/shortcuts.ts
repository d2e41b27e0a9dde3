/**
 * Keys of the curators' pages, but not while somebody types: `?` shows them all, `/` goes to the search, `g` and a letter to a page. Which
 * letters lead where stands in the page itself.
 */

const PAUSE = 1500;

export function shortcuts(dialog: HTMLDialogElement): void {
  const places = new Map<string, string>();
  for (const row of dialog.querySelectorAll<HTMLElement>('[data-key]')) {
    places.set(row.dataset['key'] ?? '', row.dataset['address'] ?? '');
  }
  let going = 0;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (Date.now() - going < PAUSE) {
      going = 0;
      const address = places.get(event.key);
      if (address) location.assign(address);
      return;
    }
    if (event.key === 'g') going = Date.now();
    else if (event.key === '?' && !document.querySelector('dialog[open]')) dialog.showModal();
    else if (event.key === '/') {
      const search = document.querySelector<HTMLElement>('main [data-search], main input[type=search]');
      if (!search) return;
      event.preventDefault();
      search.focus();
      if (search instanceof HTMLInputElement) search.select();
    }
  });
}

/** Whether the key is for what has the focus: a field, or the panorama, which has keys of its own. */
function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input:not([type=checkbox]), textarea, select, museum-tour, model-desk') !== null)
  );
}
