/**
 * Pictures for the collection, an artifact's photographs or an exhibition: sent in parts (tus), several at a time. The server knows what
 * they are for, and puts each in its place when it is there, whether this page is still open or not.
 */

import { bytesInWords, fill } from './batch/amounts';
import { type Line, Row } from './batch/lines';
import { filesOf, headOf, inOrder } from './batch/offered';
import { alert, button } from './batch/plan';
import { Sender } from './batch/sender';
import { CHANGED, renewLive } from './quiet-forms';

/** A picture as the server tells of it: see `uploads.json`. */
interface Told {
  upload: string;
  name: string;
  bytes: number;
  received: number;
  state: string;
  title: string;
  address: string | null;
  thumbnail: string | null;
  progress: number;
  words: string;
}

/** A picture that this page shows: a file of hers, what the server knows of it, or both. */
interface Picture {
  number: number;
  file: File | null;
  head: string;
  told: Told | null;
  sent: number;
  refused: string;
  row: Row;
}

const EVERY = 1200;
const MOVING = new Set(['queued', 'running', 'arrived']);
const AWAY = new Set(['waiting', 'refused', 'failed', 'cancelled']);

export function pictureUpload(form: HTMLFormElement): void {
  new PictureUpload(form);
}

class PictureUpload {
  private readonly goal: string;
  private readonly pictures: Picture[] = [];
  private readonly box = document.createElement('div');
  private readonly state = document.createElement('p');
  private readonly bar = document.createElement('progress');
  private readonly pauseButton: HTMLButtonElement;
  private readonly list = document.createElement('ol');
  private readonly sender: Sender;
  private paused = false;
  private following = false;
  private held = '';
  private seen = '';

  constructor(private readonly form: HTMLFormElement) {
    this.goal = form.dataset['goal'] ?? 'image';
    this.form.classList.add('scripted-upload');
    this.form.querySelector('label')?.classList.add('button');
    this.state.setAttribute('role', 'status');
    this.bar.max = 1;
    this.bar.setAttribute('aria-label', this.text('Overall'));
    this.pauseButton = button(this.text('Pause'), () => this.pause(!this.paused));
    this.list.className = 'rows files';
    this.box.className = 'picture-files';
    this.box.hidden = true;
    this.box.append(this.state, this.bar, this.pauseButton, this.list);
    form.after(this.box);
    this.sender = new Sender(({ position }) => ({ goal: this.goal, head: this.at(position)?.head ?? '' }), {
      moved: (position, sent) => {
        const picture = this.at(position);
        if (picture) picture.sent = sent;
        this.show();
      },
      arrived: (position, address) => {
        const picture = this.at(position);
        if (picture?.file) picture.sent = picture.file.size;
        if (picture) picture.told = this.beginning(picture, address);
        void this.follow();
      },
      failed: (position, message) => {
        const picture = this.at(position);
        if (picture) picture.refused = message || this.text('Failed');
        this.show();
      },
      stopped: (message) => {
        this.pause(true);
        this.held = message || this.text('Failed');
        this.show();
      },
      offline: (yes) => {
        this.held = yes ? this.text('Offline') : '';
        this.show();
      },
    });
    this.setUpForm();
    window.addEventListener('beforeunload', (event) => {
      if (this.sender.busy) event.preventDefault();
    });
    void this.follow();
  }

  private text(key: string): string {
    return this.form.dataset[`text${key}`] ?? '';
  }

  private at(number: number): Picture | undefined {
    return this.pictures[number];
  }

  private setUpForm(): void {
    const input = this.form.querySelector<HTMLInputElement>('input[type=file]');
    input?.addEventListener('change', () => {
      void this.take(inOrder([...(input.files ?? [])]));
      input.value = '';
    });
    this.form.addEventListener('submit', (event) => event.preventDefault());
    for (const kind of ['dragenter', 'dragover'] as const) {
      this.form.addEventListener(kind, () => this.form.classList.add('over'));
    }
    this.form.addEventListener('dragleave', (event) => {
      if (!this.form.contains(event.relatedTarget as Node | null)) this.form.classList.remove('over');
    });
    this.form.addEventListener('drop', (event) => {
      this.form.classList.remove('over');
      if (event.dataTransfer) void filesOf(event.dataTransfer).then((files) => this.take(files));
    });
    // A file dropped beside the zone must not make the browser leave the page.
    for (const kind of ['dragover', 'drop'] as const) window.addEventListener(kind, (event) => event.preventDefault());
  }

  /** Goes on with what the server has half, and begins the others. */
  private async take(files: File[]): Promise<void> {
    const most = Number(this.form.dataset['most'] ?? 0);
    if (most && files.length > most) {
      this.box.hidden = false;
      this.list.before(alert(fill(this.text('Most'), { most })));
      return;
    }
    for (const file of files) {
      const half = this.pictures.find(
        ({ file: mine, told }) => !mine && told?.state === 'waiting' && told.name === file.name && told.bytes === file.size,
      );
      const picture = half ?? this.add(null);
      picture.file = file;
      picture.head = await headOf(file);
      this.sender.add([{ position: picture.number, file, address: picture.told?.upload ?? null }]);
    }
    this.show();
  }

  private add(told: Told | null): Picture {
    const number = this.pictures.length;
    const row = new Row({
      retry: () => undefined,
      remove: () => void this.remove(number),
      retryWords: '',
      removeWords: this.text('Remove'),
    });
    const picture = { number, file: null, head: '', told, sent: 0, refused: '', row };
    this.pictures.push(picture);
    this.list.append(row.element);
    return picture;
  }

