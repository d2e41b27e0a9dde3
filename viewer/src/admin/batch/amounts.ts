/** Amounts in words. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function bytesInWords(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[unit]}`;
}

export function fill(text: string | undefined, values: Record<string, string | number>): string {
  return (text ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** How fast bytes went lately, and so how long the rest takes; needs some seconds before it says anything. */
export class Pace {
  private readonly samples: [number, number][] = [];

  note(moment: number, sent: number): void {
    this.samples.push([moment, sent]);
    while (this.samples.length > 2 && moment - (this.samples[0]?.[0] ?? 0) > 30000) this.samples.shift();
  }

  /** Forgets what it saw: nothing went for a while, which says nothing of how fast it goes. */
  restart(): void {
    this.samples.length = 0;
  }

  /** Seconds for `rest` bytes; null where there is nothing to tell by. */
  secondsFor(rest: number): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last[0] - first[0] < 3000 || last[1] <= first[1]) return null;
    return (rest * (last[0] - first[0])) / (last[1] - first[1]) / 1000;
  }
}

export type Say = (key: string) => string;

export function timeInWords(seconds: number, say: Say): string {
  return seconds < 90
    ? fill(say('Seconds'), { count: Math.max(1, Math.round(seconds)) })
    : fill(say('Minutes'), { count: Math.round(seconds / 60) });
}
