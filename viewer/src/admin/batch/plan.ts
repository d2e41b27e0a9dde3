/** What the server says would become of the files, before any of them is sent. */

import { fill } from './amounts';
import { inOrder, isSheet, offer } from './offered';
import { errorIn } from './sender';

/** Something wrong with the sheet, and the page where it may be put right. */
interface Fault {
  words: string;
  link: { address: string; words: string } | null;
}

export interface Plan {
  batch: string | null;
  scenes: number;
  summary: string;
  obstacle: string;
  faults: Fault[];
  unused: string[];
  lines: { name: string; state: string; words: string }[];
}

/** The files of one drop: panoramas and at most one sheet, the last of several. */
export interface Brought {
  panoramas: File[];
  sheet: File | null;
}

export function sort(files: File[]): Brought {
  return { panoramas: files.filter((file) => !isSheet(file)), sheet: files.filter(isSheet).at(-1) ?? null };
}

/** What is chosen after `chosen` was: a sheet takes the place of the sheet, and pictures come beside the others, those of the same name
 * in their place. */
export function added(chosen: Brought, more: Brought): Brought {
  const names = new Set(more.panoramas.map(({ name }) => name));
  return {
    panoramas: inOrder([...chosen.panoramas.filter(({ name }) => !names.has(name)), ...more.panoramas]),
    sheet: more.sheet ?? chosen.sheet,
  };
}

/** The request that has the server plan a batch, or begin it; reading the files is the long part,
 * and told to `looked`, which says whether to go on: null where not. */
export async function describe(brought: Brought, looked: (done: number) => boolean): Promise<FormData | null> {
  const form = new FormData();
  const offered = [];
  for (const file of brought.panoramas) {
    offered.push(await offer(file));
    if (!looked(offered.length)) return null;
  }
  if (brought.panoramas.length > 0) form.append('files', JSON.stringify(offered));
  if (brought.sheet) form.append('sheet', brought.sheet, brought.sheet.name);
  return form;
}

/** Raises an Error with the server's words. */
export async function ask(address: string, form: FormData, failed: string): Promise<Plan> {
  let answer: Response;
  try {
    answer = await fetch(address, { method: 'POST', body: form, headers: { Accept: 'application/json' } });
  } catch {
    throw new Error(failed);
  }
  if (!answer.ok) throw new Error(errorIn(await answer.text()).message || failed);
  return (await answer.json()) as Plan;
}

/** Ways to take something out of a plan: one file, by its place among the lines, or the sheet, which has a name. */
export interface Leave {
  file: ((number: number) => void) | null;
  sheet: { name: string; out: () => void } | null;
}

export function drawPlan(place: HTMLElement, plan: Plan, texts: DOMStringMap, buttons: HTMLElement[], leave: Leave): void {
  const panel = document.createElement('section');
  panel.className = 'panel plan';
  const summary = document.createElement('h2');
  const wrong = plan.faults.length > 0;
  summary.textContent = wrong ? (texts['textFaults'] ?? '') : plan.summary;
  summary.tabIndex = -1;
  panel.append(summary);
  if (plan.obstacle) panel.append(alert(plan.obstacle));
  if (wrong) {
    const then = document.createElement('p');
    then.className = 'row-note';
    then.textContent = `${texts['textThen']}${plan.summary}`;
    panel.append(listOf(plan.faults), then);
  }
  if (plan.unused.length > 0) {
    const heading = document.createElement('h3');
    heading.textContent = texts['textUnusedTitle'] ?? '';
    panel.append(heading, listOf(plan.unused.map((words) => ({ words, link: null }))));
  }
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(...buttons);
  const more = document.createElement('p');
  more.className = 'row-note';
  more.textContent = texts['textAddMore'] ?? '';
  panel.append(actions, more);
  if (leave.sheet) panel.append(sheetLine(leave.sheet.name, texts, leave.sheet.out));
  panel.append(...filesOf(plan, texts, leave.file));
  place.replaceChildren(panel);
  place.hidden = false;
  summary.focus();
}

export function alert(words: string): HTMLElement {
  const line = document.createElement('p');
  line.className = 'problem';
  line.setAttribute('role', 'alert');
  line.textContent = words;
  return line;
}

export function button(words: string, act: () => void, kind = ''): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

export function startWords(texts: DOMStringMap, count: number): string {
  return fill(texts['textStart'], { count });
}

function listOf(faults: Fault[]): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'faults';
  for (const { words, link } of faults) {
    const item = document.createElement('li');
    item.textContent = words;
    if (link) {
      const leads = document.createElement('a');
      leads.href = link.address;
      // What she chose stays on this page.
      leads.target = '_blank';
      leads.textContent = link.words;
      item.append(' ', leads);
    }
    list.append(item);
  }
  return list;
}

function sheetLine(name: string, texts: DOMStringMap, out: () => void): HTMLElement {
  const line = document.createElement('p');
  line.className = 'sheet-line';
  line.append(fill(texts['textSheetChosen'], { name }), ' ', removal(name, texts, out));
  return line;
}

function removal(name: string, texts: DOMStringMap, out: () => void): HTMLElement {
  const made = button(texts['textRemove'] ?? '', out, 'quiet');
  made.setAttribute('aria-label', `${texts['textRemove']}: ${name}`);
  return made;
}

/** First the files that will not be sent, so that nobody has to look for them among hundreds. */
function filesOf(plan: Plan, texts: DOMStringMap, leave: ((number: number) => void) | null): HTMLElement[] {
  const made: HTMLElement[] = [];
  const others: HTMLElement[] = [];
  plan.lines.forEach((line, number) => {
    const item = document.createElement('li');
    item.className = `file-row ${line.state}`;
    const words = document.createElement('div');
    words.className = 'row-words';
    const name = document.createElement('span');
    name.className = 'row-title';
    name.textContent = line.name;
    const note = document.createElement('span');
    note.className = 'row-note';
    note.textContent = line.words;
    words.append(name, note);
    item.append(words);
    if (leave) item.append(removal(line.name, texts, () => leave(number)));
    (line.state === 'made' ? made : others).push(item);
  });
  return [groupOf('attention', texts['textNotSent'], others), groupOf('made', texts['textToSend'], made)].flat();
}

function groupOf(name: string, words: string | undefined, items: HTMLElement[]): HTMLElement[] {
  if (items.length === 0) return [];
  const whole = document.createElement('details');
  whole.className = `file-group ${name}`;
  whole.open = true;
  const summary = document.createElement('summary');
  summary.textContent = fill(words, { count: items.length });
  const list = document.createElement('ol');
  list.className = 'rows files';
  list.append(...items);
  whole.append(summary, list);
  return [whole];
}
