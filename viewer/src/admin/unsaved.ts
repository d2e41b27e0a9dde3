/**
 * What is typed into one form and not saved stays when another form of the page is sent: it waits in this tab under the page's address
 * and is put back when the page is seen next, its form saying that it is not saved yet. Whoever leaves by a link is asked first.
 *
 * Passwords, codes, files and hidden fields are not kept; forms that search, that go without leaving the page, or that choose rows of a
 * list are left alone, and so are pages with an editor, which saves by itself.
 */

const SHELF = 'museum-unsaved:';
const LEFT_ALONE = '[data-quiet], [data-bulk], [data-upload], [data-pictures], [data-batch-upload] *, [data-conflict] *, dialog *, model-desk *';
const SECRET = 'input[type=password], input[autocomplete=one-time-code], input[name=code]';
const NEVER = new Set(['hidden', 'file', 'password', 'submit', 'button', 'image', 'reset']);
const CHOSEN = new Set(['checkbox', 'radio']);
const TOLD_ON_LEAVING = /^(TEXTAREA|INPUT)$/;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field that held `was` when `now` was typed over it. */
export interface Change {
  field: string;
  was: string;
  now: string;
}

export interface KeptForm {
  form: string;
  changes: Change[];
}

/** What becomes of a kept change where the page now shows `shown`: it is there already, it goes back over what it was typed over, or
 * over something that somebody saved meanwhile. */
export function fateOf(change: Change, shown: string): 'there' | 'back' | 'over-others' {
  if (change.now === shown) return 'there';
  return change.was === shown ? 'back' : 'over-others';
}

/** Tells several of one name apart, by their order. */
export function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    return number ? `${name}#${number}` : name;
  });
}

/** What waits from now on: what the page's forms hold, and what waits for forms that this page does not have. */
export function waitingNow(waiting: readonly KeptForm[], here: ReadonlySet<string>, held: readonly KeptForm[]): KeptForm[] {
  return [...waiting.filter(({ form }) => !here.has(form)), ...held.filter(({ changes }) => changes.length > 0)];
}

/** What waits on the shelf for this person; another's is none of hers. */
export function readShelf(text: string | null, person: string): KeptForm[] {
  try {
    const kept = JSON.parse(text ?? '') as { person?: string; forms?: KeptForm[] };
    return kept.person === person && Array.isArray(kept.forms) ? kept.forms : [];
  } catch {
    return [];
  }
}

let unsaved: Unsaved | null = null;

export function keepUnsaved(root: Document): void {
  const person = root.querySelector('.admin-name')?.textContent?.trim();
  if (!person || root.querySelector('[data-editor], [data-floor-plan]')) return;
  unsaved = new Unsaved(root, person);
}

/** Reads the page again because something on it has changed; what is typed comes back, so that nobody need be asked. */
export function readAgain(): void {
  unsaved?.expectBack();
  location.reload();
}

class Unsaved {
  private readonly shelf = SHELF + location.pathname;
  /** What a field that was put back was typed over. */
  private readonly over = new WeakMap<Field, string>();
  private sent: HTMLFormElement | null = null;
  private comesBack = false;

