/**
 * Uploading many panoramas: drop them, see what will become of each, then watch them go. The server remembers the batch, so that the
 * same files dropped again, in any browser of hers, go on where they stopped.
 */

import { CHANGED } from '../quiet-forms';
import { bytesInWords, fill, Pace } from './amounts';
import { type Line, Row } from './lines';
import { filesOf, inOrder } from './offered';
import { alert, ask, type Brought, button, describe, drawPlan, sort, startWords } from './plan';
import { Sender } from './sender';

const EVERY = 1500;
const SETTLED = new Set(['ready', 'failed', 'cancelled', 'known', 'refused', 'gone']);

export function batchUpload(root: HTMLElement): void {
  new BatchUpload(root);
}

class BatchUpload {
  private readonly place: HTMLElement;
  private readonly form: HTMLFormElement | null;
  private batch: string;
  private lines = new Map<number, Line>();
  private readonly rows = new Map<number, Row>();
  private readonly sent = new Map<number, number>();
  private readonly refused = new Map<number, string>();
  private readonly pace = new Pace();
  private sender: Sender | null = null;
  private overall: { words: HTMLElement; bar: HTMLProgressElement; pause: HTMLButtonElement; state: HTMLElement } | null = null;
  private following = false;
  private paused = false;

  constructor(private readonly root: HTMLElement) {
    this.place = root.querySelector<HTMLElement>('[data-plan]') as HTMLElement;
    this.form = root.querySelector('form');
    this.batch = root.dataset['batch'] ?? '';
    if (this.form) this.setUpDrop(this.form);
    if (this.batch) void this.follow();
    document.addEventListener(CHANGED, () => void this.follow());
    window.addEventListener('beforeunload', (event) => {
      if (this.sender?.busy && !this.paused) event.preventDefault();
    });
  }

  private text(key: string): string {
    return this.root.dataset[`text${key}`] ?? '';
  }

