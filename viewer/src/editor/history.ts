/** What was done to a draft, to be taken back and done again. */

import type { Draft } from "./draft";
import { type Step, apply, diff } from "./patch";
import { Undoing } from "./undoing";

export class History extends Undoing<Draft, Step> {
  constructor(draft: Draft) {
    super(draft, { diff, apply });
  }

  get draft(): Draft {
    return this.now;
  }
}
