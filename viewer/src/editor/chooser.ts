/** Choosing what a link or hotspot leads to, by its picture. It fills the text field that serves without scripts. */

interface Choice {
  slug: string;
  title: string;
  note: string;
  thumbnail: string | null;
}

const PAUSE = 200;
/** Kinds whose target is chosen from records; the others take an address, or nothing. */
const CHOSEN = new Set(['scene', 'artifact', 'image', 'model', 'exhibition']);

export class Chooser {
  private readonly list = document.createElement('ul');
  private readonly search = document.createElement('input');
  private readonly field: HTMLInputElement;
  private readonly label: HTMLElement;
  private kind = '';
  private timer = 0;
  private asked = 0;

  constructor(
    place: HTMLElement,
    private readonly near: string,
    searchWords: string,
    private readonly none: string,
    private readonly unseen: string,
  ) {
    this.field = place.querySelector<HTMLInputElement>('input[name=target]') as HTMLInputElement;
    this.label = this.field.closest('label') as HTMLElement;
    this.search.type = 'search';
    this.search.placeholder = searchWords;
    this.search.setAttribute('aria-label', searchWords);
    this.list.className = 'choices';
    place.append(this.search, this.list);
    this.search.addEventListener('input', () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), PAUSE);
    });
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault();
    });
  }

  setKind(kind: string): void {
    const chosen = CHOSEN.has(kind);
    this.search.hidden = this.list.hidden = !chosen;
    this.label.hidden = kind === 'text';
    const words = this.label.closest('form')?.querySelector<HTMLDetailsElement>('[data-own-words]');
    if (words && kind === 'text') words.open = true;
    if (kind !== this.kind) this.field.value = '';
    this.kind = kind;
    if (chosen) void this.ask();
  }

  /** Nothing is chosen any more. */
  clear(): void {
    this.field.value = '';
    for (const button of this.list.querySelectorAll('button')) button.setAttribute('aria-pressed', 'false');
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const query = new URLSearchParams({ kind: this.kind, q: this.search.value, near: this.near });
    let choices: Choice[] = [];
    try {
      const answer = await fetch(`/admin/choices.json?${query}`, { headers: { Accept: 'application/json' } });
      if (answer.ok) choices = ((await answer.json()) as { choices: Choice[] }).choices;
    } catch {
      return; // offline: what is shown stays
    }
    if (turn !== this.asked) return;
    if (choices.length === 0) {
      const empty = document.createElement('li');
      empty.className = 'hint';
      empty.textContent = this.none;
      this.list.replaceChildren(empty);
      return;
    }
    this.list.replaceChildren(...choices.map((choice) => this.item(choice)));
  }

  private item(choice: Choice): HTMLLIElement {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['slug'] = choice.slug;
    button.setAttribute('aria-pressed', String(this.field.value === choice.slug));
    if (choice.thumbnail) {
      const picture = document.createElement('img');
      picture.src = choice.thumbnail;
      picture.alt = '';
      picture.loading = 'lazy';
      button.append(picture);
    } else {
      const blank = document.createElement('span');
      blank.className = 'no-thumb';
      blank.textContent = this.unseen;
      button.append(blank);
    }
    const title = document.createElement('span');
    title.className = 'choice-title';
    title.textContent = choice.title;
    const note = document.createElement('span');
    note.className = 'row-note';
    note.textContent = choice.note;
    button.append(title, note);
    button.addEventListener('click', () => {
      this.field.value = choice.slug;
      for (const other of this.list.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button));
    });
    item.append(button);
    return item;
  }
}
