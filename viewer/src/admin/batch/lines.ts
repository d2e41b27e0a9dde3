/** The files of a batch as rows, each with what is becoming of it. */

import type { Group } from './groups';

/** A file as the server tells of it: see `status.json` of a batch. */
export interface Line {
  position: number;
  name: string;
  bytes: number;
  state: string;
  group: Group;
  upload: string | null;
  received: number;
  arrived: boolean;
  title: string;
  address: string | null;
  thumbnail: string | null;
  progress: number;
  words: string;
  /** It waits for somebody to say how the picture is laid out. */
  asks?: boolean;
  retry: boolean;
  remove: boolean;
}

/** What a row's buttons do, and their words. */
export interface Acts {
  retry: (position: number) => void;
  remove: (position: number) => void;
  answer?: (position: number, layout: string) => void;
  /** Layouts that a picture may have, and their words. */
  answers?: readonly (readonly [layout: string, words: string])[];
  retryWords: string;
  removeWords: string;
}

const MOVING = new Set(['queued', 'running']);

/** One row, kept up to date without losing the keyboard's place in it. */
export class Row {
  readonly element = document.createElement('li');
  private readonly thumb = document.createElement('span');
  private readonly title = document.createElement('span');
  private readonly note = document.createElement('span');
  private readonly bar = document.createElement('progress');
  private readonly actions = document.createElement('span');
  private shown = '';

  constructor(private readonly acts: Acts) {
    this.thumb.className = 'thumb small';
    const words = document.createElement('div');
    words.className = 'row-words';
    this.title.className = 'row-title';
    this.title.tabIndex = -1;
    this.note.className = 'row-note';
    this.actions.className = 'row-actions';
    this.bar.max = 1;
    words.append(this.title, this.note, this.bar);
    this.element.append(this.thumb, words, this.actions);
  }

  /** The keyboard goes on at the row's first button, or where it has none any more at the row itself. */
  focus(): void {
    (this.actions.querySelector('button') ?? this.title.querySelector('a') ?? this.title).focus({ preventScroll: true });
  }

  /** `sent` are the bytes under way to the server; null where nothing is being sent. */
  show(line: Line, sent: number | null, words: string): void {
    const sending = sent !== null && line.state === 'waiting';
    const note = `${line.name} · ${words}`;
    const value = sending ? sent / Math.max(line.bytes, 1) : line.progress;
    const fresh = JSON.stringify([line.state, note, value, sending, line.title, line.address, line.thumbnail, line.asks, line.retry, line.remove]);
    if (fresh === this.shown) return;
    const first = this.shown === '';
    this.shown = fresh;
    this.element.className = `file-row ${line.state}`;
    this.note.textContent = note;
    this.bar.hidden = !sending && !MOVING.has(line.state);
    this.bar.value = value;
    if (first) {
      this.element.dataset['file'] = String(line.position);
      this.bar.setAttribute('aria-label', line.name);
    }
    this.showTitle(line);
    this.showThumb(line.thumbnail);
    this.showButtons(line);
  }

  private showTitle(line: Line): void {
    const link = this.title.querySelector('a');
    if (this.title.textContent === line.title && (link?.getAttribute('href') ?? null) === line.address) return;
    if (!line.address) {
      this.title.textContent = line.title;
      return;
    }
    const made = document.createElement('a');
    made.href = line.address;
    made.textContent = line.title;
    this.title.replaceChildren(made);
  }

  private showThumb(address: string | null): void {
    const former = this.thumb.firstElementChild;
    if (former && (former.getAttribute('src') ?? null) === address) return;
    const picture = document.createElement(address ? 'img' : 'span');
    if (picture instanceof HTMLImageElement && address) {
      picture.src = address;
      picture.alt = '';
      picture.loading = 'lazy';
    } else {
      picture.className = 'no-thumb';
    }
    this.thumb.replaceChildren(picture);
  }

  private showButtons(line: Line): void {
    const wanted = `${line.asks ?? false}/${line.retry}/${line.remove}`;
    if (this.actions.dataset['has'] === wanted) return;
    this.actions.dataset['has'] = wanted;
    const held = this.actions.contains(document.activeElement);
    const { retry, remove, answer, answers, retryWords, removeWords } = this.acts;
    this.actions.replaceChildren(
      ...(line.asks && answers ? answers.map(([layout, words]) => this.button(words, line, (position) => answer?.(position, layout), '')) : []),
      ...(line.retry ? [this.button(retryWords, line, retry, '')] : []),
      ...(line.remove ? [this.button(removeWords, line, remove, 'quiet')] : []),
    );
    if (held) this.focus();
  }

  private button(words: string, line: Line, act: (position: number) => void, kind: string): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = kind;
    made.textContent = words;
    made.setAttribute('aria-label', `${words}: ${line.name}`);
    made.addEventListener('click', () => act(line.position));
    return made;
  }
}
