/**
 * Forms marked `data-takes-long` say, once they are sent, that the server is at it (`data-takes-long` are the words, `[data-at-it]` is where
 * they go), and are not sent twice.
 */
export function tellOfLongWork(root: Document): void {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !('takesLong' in form.dataset)) return;
    if (form.hasAttribute('aria-busy')) {
      event.preventDefault();
      return;
    }
    form.setAttribute('aria-busy', 'true');
    say(form, form.dataset['takesLong'] ?? '');
  });
  // Whoever comes back to the page as it was finds it at rest.
  addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll<HTMLFormElement>('form[data-takes-long][aria-busy]')) {
      form.removeAttribute('aria-busy');
      say(form, '');
    }
  });
}

function say(form: HTMLFormElement, words: string): void {
  const place = form.querySelector('[data-at-it]');
  if (place) place.textContent = words;
}
