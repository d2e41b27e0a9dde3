/**
 * Uploading many panoramas: drop them, see what will become of each, then watch them go. The server remembers the batch, so that the
 * same files dropped again, in any browser of hers, go on where they stopped.
 */

import { CHANGED } from '../quiet-forms';
import { bytesInWords, fill } from './amounts';
import { type Group, Groups } from './groups';
import { type Acts, type Line, Row } from './lines';
import { filesOf, inOrder, isSheet } from './offered';
import { type Amounts, amountsOf, Overall, setText } from './overall';
import { added, alert, ask, type Brought, button, describe, drawPlan, sort, startWords } from './plan';
import { Sender, type Task } from './sender';

const EVERY = 1500;
/** Between two looks passes so many times as long as a look takes, whatever the size of the batch. */
const PATIENCE = 12;
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
  private sender: Sender | null = null;
  private overall: Overall | null = null;
  private groups: Groups | null = null;
  private following = false;
  private paused = false;
  private drawing = false;
  private looked = 0;
  /** What is chosen for a batch that has not begun. */
  private chosen: Brought = { panoramas: [], sheet: null };
  /** Counts plans: what an earlier one comes to is not shown any more. */
  private plans = 0;

  constructor(private readonly root: HTMLElement) {
    this.place = root.querySelector<HTMLElement>('[data-plan]') as HTMLElement;
    this.form = root.querySelector('form');
    this.batch = root.dataset['batch'] ?? '';
    if (this.form) this.setUpDrop(this.form);
    if (this.batch) void this.follow();
    document.addEventListener(CHANGED, () => void this.follow());
    // Also while she has paused: the page holds the files, and they would have to be dropped again.
    window.addEventListener('beforeunload', (event) => {
      if (this.sender?.busy) event.preventDefault();
    });
  }

  private readonly text = (key: string): string => this.root.dataset[`text${key}`] ?? '';

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
    else await this.plan(added(this.chosen, sort(files)));
  }

  private async plan(brought: Brought): Promise<void> {
    const total = brought.panoramas.length;
    if (total === 0 && !brought.sheet) return this.startOver();
    this.chosen = brought;
    this.plans += 1;
    const number = this.plans;
    const wanted = (): boolean => number === this.plans;
    const line = document.createElement('p');
    line.setAttribute('role', 'status');
    const stop = button(this.text('Cancel'), () => this.startOver());
    this.place.replaceChildren(line, stop);
    this.place.hidden = false;
    const say = (done: number): boolean => {
      line.textContent = fill(this.text('Looking'), { done, total });
      return wanted();
    };
    say(0);
    try {
      const form = await describe(brought, say);
      if (!form) return;
      line.textContent = this.text('Asking');
      form.set('check', 'yes');
      const plan = await ask(this.root.dataset['address'] ?? '', form, this.text('Failed'));
      if (!wanted()) return;
      const buttons: HTMLElement[] = [];
      if (plan.scenes > 0 && plan.faults.length === 0 && total > 0 && !plan.obstacle) {
        buttons.push(button(startWords(this.root.dataset, plan.scenes), () => void this.begin(brought, form), 'primary'));
      }
      if (plan.faults.length > 0 && total > 0) {
        buttons.push(button(this.text('WithoutSheet'), () => void this.plan({ ...brought, sheet: null })));
      }
      buttons.push(button(this.text('OtherFiles'), () => this.startOver(), 'quiet'));
      const file = (at: number): void => {
        void this.plan({ ...brought, panoramas: brought.panoramas.filter((_, place) => place !== at) });
      };
      const sheet = brought.sheet && { name: brought.sheet.name, out: () => void this.plan({ ...brought, sheet: null }) };
      drawPlan(this.place, plan, this.root.dataset, buttons, { file: total > 0 ? file : null, sheet });
    } catch (error) {
      if (!wanted()) return;
      this.place.replaceChildren(alert(error instanceof Error ? error.message : this.text('Failed')));
    }
  }

  private startOver(): void {
    this.chosen = { panoramas: [], sheet: null };
    this.plans += 1;
    this.place.replaceChildren();
    this.place.hidden = true;
    if (!this.form) return;
    this.form.hidden = false;
    this.form.querySelector<HTMLInputElement>('[data-files]')?.focus();
  }

  private async begin(brought: Brought, form: FormData): Promise<void> {
    form.delete('check');
    if (this.form) this.form.hidden = true;
    try {
      const plan = await ask(this.root.dataset['address'] ?? '', form, this.text('Failed'));
      if (!plan.batch) {
        if (this.form) this.form.hidden = false;
        return await this.plan(brought);
      }
      this.batch = plan.batch;
      history.replaceState(null, '', `/admin/batches/${plan.batch}`);
      await this.renew();
      const tasks = brought.panoramas.flatMap((file, position) => {
        const line = this.lines.get(position);
        return line?.state === 'waiting' ? [{ position, file, address: null }] : [];
      });
      this.send(tasks);
    } catch (error) {
      if (this.form) this.form.hidden = this.batch !== '';
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
    if (tasks.length > 0) {
      if (this.form) this.form.hidden = true;
      this.send(tasks);
      return;
    }
    // What else lay beside them, as the sheet, was dealt with when the batch began; only when nothing fits something is amiss.
    const names = files.filter((file) => !isSheet(file)).map((file) => file.name);
    const known = new Set([...this.lines.values()].map((line) => line.name));
    const foreign = names.filter((name) => !known.has(name));
    const some = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ' …' : '');
    this.place.replaceChildren(alert(foreign.length > 0 ? fill(this.text('Foreign'), { name: some }) : this.text('NothingMissing')));
    this.place.hidden = false;
  }

  private send(tasks: Task[]): void {
    if (!this.overall) {
      this.overall = new Overall(this.text, () => {
        this.setPaused(!this.paused);
        if (this.paused) this.sender?.pause();
        else this.sender?.resume();
      });
      this.place.replaceChildren(this.overall.element);
      this.place.hidden = false;
    }
    this.sender ??= new Sender(({ position }) => ({ batch: this.batch, position: String(position) }), {
      moved: (position, sent) => {
        this.sent.set(position, sent);
        this.draw();
      },
      arrived: (position) => {
        this.sent.set(position, this.lines.get(position)?.bytes ?? 0);
        this.draw();
      },
      failed: (position, message) => {
        this.refused.set(position, message);
        this.sent.delete(position);
        this.draw();
      },
      stopped: (message) => {
        this.setPaused(true);
        this.overall?.say(message || this.text('Failed'));
      },
      offline: (yes) => {
        if (!this.paused) this.overall?.say(yes ? this.text('Offline') : '');
      },
    });
    for (const task of tasks) this.sent.set(task.position, this.lines.get(task.position)?.received ?? 0);
    this.sender.add(tasks);
    this.show();
    void this.follow();
  }

  private setPaused(paused: boolean): void {
    this.paused = paused;
    this.overall?.setPaused(paused);
  }

  /** Asks how the files are getting on until nothing moves any more. */
  private async follow(): Promise<void> {
    if (this.following) return;
    this.following = true;
    for (;;) {
      await this.renew();
      if (await this.finishArrived()) continue;
      const moving = [...this.lines.values()].some((line) => !SETTLED.has(line.state) && line.state !== 'waiting');
      const coming = [...this.sent.keys()].some((position) => this.lines.get(position)?.state === 'waiting');
      if (!moving && !this.sender?.busy && !coming) break;
      const pause = Math.max(document.hidden ? EVERY * 4 : EVERY, this.looked * PATIENCE);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.following = false;
    this.leadOn();
  }

  /** All is there: what comes next stands beside the bar. */
  private leadOn(): void {
    const next = document.querySelector<HTMLElement>('[data-next]');
    if (!next || !this.overall || [...this.lines.values()].some((line) => line.state === 'waiting')) return;
    next.hidden = false;
    this.overall.element.append(next);
  }

  /** Says of how many no panorama is there yet, and leads on where it is of none. */
  private sayAwaited({ made, toMake }: Amounts): void {
    const unmade = toMake - made;
    const note = document.querySelector<HTMLElement>('[data-awaited]');
    if (note) setText(note, unmade > 0 ? fill(this.text('Awaited'), { count: unmade }) : '');
    const link = document.querySelector('[data-joins]');
    link?.classList.toggle('primary', unmade === 0);
    link?.classList.toggle('quiet', unmade > 0);
  }

  private async renew(): Promise<void> {
    const begun = performance.now();
    try {
      const answer = await fetch(`/admin/batches/${this.batch}/status.json`, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const { lines } = (await answer.json()) as { lines: Line[] };
      this.looked = performance.now() - begun;
      this.lines = new Map(lines.map((line) => [line.position, line]));
      // Taken back in another window, or here before this page heard of it.
      for (const line of lines) if (line.state !== 'waiting') this.sender?.leave(line.position);
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
      const answer = await this.post(`files/${line.position}`);
      if (!answer) break;
      finished ||= answer.ok;
    }
    return finished;
  }

  /** Draws the files before the next picture, however often they moved until then. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    setTimeout(() => {
      this.drawing = false;
      this.show();
    }, 100);
  }

  private show(): void {
    if (this.lines.size === 0) return;
    const answers = [['over-under', this.text('OverUnder')], ['side-by-side', this.text('SideBySide')], ['mono', this.text('Mono')]] as const;
    this.groups ??= new Groups(this.list(), this.text, { retry: () => void this.retry(), answer: (layout) => void this.answer('all', layout), answers });
    const acts: Acts = {
      retry: (position) => void this.retry(position),
      remove: (position) => void this.remove(position),
      answer: (position, layout) => void this.answer(position, layout),
      answers,
      retryWords: this.text('TryAgain'),
      removeWords: this.text('Remove'),
    };
    for (const line of this.lines.values()) {
      let row = this.rows.get(line.position);
      if (!row) this.rows.set(line.position, (row = new Row(acts)));
      const refusal = line.state === 'waiting' ? this.refused.get(line.position) : undefined;
      const sent = refusal === undefined && line.state === 'waiting' ? (this.sent.get(line.position) ?? null) : null;
      row.show(line, sent, refusal ?? (sent ? this.sendingWords(line, sent) : line.words));
      this.groups.place(line.position, row, groupOf(line, sent, refusal));
    }
    const lines = [...this.lines.values()];
    this.groups.settle(lines.some((line) => line.retry), lines.filter((line) => line.asks).length);
    const amounts = amountsOf(this.lines.values(), this.sent, this.refused);
    this.overall?.show(amounts);
    this.sayAwaited(amounts);
  }

  private sendingWords(line: Line, sent: number): string {
    return `${this.text('StateSending')} · ${bytesInWords(sent)} / ${bytesInWords(line.bytes)}`;
  }

  /** Where the files stand: as the page has it, else below this. */
  private list(): HTMLElement {
    const there = document.querySelector<HTMLElement>('[data-files-here]');
    if (there) return there;
    const panel = document.createElement('section');
    panel.className = 'panel';
    this.root.after(panel);
    return panel;
  }

  /** Has one panorama made again, or all that failed. */
  private async retry(position?: number): Promise<void> {
    await this.post('retry', position === undefined ? {} : { position: String(position) });
    void this.follow();
  }

  /** Says how a picture is laid out that may be two, one for each eye; or all that ask. */
  private async answer(position: number | 'all', layout: string): Promise<void> {
    const answer = await this.post('answer', { position: String(position), layout });
    if (!answer?.ok) this.overall?.say(this.text('Failed'));
    void this.follow();
  }

  /** Takes one file out of the batch; what was made of it can be brought back among what was deleted. */
  private async remove(position: number): Promise<void> {
    this.sender?.leave(position);
    const answer = await this.post(`files/${position}/remove`);
    if (!answer?.ok) this.overall?.say(this.text('Failed'));
    this.sent.delete(position);
    this.refused.delete(position);
    await this.renew();
  }

  private async post(verb: string, fields: Record<string, string> = {}): Promise<Response | null> {
    const headers = { Accept: 'application/json' };
    const body = new URLSearchParams(fields);
    return await fetch(`/admin/batches/${this.batch}/${verb}`, { method: 'POST', body, headers }).catch(() => null);
  }
}

function groupOf(line: Line, sent: number | null, refusal: string | undefined): Group {
  if (refusal !== undefined) return 'attention';
  return sent ? 'moving' : line.group;
}
