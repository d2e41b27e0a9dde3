/**
 * Forms marked `data-quiet` are sent without leaving the page: the server answers with the whole page as ever, of which the parts
 * marked `data-live` take the place of those that are here.
 */

/** After live parts have changed; the editor then shows the scene anew. */
export const CHANGED = 'museum-changed';

export function quietForms(root: Document): void {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !('quiet' in form.dataset) || event.defaultPrevented) return;
    // A question that is a page of its own is left with the answer.
    if (form.closest('[data-conflict]') && !form.closest('dialog')) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
}

/** Whether somebody else changed what the form with the scene's words shows. */
let stale = false;

/**
 * Lets the page's forms go on from what was just saved. The words on the page are not renewed: once somebody else has saved, their
 * form keeps the version that it was made from, so that saving it shows both sides instead of writing over hers.
 */
function renewVersions(page: Document, refused: boolean): void {
  const version = page.querySelector<HTMLInputElement>('[data-version]')?.value;
  if (version === undefined) return;
  const words = document.querySelector<HTMLInputElement>('[data-version="words"]');
  if (refused && words && words.value !== version) stale = true;
  for (const held of document.querySelectorAll<HTMLInputElement>('[data-version]')) {
    if (held !== words || !stale) held.value = version;
  }
}

/** Shows the question whose words are to stand, over the page that she is working on. */
function ask(conflict: HTMLElement): void {
  for (const former of document.querySelectorAll('dialog.conflict-dialog')) former.remove();
  const dialog = document.createElement('dialog');
  dialog.className = 'conflict-dialog';
  dialog.setAttribute('aria-labelledby', 'conflict-title');
  dialog.append(document.adoptNode(conflict));
  dialog.addEventListener('museum-sent', () => dialog.remove());
  dialog.addEventListener('close', () => dialog.remove());
  document.querySelector('main')?.append(dialog);
  dialog.showModal();
}

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  form.setAttribute('aria-busy', 'true');
  try {
    if (await sendFields(form.action, new FormData(form, button), form)) {
      form.dispatchEvent(new CustomEvent('museum-sent', { bubbles: true }));
    }
  } finally {
    form.removeAttribute('aria-busy');
  }
}

/** Sends fields, those of the form `sent` where they are a form's, and renews the page's live parts; whether the server took them. */
export async function sendFields(address: string, fields: FormData, sent: HTMLFormElement | null = null): Promise<boolean> {
  const body = new URLSearchParams();
  for (const [name, value] of fields) if (typeof value === 'string') body.append(name, value);
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(address, { method: 'POST', body, headers: { Accept: 'text/html' } });
    text = await answer.text();
  } catch {
    notice(document.querySelector<HTMLElement>('[data-text-failed]')?.dataset['textFailed'] ?? '');
    return false;
  }
  const page = new DOMParser().parseFromString(text, 'text/html');
  const conflict = page.querySelector<HTMLElement>('[data-conflict]');
  if (conflict) {
    // Who was only logged out has nobody's words to lay beside hers.
    if (answer.status === 409) stale = true;
    ask(conflict);
    return false;
  }
  if (!page.querySelector('[data-live="notice"]')) {
    location.reload(); // logged out, or an error's page: let it be seen
    return false;
  }
  const held = document.activeElement;
  for (const fresh of page.querySelectorAll<HTMLElement>('[data-live]')) {
    const former = document.querySelector(`[data-live="${fresh.dataset['live']}"]`);
    if (!former) continue;
    keepTyped(former, fresh, sent);
    former.replaceWith(keepChosen(former, document.adoptNode(fresh)));
  }
  const refused = document.querySelector('[data-live="notice"] .refused');
  renewVersions(page, refused !== null);
  (refused ?? document.querySelector('[data-live="notice"]'))?.scrollIntoView({ block: 'nearest' });
  document.dispatchEvent(new CustomEvent(CHANGED));
  if (held && !held.isConnected) goOn(held.id);
  return !refused;
}

/** Renews the page's live parts but for the notice, as somebody or something else has changed them; whether it could. What she is
 * typing in them stays. */
export async function renewLive(): Promise<boolean> {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const fresh of page.querySelectorAll<HTMLElement>('[data-live]:not([data-live="notice"])')) {
    const former = document.querySelector(`[data-live="${fresh.dataset['live']}"]`);
    if (!former || former.innerHTML === fresh.innerHTML) continue;
    const held = keepTyped(former, fresh);
    former.replaceWith(keepChosen(former, document.adoptNode(fresh)));
    held?.focus();
  }
  renewVersions(page, false);
  return true;
}

/**
 * Puts what was typed into the same fields of the fresh part; the one that had the keyboard. The form `sent` holds what the server says;
 * where one was sent by her, the others go on from what she saved, unless somebody else changed what she typed over.
 */
function keepTyped(former: Element, fresh: HTMLElement, sent: HTMLFormElement | null = null): HTMLElement | null {
  let held: HTMLElement | null = null;
  for (const was of former.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type=hidden]), textarea')) {
    if (was.type === 'file' || (sent && was.form === sent)) continue;
    const form = [...fresh.querySelectorAll('form')].find((one) => one.getAttribute('action') === was.form?.getAttribute('action'));
    const now = form?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${was.name}"]`);
    if (!now) continue;
    if (was.value !== was.defaultValue) {
      now.value = was.value;
      // What somebody else saved meanwhile is then laid beside hers, and not written over.
      const same = sent && now.defaultValue === was.defaultValue && !was.form?.hasAttribute('data-typed');
      if (!same) for (const form of [was.form, now.form]) form?.setAttribute('data-typed', '');
    }
    if (was === document.activeElement) held = now;
  }
  for (const form of former.querySelectorAll<HTMLFormElement>('form[data-typed]')) {
    const version = form.querySelector<HTMLInputElement>('input[name=version]')?.value;
    const now = [...fresh.querySelectorAll<HTMLFormElement>('form[data-typed]')].find(
      (one) => one.getAttribute('action') === form.getAttribute('action'),
    );
    const field = now?.querySelector<HTMLInputElement>('input[name=version]');
    if (field && version) field.value = version;
  }
  return held;
}

/** What she had chosen in fields of the `former` part stays chosen in the fresh one. */
function keepChosen(former: Element, fresh: HTMLElement): HTMLElement {
  for (const was of former.querySelectorAll('select')) {
    const now = fresh.querySelector<HTMLSelectElement>(`select[name="${was.name}"]`);
    if (now && [...now.options].some((option) => option.value === was.value)) now.value = was.value;
  }
  return fresh;
}

/** The keyboard stays at the button that was pressed, or where that does nothing any more at the first beside it. */
function goOn(id: string): void {
  const button = id ? document.getElementById(id) : null;
  const there = button?.matches(':disabled') ? button.closest('.stop-order')?.querySelector<HTMLElement>('button:enabled') : button;
  there?.focus();
}

function notice(text: string): void {
  const place = document.querySelector('[data-live="notice"]');
  if (!place) return;
  const line = document.createElement('div');
  line.className = 'notice-line refused';
  line.textContent = text;
  place.replaceChildren(line);
}
