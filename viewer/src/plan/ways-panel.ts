/** The panel of ways between neighbours: proposed for the whole venue, chosen, and made as one act that can be taken back. */

import { type TemplateResult, html, nothing } from "lit";
import type { PlanDesk } from "./desk";
import type { Way } from "./session";

export class WaysPanel {
  private busy = false;
  private words = "";
  private trouble = false;
  private undo: string | undefined;

  constructor(private readonly desk: PlanDesk) {}

  /** Asks for proposals, by where all stands now. */
  async ask(): Promise<void> {
    const { desk } = this;
    await this.during(async () => {
      if (!(await desk.session.keeper.flush())) throw new Error(desk.say("ways-unsaved"));
      const found = await desk.session.proposals();
      desk.ways = { found, chosen: new Set(found.filter((way) => this.may(way))) };
    });
  }

  template(): TemplateResult {
    const { desk } = this;
    const { ways } = desk;
    return html`<section data-ways><h2>${desk.say("ways")}</h2><p class="hint">${desk.say("ways-hint")}</p>
      ${this.words ? html`<p class=${this.trouble ? "problem" : "row-note"} role=${this.trouble ? "alert" : "status"} data-said>${this.words}</p>` : nothing}
      ${this.undo ? html`<div class="actions"><button type="button" data-undo-ways ?disabled=${this.busy} @click=${() => void this.takeBack()}>${desk.say("ways-undo")}</button></div>` : nothing}
      ${ways && ways.found.length > 0 ? this.list(ways) : html`<p class="empty">${desk.say(this.busy ? "ways-asking" : "ways-none")}</p>`}
      <div class="actions"><button type="button" class="quiet" data-ask ?disabled=${this.busy} @click=${() => void this.ask()}>${desk.say("ways-again")}</button></div></section>`;
  }

  private list({ found, chosen }: { found: Way[]; chosen: Set<Way> }): TemplateResult {
    const { desk } = this;
    const choose = (ways: Way[], yes: boolean): void => {
      for (const way of ways) {
        if (yes && this.may(way)) chosen.add(way);
        else chosen.delete(way);
      }
      desk.refresh();
    };
    const title = (slug: string): string => desk.session.scenes.get(slug)?.title ?? slug;
    return html`<div class="actions"><button type="button" class="small" data-all @click=${() => choose(found, true)}>${desk.say("ways-all")}</button>
        <button type="button" class="small quiet" data-none @click=${() => choose(found, false)}>${desk.say("ways-no")}</button></div>
      <ul class="checks">${found.map((way) => html`<li><label class="check"><input type="checkbox" data-way="${way.first}/${way.second}" .checked=${chosen.has(way)} ?disabled=${!this.may(way)}
        @change=${(event: Event) => choose([way], (event.target as HTMLInputElement).checked)}><span>${title(way.first)} ↔ ${title(way.second)} <span class="row-note">${way.metres.toFixed(1)} m</span></span></label></li>`)}</ul>
      ${desk.session.page.link ? html`<button type="button" class="primary" data-join ?disabled=${this.busy || chosen.size === 0} @click=${() => void this.join([...chosen])}>${desk.say("ways-make", { count: chosen.size })}</button>` : nothing}`;
  }

  /** Both ends have to be hers to change. */
  private may({ first, second }: Way): boolean {
    return [first, second].every((slug) => this.desk.session.scenes.get(slug)?.editable);
  }

  private async join(ways: Way[]): Promise<void> {
    await this.during(async () => {
      const { words, undo } = await this.desk.session.join(ways);
      this.undo = undo;
      const found = await this.desk.session.proposals();
      this.desk.ways = { found, chosen: new Set() };
      this.say(words);
    });
  }

  private async takeBack(): Promise<void> {
    const { undo, desk } = this;
    if (!undo) return;
    await this.during(async () => {
      if (!(await desk.session.takeBack(undo))) throw new Error(desk.say("ways-failed"));
      this.undo = undefined;
      const found = await desk.session.proposals();
      desk.ways = { found, chosen: new Set(found.filter((way) => this.may(way))) };
      this.say(desk.say("ways-undone"));
    });
  }

  private async during(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.words = "";
    this.trouble = false;
    this.desk.refresh();
    try {
      await act();
    } catch (error) {
      this.trouble = true;
      const known = error instanceof Error && !(error instanceof TypeError) && !/^\d+$/.test(error.message) ? error.message : "";
      this.words = known || this.desk.say("ways-failed");
    }
    this.busy = false;
    this.desk.refresh();
  }

  private say(words: string): void {
    this.words = words;
    this.desk.announce(words);
  }
}
