/** The files of a batch by what is becoming of them: first those that need somebody, last those that are done, which fold away. */

import { fill, type Say } from './amounts';
import type { Row } from './lines';
import { button } from './plan';

const GROUPS = ['attention', 'moving', 'waiting', 'done'] as const;
export type Group = (typeof GROUPS)[number];
/** With more files than this what only waits or is done folds away. */
const FEW = 20;

interface Part {
  whole: HTMLDetailsElement;
  words: HTMLElement;
  list: HTMLElement;
  count: number;
}

/** What is done to all files at once that need somebody. */
export interface ForAll {
  retry: () => void;
  answer: (layout: string) => void;
  /** Layouts that a picture may have, and their words. */
  answers: readonly (readonly [layout: string, words: string])[];
}

export class Groups {
  private readonly parts = new Map<Group, Part>();
  private readonly where = new Map<number, Group>();
  private readonly again: HTMLButtonElement;
  private readonly answers = document.createElement('div');
  private readonly asked = document.createElement('p');
  private folded = false;

  /** In the place of what the server wrote into `root`. */
  constructor(root: HTMLElement, private readonly say: Say, acts: ForAll) {
    root.replaceChildren();
    this.again = button(say('RetryAll'), acts.retry);
    this.answers.className = 'answer-all';
    this.answers.append(this.asked, ...acts.answers.map(([layout, words]) => button(words, () => acts.answer(layout))));
    for (const name of GROUPS) {
      const whole = document.createElement('details');
      whole.className = `file-group ${name}`;
      whole.open = true;
      whole.hidden = true;
      const words = document.createElement('summary');
      const list = document.createElement('ol');
      list.className = 'rows files';
      list.dataset['lines'] = '';
      whole.append(words, ...(name === 'attention' ? [this.again, this.answers] : []), list);
      root.append(whole);
      this.parts.set(name, { whole, words, list, count: 0 });
    }
  }

  /** Puts a row where it belongs now, in the order of the files. */
  place(position: number, row: Row, group: Group): void {
    const before = this.where.get(position);
    if (before === group) return;
    const held = row.element.contains(document.activeElement);
    const { list } = this.part(group);
    let next = list.lastElementChild;
    let after: Element | null = null;
    while (next && Number((next as HTMLElement).dataset['file']) > position) {
      after = next;
      next = next.previousElementSibling;
    }
    list.insertBefore(row.element, after);
    if (before) this.part(before).count -= 1;
    this.part(group).count += 1;
    this.where.set(position, group);
    if (held) row.focus();
  }

  /** To be called when all rows are in their places; `retries` says whether any can be tried again, `asking` how many ask how they are laid out. */
  settle(retries: boolean, asking: number): void {
    const total = this.where.size;
    if (!this.folded && total > FEW) {
      this.folded = true;
      this.part('waiting').whole.open = this.part('done').whole.open = false;
    }
    this.again.hidden = !retries;
    this.answers.hidden = asking < 2;
    this.asked.textContent = fill(this.say('AnswerAll'), { count: asking });
    for (const [name, part] of this.parts) {
      part.whole.hidden = part.count === 0;
      const words = fill(this.say(`Group${name[0]?.toUpperCase()}${name.slice(1)}`), { count: part.count });
      if (part.words.textContent !== words) part.words.textContent = words;
    }
  }

  private part(name: Group): Part {
    return this.parts.get(name) as Part;
  }
}
