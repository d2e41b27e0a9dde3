/** When somebody else has changed the same things: how it was, how she has it and how it is now, to be put together. */

import { html, nothing, render } from "lit";
import type { Desk } from "./desk";
import { resolve } from "./resolve";
import type { Session } from "./session";

export class ConflictDialog {
  private readonly dialog = document.createElement("dialog");
  private shownFor: unknown;
  private mine: boolean[] = [];

  constructor(
    place: HTMLElement,
    private readonly desk: Desk,
  ) {
    this.dialog.className = "conflict-dialog";
    this.dialog.setAttribute("aria-labelledby", "editor-conflict");
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    place.append(this.dialog);
  }

  /** Shows the question where there is one. */
  render(session: Session): void {
    const { state } = session.saver;
    if (state.kind !== "contested") {
      if (this.dialog.open) this.dialog.close();
      this.shownFor = undefined;
      return;
    }
    const { contested } = state;
    if (this.shownFor !== contested) {
      this.shownFor = contested;
      this.mine = contested.contested.map(() => true);
    }
    const { desk } = this;
    const settle = (): void => {
      const draft = resolve(contested, session.saver.mine, this.mine, session.numbers);
      session.settle(contested.version, draft);
      desk.refresh();
    };
    const choice = (row: number, mine: boolean, words: string): unknown => html`<td><label class="check"><input type="radio" name="row-${row}"
      .checked=${this.mine[row] === mine} @change=${() => (this.mine[row] = mine)}><span>${words || desk.say("nothing")}</span></label></td>`;
    render(
      html`<section class="panel conflict"><h1 id="editor-conflict">${desk.say("conflict")}</h1><p>${desk.say("conflict-note")}</p>
        <table><thead><tr><th scope="col">${desk.say("conflict-what")}</th><th scope="col">${desk.say("conflict-was")}</th>
          <th scope="col">${desk.say("conflict-mine")}</th><th scope="col">${desk.say("conflict-theirs")}</th></tr></thead>
        <tbody>${contested.contested.map((row, i) => html`<tr class="differs"><th scope="row">${row.part ? html`${row.part}<br>` : nothing}${row.label}</th>
          <td>${row.was || desk.say("nothing")}</td>${choice(i, true, row.mine)}${choice(i, false, row.now)}</tr>`)}</tbody></table>
        <div class="actions"><button type="button" class="primary" data-settle @click=${settle}>${desk.say("conflict-save")}</button></div></section>`,
      this.dialog,
    );
    if (!this.dialog.open) this.dialog.showModal();
  }
}
