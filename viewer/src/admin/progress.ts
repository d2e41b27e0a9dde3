/** Progress of what is being made, asked for while the page is looked at. */

import { readAgain } from './unsaved';

interface ProductionStatus {
  state: string;
  progress: number;
  question: string | null;
  replacing: boolean;
  /** Names of steps and their states, where there are several. */
  steps?: Record<string, string>;
  words: { state: string; step: string };
}

interface JobsStatus {
  running: { id: number; progress: number; step: string }[];
}

const EVERY = 1000;

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function ask<T>(address: string): Promise<T | undefined> {
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    return answer.ok ? ((await answer.json()) as T) : undefined;
  } catch {
    return undefined; // offline for a moment: ask again
  }
}

/** Follows the making of a panorama; when its state changes the page is read again, since then it shows something else. */
export async function followProduction(panel: HTMLElement): Promise<void> {
  const address = panel.dataset['production'];
  const bar = panel.querySelector('progress');
  const words = panel.querySelector('[data-words]');
  if (!address || !bar || !words) return;
  for (;;) {
    await wait(document.hidden ? EVERY * 5 : EVERY);
    const status = await ask<ProductionStatus>(address);
    if (!status) continue;
    if (status.state !== 'running' && status.state !== 'queued') {
      readAgain();
      return;
    }
    bar.value = status.progress;
    words.textContent = status.words.step ? `${status.words.state}: ${status.words.step}` : status.words.state;
    for (const [step, state] of Object.entries(status.steps ?? {})) {
      const item = panel.querySelector<HTMLElement>(`[data-step="${step}"]`);
      if (!item) continue;
      item.dataset['state'] = state;
      if (state === 'begun') item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    }
  }
}

/** Moves the bars of the running jobs on this page; reads it again when they are over. */
export async function followJobs(): Promise<void> {
  for (;;) {
    await wait(document.hidden ? EVERY * 10 : EVERY * 2);
    const status = await ask<JobsStatus>('/admin/jobs.json');
    if (!status) continue;
    let moved = 0;
    for (const job of status.running) {
      const bar = document.querySelector<HTMLProgressElement>(`[data-job="${job.id}"] progress`);
      if (!bar) continue;
      bar.value = job.progress;
      moved += 1;
    }
    if (moved === 0) {
      if (!document.activeElement || document.activeElement === document.body) readAgain();
      return;
    }
  }
}