  /** What is known of a picture between its last byte and the server's first word. */
  private beginning({ file }: Picture, upload: string): Told {
    const name = file?.name ?? '';
    const bytes = file?.size ?? 0;
    const none = { address: null, thumbnail: null, progress: 0 };
    return { upload, name, bytes, received: bytes, state: 'arrived', title: name, words: this.text('Arrived'), ...none };
  }

  private pause(paused: boolean): void {
    this.paused = paused;
    this.held = paused ? this.text('Paused') : '';
    this.pauseButton.textContent = this.text(paused ? 'Resume' : 'Pause');
    if (paused) this.sender.pause();
    else this.sender.resume();
    this.show();
  }

  /** Forgets a picture that has not become an image, or that could not be made. */
  private async remove(number: number): Promise<void> {
    const picture = this.at(number);
    if (!picture) return;
    this.sender.leave(number);
    picture.row.element.remove();
    picture.refused = 'removed';
    picture.file = null;
    const upload = picture.told?.upload;
    picture.told = null;
    if (upload) await fetch(upload, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => undefined);
    this.show();
    this.form.querySelector<HTMLInputElement>('input[type=file]')?.focus();
  }

  /** Asks how the pictures are getting on until none is being sent or made any more. */
  private async follow(): Promise<void> {
    if (this.following) return;
    this.following = true;
    while (!(await this.renew())) await new Promise((resolve) => setTimeout(resolve, EVERY));
    while (this.sender.busy || this.pictures.some(({ told }) => told && MOVING.has(told.state))) {
      await new Promise((resolve) => setTimeout(resolve, document.hidden ? EVERY * 4 : EVERY));
      await this.renew();
    }
    this.following = false;
  }

  /** Whether the server has answered. */
  private async renew(): Promise<boolean> {
    const asked = await fetch(`/admin/images/uploads.json?goal=${encodeURIComponent(this.goal)}`, {
      headers: { Accept: 'application/json' },
    }).catch(() => null);
    if (!asked?.ok) return false;
    const { lines } = (await asked.json()) as { lines: Told[] };
    for (const line of lines) {
      const known = this.pictures.find(({ told }) => told?.upload === line.upload);
      const sending = known ?? this.pictures.find(({ file, told }) => file && !told && file.name === line.name && file.size === line.bytes);
      // What was ready before this page was opened is nothing new.
      if (!sending && line.state === 'ready') continue;
      (sending ?? this.add(line)).told = line;
      if (line.state === 'arrived' && line.received === line.bytes && !this.sender.busy) {
        await fetch(line.upload.replace('/admin/uploads/', '/admin/images/uploads/'), { method: 'POST' }).catch(() => undefined);
      }
    }
    this.show();
    const seen = lines.map((line) => `${line.upload}${line.address}${line.thumbnail}`).join();
    if (this.seen && seen !== this.seen && (await renewLive())) document.dispatchEvent(new CustomEvent(CHANGED));
    this.seen = seen || '-';
    return true;
  }

  private show(): void {
    const shown = this.pictures.filter(({ file, told, refused }) => refused !== 'removed' && (file || told));
    this.box.hidden = shown.length === 0;
    let bytes = 0;
    let sent = 0;
    let arrived = 0;
    const ours = shown.filter(({ file, refused }) => file && !refused);
    for (const picture of shown) {
      const line = lineOf(picture);
      const sending = picture.file && !picture.refused && line.state === 'waiting';
      const amount = `${this.text('Sending')} · ${bytesInWords(picture.sent)} / ${bytesInWords(line.bytes)}`;
      const half = !picture.file && line.state === 'waiting' ? this.text('Half') : '';
      picture.row.show(line, sending ? picture.sent : null, picture.refused || (sending ? amount : half || line.words));
    }
    for (const { file, told, sent: here } of ours) {
      const there = told && told.state !== 'waiting' ? (file?.size ?? 0) : here;
      bytes += file?.size ?? 0;
      sent += there;
      if (there >= (file?.size ?? 0)) arrived += 1;
    }
    const busy = arrived < ours.length;
    this.bar.hidden = this.pauseButton.hidden = !busy;
    this.bar.value = bytes ? sent / bytes : 0;
    const words = { done: arrived, total: ours.length, sent: bytesInWords(sent), bytes: bytesInWords(bytes) };
    const said = busy ? fill(this.text('Progress'), words) : ours.length ? this.text('AllArrived') : '';
    const whole = this.held ? `${said} · ${this.held}` : said;
    if (this.state.textContent !== whole) this.state.textContent = whole;
  }
}

function lineOf({ number, file, told, sent, refused }: Picture): Line {
  const name = told?.name ?? file?.name ?? '';
  const state = refused ? 'refused' : (told?.state ?? 'waiting');
  const bytes = told?.bytes ?? file?.size ?? 0;
  return {
    ...{ position: number, name, bytes, state, group: 'moving', upload: told?.upload ?? null, received: sent, arrived: false },
    ...{ title: told?.title ?? name, address: told?.address ?? null, thumbnail: told?.thumbnail ?? null },
    ...{ progress: told?.progress ?? 0, words: told?.words ?? '', retry: false, remove: AWAY.has(state) },
  };
}
