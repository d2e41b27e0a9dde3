/**
 * The page of a venue's floor plans: its scenes as pins that are dragged, turned and taken off, its floors with their pictures, and ways
 * between neighbours. What is done is kept by itself, and can be undone. The forms that serve without scripts make room for it.
 */

import { html, nothing, render } from "lit";
import { arrows, leftOver, saveWords } from "../editor/bar";
import { tabs } from "../editor/tabs";
import { PlanConflict } from "./conflict";
import { PlanDesk, type Tab } from "./desk";
import { FloorPanel } from "./floor-panel";
import { PlanScenePanel } from "./scene-panel";
import { PlanSession } from "./session";
import { PlanStage } from "./stage";
import { WaysPanel } from "./ways-panel";

const TABS: readonly Tab[] = ["scenes", "floors", "ways"];

export async function openPlan(root: HTMLElement): Promise<void> {
  let page: PlanPage | undefined;
  const session = await PlanSession.open(root.dataset["floorPlan"] ?? "", () => page?.render()).catch(() => undefined);
  if (!session) return; // The forms serve as ever.
  page = new PlanPage(root, session);
  page.render();
}

class PlanPage {
  private readonly desk: PlanDesk;
  private readonly stage: PlanStage;
  private readonly scenes: PlanScenePanel;
  private readonly floors: FloorPanel;
  private readonly ways: WaysPanel;
  private readonly conflict: PlanConflict;
  private readonly bar = element("div", "editor-bar");
  private readonly side = element("aside", "desk");
  private readonly hint = element("div", "aim-words");
  private readonly spoken = element("p", "spoken");
  private readonly keys = element("p", "spoken");
  private lastTrouble = "";

  constructor(
    root: HTMLElement,
    private readonly session: PlanSession,
  ) {
    this.spoken.setAttribute("role", "status");
    this.keys.id = "plan-keys";
    const frame = element("div", "plan-frame");
    const place = element("div", "plan-stage");
    place.dataset["stage"] = "";
    frame.append(place, this.hint);
    root.classList.add("scripted");
    root.replaceChildren(this.bar, frame, this.side, this.spoken, this.keys);
    for (const part of document.querySelectorAll<HTMLElement>("[data-plain]")) part.hidden = true;
    this.desk = new PlanDesk(session, () => this.render(), (words) => {
      this.spoken.textContent = words;
    });
    this.keys.textContent = this.desk.say("keys-hint");
    this.scenes = new PlanScenePanel(this.desk, () => this.stage);
    this.floors = new FloorPanel(this.desk);
    this.ways = new WaysPanel(this.desk);
    this.conflict = new PlanConflict(root, this.desk);
    this.stage = new PlanStage(place, this.desk);
    document.addEventListener("keydown", (event) => this.onKey(event));
    window.addEventListener("beforeunload", (event) => {
      if (session.keeper.dirty) event.preventDefault();
    });
    window.addEventListener("online", () => void session.keeper.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) void session.keeper.flush();
      else void session.renew().then(() => this.render());
    });
    // A file dropped beside its place must not make the browser leave the page.
    for (const kind of ["dragover", "drop"] as const) window.addEventListener(kind, (event) => event.preventDefault());
  }

  render(): void {
    const { desk, session } = this;
    if (!this.stage) return; // Still being put together.
    render(this.barWords(), this.bar);
    render(this.hintWords(), this.hint);
    this.hint.hidden = desk.mode.kind === "rest";
    this.stage.render();
    render(
      tabs({ desk, names: TABS, chosen: desk.tab, id: "plan-panel", panel: this.panel(), choose: (tab) => this.show(tab) }),
      this.side,
    );
    this.conflict.render();
    const { words, trouble } = saveWords(desk, session.keeper.state);
    if (trouble && words !== this.lastTrouble) desk.announce(words);
    this.lastTrouble = trouble ? words : "";
  }

  private panel(): unknown {
    if (this.desk.tab === "scenes") return this.scenes.template();
    return this.desk.tab === "floors" ? this.floors.template() : this.ways.template();
  }

  private show(tab: Tab): void {
    this.desk.tab = tab;
    if (tab === "ways") void this.ways.ask();
    this.desk.refresh();
  }

  private barWords(): unknown {
    const { desk, session } = this;
    const { undoable, redoable } = session.history;
    const button = (name: "undo" | "redo", label: string | undefined, act: () => void): unknown => {
      const words = label ? desk.say(`${name}-what`, { what: desk.say(`did-${label}`) }) : desk.say(name);
      return html`<button type="button" class="icon" data-do=${name} title=${words} aria-label=${words} ?disabled=${!label} @click=${act}>${arrows[name]}</button>`;
    };
    const { words, trouble } = saveWords(desk, session.keeper.state);
    return html`${session.floors.length > 1
        ? html`<div class="tools" role="group" aria-label=${desk.say("floor")}>${session.floors.map((floor) => html`<button type="button" data-floor=${floor.key} aria-pressed=${floor.key === desk.floor.key ? "true" : "false"}
            @click=${() => desk.turnTo(floor.key)}>${desk.nameOf(floor)}</button>`)}</div>`
        : nothing}
      <div class="undoing">${button("undo", undoable, () => desk.undo())}${button("redo", redoable, () => desk.redo())}</div>
      ${session.page.more ? html`<p class="hint">${desk.say("more", { count: session.page.scenes.length })}</p>` : nothing}
      <p class="save-sign ${trouble ? "trouble" : ""}" data-save=${session.keeper.state.kind} role=${trouble ? "alert" : nothing}>
        <span class="save-dot" aria-hidden="true"></span><span>${words}</span>
        ${trouble && session.keeper.state.kind !== "contested" ? html`<button type="button" class="small" data-retry @click=${() => void session.keeper.flush()}>${desk.say("retry")}</button>` : nothing}</p>
      ${leftOver(desk, session.left.offered, (take) => {
        session.settleLeft(take);
        desk.refresh();
      })}`;
  }

  private hintWords(): unknown {
    const { desk } = this;
    const { mode } = desk;
    if (mode.kind === "rest") return nothing;
    const words =
      mode.kind === "place"
        ? desk.say("aim-place", { title: this.session.scenes.get(mode.slug)?.title ?? mode.slug })
        : desk.say(mode.kind === "picture" ? "aim-picture" : ["aim-first", "aim-second", "aim-length"][mode.ends.length]!);
    return html`${words} <button type="button" class="small quiet" data-cancel @click=${() => desk.leave()}>${desk.say(mode.kind === "picture" ? "done" : "cancel")}</button>`;
  }

  private onKey(event: KeyboardEvent): void {
    const field = event.target instanceof Element && event.target.closest("input, textarea, select");
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y") && !(field && field.matches("textarea, input:not([type=number])"))) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) this.desk.redo();
      else this.desk.undo();
    } else if (key === "escape" && !document.querySelector("dialog[open]")) {
      this.desk.leave();
    }
  }
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
