/** The files of a batch as rows, each with what is becoming of it. */

/** A file as the server tells of it: see `status.json` of a batch. */
export interface Line {
  position: number;
  name: string;
  bytes: number;
  state: string;
  upload: string | null;
  received: number;
  arrived: boolean;
  title: string;
  address: string | null;
  thumbnail: string | null;
  progress: number;
  words: string;
  retry: boolean;
}

const MOVING = new Set(['queued', 'running']);

/** One row, kept up to date without losing the keyboard's place in it. */
export class Row {
  readonly element = document.createElement('li');
  private readonly thumb = document.createElement('span');
  private readonly title = document.createElement('span');
  private readonly note = document.createElement('span');
  private readonly bar = document.createElement('progress');
  private button: HTMLButtonElement | null = null;
  private shown = '';

  constructor(private readonly retry: (position: number) => void, private readonly retryWords: string) {
    this.thumb.className = 'thumb small';
    const words = document.createElement('div');
    words.className = 'row-words';
    this.title.className = 'row-title';
    this.note.className = 'row-note';
    this.bar.max = 1;
    words.append(this.title, this.note, this.bar);
    this.element.append(this.thumb, words);
  }

  /** `sent` are the bytes under way to the server; null where nothing is being sent. */
  show(line: Line, sent: number | null, words: string): void {
    const sending = sent !== null && line.state === 'waiting';
    this.element.className = `file-row ${line.state}`;
    this.element.dataset['file'] = String(line.position);
    this.note.textContent = `${line.name} · ${words}`;
    this.bar.hidden = !sending && !MOVING.has(line.state);
    this.bar.value = sending ? sent / Math.max(line.bytes, 1) : line.progress;
    this.bar.setAttribute('aria-label', line.name);
    const key = JSON.stringify([line.title, line.address, line.thumbnail, line.retry]);
    if (key === this.shown) return;
    this.shown = key;
    this.showTitle(line);
    this.showThumb(line.thumbnail);
    this.button?.remove();
    this.button = null;
    if (line.retry) {
      this.button = document.createElement('button');
      this.button.type = 'button';
      this.button.textContent = this.retryWords;
      this.button.addEventListener('click', () => this.retry(line.position));
      this.element.append(this.button);
    }
  }

  private showTitle(line: Line): void {
    if (!line.address) {
      this.title.textContent = line.title;
      return;
    }
    const link = document.createElement('a');
    link.href = line.address;
    link.textContent = line.title;
    this.title.replaceChildren(link);
  }

  private showThumb(address: string | null): void {
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
}
