/** When somebody else has changed the same things of a plan: how it was, how she has it and how it is now, to be put together. */

import { html, render } from "lit";
import type { PlanDesk } from "./desk";
import type { ContestedRow } from "./keeper";

export class PlanConflict {
  private readonly dialog = document.createElement("dialog");
  private shownFor: readonly ContestedRow[] | undefined;
  private mine: boolean[] = [];

  constructor(
    place: HTMLElement,
    private readonly desk: PlanDesk,
  ) {
    this.dialog.className = "conflict-dialog";
    this.dialog.setAttribute("aria-labelledby", "plan-conflict");
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    place.append(this.dialog);
  }

  /** Shows the question where there is one. */
  render(): void {
    const { desk } = this;
    const { state } = desk.session.keeper;
    if (state.kind !== "contested") {
      if (this.dialog.open) this.dialog.close();
      this.shownFor = undefined;
      return;
    }
    const { contested: rows } = state;
    if (this.shownFor !== rows) {
      this.shownFor = rows;
      this.mine = rows.map(() => true);
    }
    const settle = (): void => {
      desk.session.settle(rows, this.mine);
      desk.refresh();
    };
    const choice = (row: number, mine: boolean, words: string): unknown => html`<td><label class="check"><input type="radio" name="row-${row}"
      .checked=${this.mine[row] === mine} @change=${() => (this.mine[row] = mine)}><span>${words}</span></label></td>`;
    render(
      html`<section class="panel conflict"><h1 id="plan-conflict">${desk.say("conflict")}</h1><p>${desk.say("conflict-note")}</p>
        <table><thead><tr><th scope="col">${desk.say("conflict-what")}</th><th scope="col">${desk.say("conflict-was")}</th>
          <th scope="col">${desk.say("conflict-mine")}</th><th scope="col">${desk.say("conflict-theirs")}</th></tr></thead>
        <tbody>${rows.map((row, i) => html`<tr class="differs"><th scope="row">${row.label}</th><td>${row.was}</td>${choice(i, true, row.mine)}${choice(i, false, row.now)}</tr>`)}</tbody></table>
        <div class="actions"><button type="button" class="primary" data-settle @click=${settle}>${desk.say("conflict-save")}</button></div></section>`,
      this.dialog,
    );
    if (!this.dialog.open) this.dialog.showModal();
  }
}