  constructor(
    private readonly root: Document,
    private readonly person: string,
  ) {
    this.putBack();
    // After all others that have to say whether the form is sent by the browser.
    addEventListener('submit', (event) => this.onSubmit(event as SubmitEvent));
    addEventListener('beforeunload', (event) => {
      if (!this.comesBack && this.forms().some(([, form]) => form !== this.sent && this.typed(form))) event.preventDefault();
    });
    addEventListener('pagehide', () => this.keep());
    addEventListener('pageshow', () => this.stay());
    root.addEventListener('input', (event) => this.onInput(event));
    root.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('a[href]')) this.stay();
    });
  }

  expectBack(): void {
    this.comesBack = true;
  }

  /** Nothing is under way any more: the form's answer was a file, or she did something else before it came. */
  private stay(): void {
    this.sent = null;
    this.comesBack = false;
  }

  private onSubmit(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    const method = event.submitter?.getAttribute('formmethod') ?? form.method;
    this.sent = form;
    this.comesBack = method === 'post' && form.target !== '_blank' && form.getAttribute('action') !== '/admin/logout';
  }

  private onInput({ target }: Event): void {
    const form = (target as Partial<Field> | null)?.form;
    if (!form) return;
    if (form === this.sent) this.stay();
    if (form.classList.contains('unsaved') && changesOf(form, this.over).length === 0) unmark(form);
  }

  /** The page's forms whose fields are kept, by what tells them apart. */
  private forms(): [string, HTMLFormElement][] {
    const found = [...this.root.forms].filter(
      (form) => form.method === 'post' && !form.matches(LEFT_ALONE) && !form.querySelector(SECRET),
    );
    const names = numbered(found.map(nameOf));
    return found.map((form, index) => [names[index] ?? '', form]);
  }

  private typed(form: HTMLFormElement): boolean {
    return fieldsOf(form).some(
      ([, field]) => TOLD_ON_LEAVING.test(field.tagName) && !CHOSEN.has(field.type) && valueOf(field) !== shownIn(field),
    );
  }

  private waiting(): KeptForm[] {
    return readShelf(read(this.shelf), this.person);
  }

  private keep(): void {
    const forms = this.forms();
    const held = forms.map(([name, form]) => ({ form: name, changes: form === this.sent ? [] : changesOf(form, this.over) }));
    const waiting = waitingNow(this.waiting(), new Set(forms.map(([name]) => name)), held);
    write(this.shelf, waiting.length > 0 ? JSON.stringify({ person: this.person, forms: waiting }) : null);
  }

  private putBack(): void {
    const forms = new Map(this.forms());
    for (const { form: name, changes } of this.waiting()) {
      const form = forms.get(name);
      if (!form) continue;
      const fields = new Map(fieldsOf(form));
      const fates = changes.map((change) => {
        const field = fields.get(change.field);
        const fate = field ? fateOf(change, shownIn(field)) : 'there';
        if (!field || fate === 'there') return 'there';
        setValue(field, change.now);
        this.over.set(field, change.was);
        for (let around = field.closest('details'); around; around = around.parentElement?.closest('details') ?? null) around.open = true;
        return fate;
      });
      if (fates.includes('over-others')) this.mark(form, 'textUnsavedOver');
      else if (fates.includes('back')) this.mark(form, 'textUnsaved');
    }
  }

  /** Says beside the form's button that it is not saved, and offers what the museum has. */
  private mark(form: HTMLFormElement, text: 'textUnsaved' | 'textUnsavedOver'): void {
    const words = this.root.querySelector<HTMLElement>('main')?.dataset ?? {};
    const note = this.root.createElement('p');
    note.className = 'unsaved-note';
    const drop = this.root.createElement('button');
    drop.type = 'button';
    drop.className = 'quiet';
    drop.textContent = words['textUnsavedDrop'] ?? '';
    drop.addEventListener('click', () => {
      for (const [, field] of fieldsOf(form)) setValue(field, shownIn(field));
      const [, first] = fieldsOf(form)[0] ?? [];
      unmark(form);
      first?.focus();
    });
    note.append(words[text] ?? '', ' ', drop);
    form.classList.add('unsaved');
    form.append(note);
  }
}

function unmark(form: HTMLFormElement): void {
  form.classList.remove('unsaved');
  form.querySelector('.unsaved-note')?.remove();
}

/** Where the form goes, and what it says of itself that no save changes. */
function nameOf(form: HTMLFormElement): string {
  const fixed = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')].filter(({ name }) => name !== 'version');
  return [form.getAttribute('action') ?? '', ...fixed.map(({ name, value }) => `${name}=${value}`)].join('\n');
}

function fieldsOf(form: HTMLFormElement): [string, Field][] {
  const found = [...form.elements].filter(
    (field): field is Field =>
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) &&
      field.name !== '' &&
      !NEVER.has(field.type) &&
      !field.matches(':disabled'),
  );
  const names = numbered(found.map((field) => (CHOSEN.has(field.type) ? `${field.name}=${field.value}` : field.name)));
  return found.map((field, index) => [names[index] ?? '', field]);
}

function changesOf(form: HTMLFormElement, over: WeakMap<Field, string>): Change[] {
  return fieldsOf(form).flatMap(([name, field]) => {
    const shown = shownIn(field);
    const now = valueOf(field);
    return now === shown ? [] : [{ field: name, was: over.get(field) ?? shown, now }];
  });
}

function valueOf(field: Field): string {
  if (field instanceof HTMLSelectElement) return chosen(field, (option) => option.selected);
  return CHOSEN.has(field.type) ? ticked((field as HTMLInputElement).checked) : field.value;
}

/** What the museum has in the field: as the page shows it, or where a refused form was filled again, as that says. */
function shownIn(field: Field): string {
  if (field.dataset['saved'] !== undefined) return field.dataset['saved'];
  if (field instanceof HTMLSelectElement) {
    const shown = chosen(field, (option) => option.defaultSelected);
    return shown || field.multiple ? shown : (field.options[0]?.value ?? '');
  }
  return CHOSEN.has(field.type) ? ticked((field as HTMLInputElement).defaultChecked) : field.defaultValue;
}

function setValue(field: Field, value: string): void {
  if (field instanceof HTMLSelectElement) {
    const values = value.split('\n');
    for (const option of field.options) option.selected = values.includes(option.value);
  } else if (CHOSEN.has(field.type)) {
    (field as HTMLInputElement).checked = value !== '';
  } else {
    field.value = value;
  }
}

function ticked(yes: boolean): string {
  return yes ? 'on' : '';
}

function chosen(field: HTMLSelectElement, which: (option: HTMLOptionElement) => boolean): string {
  return [...field.options].filter(which).map((option) => option.value).join('\n');
}

function read(shelf: string): string | null {
  try {
    return sessionStorage.getItem(shelf);
  } catch {
    return null; // A browser that keeps nothing.
  }
}

function write(shelf: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(shelf);
    else sessionStorage.setItem(shelf, text);
  } catch {
    // Nothing can be kept; she was asked before she left.
  }
}
