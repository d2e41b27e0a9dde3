/** The panel above the files: how much of all has arrived, how much is ready, how long the rest takes, and a button that pauses. */

import { bytesInWords, fill, Pace, type Say, timeInWords } from './amounts';
import type { Line } from './lines';
import { button } from './plan';

/** What of the batch is here; `sent` are bytes under way too. */
export interface Amounts {
  files: number;
  arrived: number;
  bytes: number;
  sent: number;
  made: number;
  /** Panoramas that there are to be: those that are made, that are under way or still to come, and that could not be made so far. */
  toMake: number;
}

/** No part of what is to arrive: it was refused, or taken back. */
const AWAY = new Set(['refused', 'gone']);
/** No panorama is made of it: the museum had it before. */
const KNOWN = 'known';

export function amountsOf(lines: Iterable<Line>, sent: ReadonlyMap<number, number>, refused: ReadonlyMap<number, string>): Amounts {
  const amounts = { files: 0, arrived: 0, bytes: 0, sent: 0, made: 0, toMake: 0 };
  for (const line of lines) {
    if (AWAY.has(line.state)) continue;
    if (line.state !== KNOWN) amounts.toMake += 1;
    if (refused.has(line.position)) continue;
    const here = line.state === 'waiting' ? (sent.get(line.position) ?? line.received) : line.bytes;
    amounts.files += 1;
    amounts.bytes += line.bytes;
    amounts.sent += here;
    if (line.state !== 'waiting' || here >= line.bytes) amounts.arrived += 1;
    if (line.state === 'ready') amounts.made += 1;
  }
  return amounts;
}

export class Overall {
  readonly element = document.createElement('section');
  private readonly words = document.createElement('p');
  private readonly bar = document.createElement('progress');
  private readonly made = document.createElement('p');
  private readonly state = document.createElement('p');
  private readonly pauseButton: HTMLButtonElement;
  private readonly pace = new Pace();
  private readonly title = document.title;
  private held = '';

  constructor(private readonly text: Say, pause: () => void) {
    this.element.className = 'panel overall';
    this.bar.max = 1;
    this.bar.setAttribute('aria-label', text('Overall'));
    this.made.className = this.state.className = 'hint';
    this.state.setAttribute('role', 'status');
    this.pauseButton = button(text('Pause'), pause);
    this.element.append(this.words, this.bar, this.made, this.pauseButton, this.state);
  }

  setPaused(paused: boolean): void {
    this.pauseButton.textContent = this.text(paused ? 'Resume' : 'Pause');
    this.say(paused ? this.text('Paused') : '');
  }

  /** Why nothing goes on at the moment; empty where it does. */
  say(words: string): void {
    if (words === this.held) return;
    this.held = words;
    this.pace.restart();
    this.state.textContent = words;
  }

  show(amounts: Amounts): void {
    const { files, arrived, bytes, sent, made, toMake } = amounts;
    const finished = arrived === files;
    const share = bytes > 0 ? sent / bytes : 1;
    this.bar.value = finished ? 1 : share;
    this.pauseButton.hidden = finished;
    if (!this.held) this.pace.note(performance.now(), sent);
    const seconds = finished || this.held ? null : this.pace.secondsFor(bytes - sent);
    const words = finished
      ? this.text('AllArrived')
      : fill(this.text('Progress'), { done: arrived, total: files, sent: bytesInWords(sent), bytes: bytesInWords(bytes) });
    setText(this.words, seconds === null ? words : `${words} · ${fill(this.text('Left'), { time: timeInWords(seconds, this.text) })}`);
    setText(this.made, toMake > 0 ? fill(this.text('Made'), { done: made, total: toMake }) : '');
    document.title = finished ? this.title : `${Math.floor(share * 100)}% · ${this.title}`;
  }
}

/** Sets text where it is another: an unchanged one is not said again. */
export function setText(place: HTMLElement, words: string): void {
  if (place.textContent !== words) place.textContent = words;
}