  private setUpDrop(form: HTMLFormElement): void {
    form.classList.add('scripted-upload');
    for (const element of form.querySelectorAll<HTMLElement>('.unscripted')) element.remove();
    const label = form.querySelector<HTMLElement>('.scripted-only');
    if (label) label.hidden = false;
    const input = form.querySelector<HTMLInputElement>('[data-files]');
    input?.addEventListener('change', () => {
      void this.take(inOrder([...(input.files ?? [])]));
      input.value = '';
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    let inside = 0;
    form.addEventListener('dragenter', () => {
      inside += 1;
      form.classList.add('over');
    });
    form.addEventListener('dragleave', () => {
      inside -= 1;
      if (inside <= 0) form.classList.remove('over');
    });
    form.addEventListener('drop', (event) => {
      inside = 0;
      form.classList.remove('over');
      if (event.dataTransfer) void filesOf(event.dataTransfer).then((files) => this.take(files));
    });
    // A file dropped beside the zone must not make the browser leave the page.
    for (const kind of ['dragover', 'drop'] as const) window.addEventListener(kind, (event) => event.preventDefault());
  }

  private async take(files: File[]): Promise<void> {
    if (files.length === 0) return;
    if (this.batch) this.goOn(files);
    else await this.plan(sort(files));
  }

  private async plan(brought: Brought): Promise<void> {
    const total = brought.panoramas.length;
    const say = (words: string): void => {
      const line = document.createElement('p');
      line.setAttribute('role', 'status');
      line.textContent = words;
      this.place.replaceChildren(line);
      this.place.hidden = false;
    };
    say(fill(this.text('Looking'), { done: 0, total }));
    try {
      const form = await describe(brought, (done) => say(fill(this.text('Looking'), { done, total })));
      say(this.text('Asking'));
      form.set('check', 'yes');
      const plan = await ask(this.root.dataset['address'] ?? '', form, this.text('Failed'));
      const buttons: HTMLElement[] = [];
      if (plan.scenes > 0 && plan.faults.length === 0 && total > 0 && !plan.obstacle) {
        buttons.push(button(startWords(this.root.dataset, plan.scenes), () => void this.begin(brought, form), 'primary'));
      }
      if (plan.faults.length > 0 && total > 0) {
        buttons.push(button(this.text('WithoutSheet'), () => void this.plan({ ...brought, sheet: null })));
      }
      buttons.push(button(this.text('OtherFiles'), () => this.startOver(), 'quiet'));
      if (this.form) this.form.hidden = true;
      drawPlan(this.place, plan, this.root.dataset, buttons);
    } catch (error) {
      this.place.replaceChildren(alert(error instanceof Error ? error.message : this.text('Failed')));
    }
  }

  private startOver(): void {
    this.place.replaceChildren();
    this.place.hidden = true;
    if (!this.form) return;
    this.form.hidden = false;
    this.form.querySelector<HTMLInputElement>('[data-files]')?.focus();
  }

  private async begin(brought: Brought, form: FormData): Promise<void> {
    form.delete('check');
    try {
      const plan = await ask(this.root.dataset['address'] ?? '', form, this.text('Failed'));
      if (!plan.batch) return await this.plan(brought);
      this.batch = plan.batch;
      history.replaceState(null, '', `/admin/batches/${plan.batch}`);
      await this.renew();
      const tasks = brought.panoramas.flatMap((file, position) => {
        const line = this.lines.get(position);
        return line?.state === 'waiting' ? [{ position, file, address: null }] : [];
      });
      this.send(tasks);
    } catch (error) {
      this.place.prepend(alert(error instanceof Error ? error.message : this.text('Failed')));
    }
  }

  /** Files of a batch dropped again: those that are not here yet go on. */
  private goOn(files: File[]): void {
    const waiting = [...this.lines.values()].filter((line) => line.state === 'waiting' && !this.sent.has(line.position));
    const tasks = files.flatMap((file) => {
      const at = waiting.findIndex((line) => line.name === file.name && line.bytes === file.size);
      const [line] = at < 0 ? [] : waiting.splice(at, 1);
      return line ? [{ position: line.position, file, address: line.upload }] : [];
    });
    const known = new Set([...this.lines.values()].map((line) => `${line.name}/${line.bytes}`));
    const foreign = files.filter((file) => !known.has(`${file.name}/${file.size}`));
    if (tasks.length > 0) {
      if (this.form) this.form.hidden = true;
      this.send(tasks);
    }
    if (foreign.length > 0) this.place.append(alert(fill(this.text('Foreign'), { name: foreign.map((file) => file.name).join(', ') })));
    this.place.hidden = false;
  }

  private send(tasks: { position: number; file: File; address: string | null }[]): void {
    this.place.replaceChildren();
    this.place.hidden = false;
    this.drawOverall();
    this.sender ??= new Sender(this.batch, {
      moved: (position, sent) => {
        this.sent.set(position, sent);
        this.show();
      },
      arrived: (position) => {
        const line = this.lines.get(position);
        this.sent.set(position, line?.bytes ?? 0);
        this.show();
      },
      failed: (position, message) => {
        this.refused.set(position, message);
        this.sent.delete(position);
        this.show();
      },
      stopped: (message) => {
        this.setPaused(true);
        this.say(message || this.text('Failed'));
      },
      offline: (yes) => this.say(yes ? this.text('Offline') : ''),
    });
    for (const task of tasks) this.sent.set(task.position, this.lines.get(task.position)?.received ?? 0);
    this.sender.add(tasks);
    this.show();
    void this.follow();
  }

  private drawOverall(): void {
    const box = document.createElement('section');
    box.className = 'panel overall';
    const words = document.createElement('p');
    words.setAttribute('role', 'status');
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.setAttribute('aria-label', this.text('Overall'));
    const pause = button(this.text('Pause'), () => {
      this.setPaused(!this.paused);
      if (this.paused) this.sender?.pause();
      else this.sender?.resume();
    });
    const state = document.createElement('p');
    state.className = 'hint';
    state.setAttribute('role', 'status');
    box.append(words, bar, pause, state);
    this.place.append(box);
    this.overall = { words, bar, pause, state };
  }

  private setPaused(paused: boolean): void {
    this.paused = paused;
    if (this.overall) this.overall.pause.textContent = this.text(paused ? 'Resume' : 'Pause');
    this.say(paused ? this.text('Paused') : '');
  }

  private say(words: string): void {
    if (this.overall && this.overall.state.textContent !== words) this.overall.state.textContent = words;
  }

  /** Asks how the files are getting on until nothing moves any more. */
  private async follow(): Promise<void> {
    if (this.following) return;
    this.following = true;
    for (;;) {
      await this.renew();
      if (await this.finishArrived()) continue;
      const moving = [...this.lines.values()].some((line) => !SETTLED.has(line.state) && line.state !== 'waiting');
      if (!moving && !this.sender?.busy && ![...this.sent.keys()].some((position) => this.lines.get(position)?.state === 'waiting')) break;
      await new Promise((resolve) => setTimeout(resolve, document.hidden ? EVERY * 4 : EVERY));
    }
    this.following = false;
    this.leadOn();
  }

  /** All is there: what comes next stands beside the bar. */
  private leadOn(): void {
    const next = document.querySelector<HTMLElement>('[data-next]');
    if (!next || !this.overall || [...this.lines.values()].some((line) => line.state === 'waiting')) return;
    next.hidden = false;
    this.overall.words.parentElement?.append(next);
  }

  private async renew(): Promise<void> {
    try {
      const answer = await fetch(`/admin/batches/${this.batch}/status.json`, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const { lines } = (await answer.json()) as { lines: Line[] };
      this.lines = new Map(lines.map((line) => [line.position, line]));
      this.show();
    } catch {
      // Offline for a moment: the next look tells.
    }
  }

  /** The server may have died between a file's last byte and its scene. */
  private async finishArrived(): Promise<boolean> {
    let finished = false;
    for (const line of this.lines.values()) {
      if (line.state !== 'waiting' || !(line.arrived || (line.bytes > 0 && line.received === line.bytes && !this.sender?.busy))) continue;
      try {
        const answer = await fetch(`/admin/batches/${this.batch}/files/${line.position}`, {
          method: 'POST',
          headers: { Accept: 'application/json' },
        });
        finished ||= answer.ok;
      } catch {
        break;
      }
    }
    return finished;
  }

  private show(): void {
    const list = this.list();
    for (const line of this.lines.values()) {
      let row = this.rows.get(line.position);
      if (!row) {
        row = new Row((position) => void this.retry(position), this.text('TryAgain'));
        this.rows.set(line.position, row);
        list.append(row.element);
      }
      const refusal = this.refused.get(line.position);
      const sent = refusal === undefined && line.state === 'waiting' ? (this.sent.get(line.position) ?? null) : null;
      row.show(line, sent, refusal ?? (sent === null ? line.words : this.sendingWords(line, sent)));
    }
    this.showOverall();
  }

  private sendingWords(line: Line, sent: number): string {
    return `${this.text('StateSending')} · ${bytesInWords(sent)} / ${bytesInWords(line.bytes)}`;
  }

  private list(): HTMLElement {
    let list = document.querySelector<HTMLElement>('[data-lines]');
    if (!list) {
      list = document.createElement('ol');
      list.className = 'rows files';
      list.dataset['lines'] = '';
      const panel = document.createElement('section');
      panel.className = 'panel';
      panel.append(list);
      this.root.after(panel);
    }
    // The rows that came with the page are drawn anew, so that they can be kept up to date.
    if (this.rows.size === 0) list.replaceChildren();
    return list;
  }

  private showOverall(): void {
    if (!this.overall) return;
    const lines = [...this.lines.values()].filter((line) => line.state !== 'refused' && !this.refused.has(line.position));
    const bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
    const at = (line: Line): number => (line.state === 'waiting' ? (this.sent.get(line.position) ?? line.received) : line.bytes);
    const sent = lines.reduce((sum, line) => sum + at(line), 0);
    const done = lines.filter((line) => line.state !== 'waiting' || at(line) >= line.bytes).length;
    this.pace.note(performance.now(), sent);
    this.overall.bar.value = bytes > 0 ? sent / bytes : 1;
    const finished = done === lines.length;
    this.overall.pause.hidden = finished;
    const seconds = finished ? null : this.pace.secondsFor(bytes - sent);
    const words = finished
      ? this.text('AllArrived')
      : fill(this.text('Progress'), { done, total: lines.length, sent: bytesInWords(sent), bytes: bytesInWords(bytes) });
    this.overall.words.textContent = seconds === null ? words : `${words} · ${fill(this.text('Left'), { time: this.timeInWords(seconds) })}`;
  }

  private timeInWords(seconds: number): string {
    return seconds < 90
      ? fill(this.text('Seconds'), { count: Math.max(1, Math.round(seconds)) })
      : fill(this.text('Minutes'), { count: Math.round(seconds / 60) });
  }

  private async retry(position: number): Promise<void> {
    await fetch(`/admin/batches/${this.batch}/retry`, {
      method: 'POST',
      body: new URLSearchParams({ position: String(position) }),
      headers: { Accept: 'application/json' },
    }).catch(() => undefined);
    void this.follow();
  }
}
