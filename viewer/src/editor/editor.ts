/**
 * The scene editor: the visitor's own viewer, in which links and hotspots are placed, dragged and followed, and the scene itself is set. What
 * is done is kept as a draft by itself, and can be undone. The forms that serve without scripts make room for it.
 */

import { html, nothing, render } from "lit";
import { CHANGED } from "../admin/quiet-forms";
import { bar, saveWords } from "./bar";
import { ConflictDialog } from "./conflict";
import { Desk, type Tab, type TourElement } from "./desk";
import { isLink } from "./draft";
import { openHelp } from "./help";
import { type Enliven, hidePlain, renewNorth, renewVersions, swapPage } from "./page";
import { PlanPanel } from "./plan-panel";
import { ScenePanel } from "./scene-panel";
import { Session } from "./session";
import { SpotPanel } from "./spot-panel";
import { StageLayer } from "./stage-layer";
import { tabs } from "./tabs";

const TABS: readonly Tab[] = ["spots", "scene", "plan"];

export function openEditor(root: HTMLElement, enliven: Enliven): void {
  const tour = root.querySelector<TourElement>("museum-tour");
  if (tour) void new Editor(root, tour, enliven).open(root.dataset["scene"] ?? "");
}

class Editor {
  private readonly sessions = new Map<string, Session>();
  private readonly desk: Desk;
  private readonly stage: StageLayer;
  private readonly spots: SpotPanel;
  private readonly scene: ScenePanel;
  private readonly plan: PlanPanel;
  private readonly conflict: ConflictDialog;
  private readonly bar = element("div", "editor-bar");
  private readonly side = element("aside", "desk");
  private readonly ways = element("nav", "neighbours");
  private readonly hint = element("p", "aim-words");
  private readonly spoken = element("p", "spoken");
  private lastTrouble = "";
  private amended: unknown;

  constructor(
    private readonly root: HTMLElement,
    private readonly tour: TourElement,
    private readonly enliven: Enliven,
  ) {
    const follow = (slug: string): void => this.follow(slug);
    this.spoken.setAttribute("role", "status");
    this.desk = new Desk(tour, () => this.render(), (words) => {
      this.spoken.textContent = words;
    });
    const layer = element("div", "marks-layer");
    const stage = root.querySelector<HTMLElement>(".stage") as HTMLElement;
    stage.append(layer, this.hint);
    root.prepend(this.bar);
    root.append(this.side, this.ways, this.spoken);
    this.stage = new StageLayer(layer, this.desk, follow);
    this.spots = new SpotPanel(this.desk, follow);
    this.scene = new ScenePanel(this.desk);
    this.plan = new PlanPanel(this.desk);
    this.conflict = new ConflictDialog(root, this.desk);
  }

  /** Takes the place of the forms. */
  async open(slug: string): Promise<void> {
    if (!(await this.turnTo(slug))) return; // The forms serve as ever.
    this.tour.unmarked = true;
    this.root.classList.add("scripted");
    hidePlain(document);
    this.tour.addEventListener("scene-change", (event) => {
      const { slug: next, foreign } = (event as CustomEvent<{ slug: string; foreign: boolean }>).detail;
      if (!foreign) void this.arrive(next);
    });
    this.tour.addEventListener("view-change", () => this.plan.turn(this.side));
    document.addEventListener(CHANGED, () => void this.desk.session?.renew());
    document.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("submit", (event) => this.onSubmit(event), { capture: true });
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved.length > 0) event.preventDefault();
    });
    window.addEventListener("online", () => this.saveAll());
    document.addEventListener("visibilitychange", () => document.hidden && this.saveAll());
    window.addEventListener("popstate", () => {
      const found = /^\/admin\/scenes\/([a-z0-9-]+)$/.exec(location.pathname);
      if (found && found[1] !== this.desk.session?.slug) this.tour.scene = found[1]!;
    });
    this.render();
    this.showAsked();
  }

  /** Selects the hotspot that the address names, as lists of hotspots do, and turns to it. */
  private showAsked(): void {
    const [, number] = /^#hotspot-(\d+)$/.exec(location.hash) ?? [];
    if (!number) return;
    this.desk.select(`hotspots:${number}`);
    // The browser has gone to where the plain form of it stood.
    this.root.scrollIntoView();
    const { spot } = this.desk;
    if (spot) void this.tour.ready.then(() => this.tour.turnTo({ yaw: spot.yaw, pitch: spot.pitch }, 0.4));
  }

  private get unsaved(): Session[] {
    return [...this.sessions.values()].filter(({ saver }) => saver.dirty);
  }

  private saveAll(): void {
    for (const { saver } of this.unsaved) void saver.flush();
  }

  /** Has the session of a scene at hand; whether it could be had. */
  private async turnTo(slug: string): Promise<boolean> {
    let session = this.sessions.get(slug);
    const known = session !== undefined;
    try {
      session ??= await Session.open(slug, {
        changed: () => this.desk.session === session && this.render(),
        kept: (kept, version, foreign) => {
          if (kept !== this.desk.session?.slug) return;
          renewVersions(version, foreign);
          renewNorth(this.desk.session.draft.north);
        },
      });
    } catch {
      return false;
    }
    this.sessions.set(slug, session);
    this.desk.session = session;
    this.desk.words = session.page.words;
    this.desk.selected = this.desk.corner = this.desk.pending = undefined;
    this.desk.mode = { kind: "rest" };
    if (known) void session.renew();
    return true;
  }

  /** Steps to a neighbour; what is not saved yet is saved on the way. */
  private follow(slug: string): void {
    void this.desk.session?.saver.flush();
    this.tour.scene = slug;
  }

  /** The viewer has come to another scene, in whatever way. */
  private async arrive(slug: string): Promise<void> {
    if (slug === this.desk.session?.slug) {
      this.amended = undefined;
      this.render();
      return;
    }
    const address = `/admin/scenes/${slug}`;
    void this.desk.session?.saver.flush();
    if (!(await this.turnTo(slug))) {
      location.assign(address);
      return;
    }
    this.amended = undefined;
    this.root.dataset["scene"] = slug;
    if (location.pathname !== address) history.pushState(null, "", address);
    this.render();
    if (!(await swapPage(this.root, address, this.enliven)) && navigator.onLine) location.assign(address);
    this.desk.announce(this.desk.say("arrived", { title: this.desk.session?.page.title ?? slug }));
  }

  private render(): void {
    const { session } = this.desk;
    if (!session) return;
    const { desk } = this;
    this.amend();
    render(bar(desk, () => openHelp(this.root, desk)), this.bar);
    render(this.hintWords(), this.hint);
    this.hint.hidden = desk.mode.kind === "rest" && !desk.hint;
    this.stage.render();
    render(
      tabs({ desk, names: TABS, chosen: desk.tab, id: "editor-panel", panel: this.panel(), choose: (tab) => this.show(tab) }),
      this.side,
    );
    this.ways.setAttribute("aria-label", desk.say("neighbours"));
    render(this.neighbours(session), this.ways);
    this.plan.turn(this.side);
    this.conflict.render(session);
    const { words, trouble } = saveWords(desk, session.saver.state);
    if (trouble && words !== this.lastTrouble) desk.announce(words);
    this.lastTrouble = trouble ? words : "";
  }

  private panel(): unknown {
    if (this.desk.tab === "spots") return this.spots.template();
    return this.desk.tab === "scene" ? this.scene.template() : this.plan.template();
  }

  /** Shows the picture as the draft has it. */
  private amend(): void {
    const draft = this.desk.draft!;
    const { north, level_pitch: pitch, level_roll: roll, nadir_kind: kind, nadir_radius: radius } = draft;
    const shown = JSON.stringify([this.desk.session!.slug, north, pitch, roll, kind, radius]);
    if (shown === this.amended || this.tour.scene !== this.desk.session!.slug) return;
    this.amended = shown;
    this.tour.amend({ north, level: { pitch, roll }, nadir: kind ? { kind, radius } : null });
  }

  private show(tab: Tab): void {
    this.desk.tab = tab;
    this.desk.refresh();
  }

  private hintWords(): unknown {
    const { mode, hint } = this.desk;
    const key = { rest: "", place: "aim", put: "aim-put", north: "aim-north", level: "aim-level", outline: "aim-outline" }[mode.kind];
    const second = mode.kind === "level" && mode.first;
    const words = hint || (key ? this.desk.say(second ? "aim-level-second" : key) : "");
    const drawn = mode.kind === "outline" ? mode.corners.length : 0;
    return html`${words}${drawn >= 3 ? html` <button type="button" class="small" data-close-outline @click=${() => this.desk.closeOutline()}>${this.desk.say("outline-close")}</button>` : nothing}
      ${mode.kind === "rest" ? nothing : html` <button type="button" class="small quiet" data-cancel @click=${() => this.desk.leave()}>${this.desk.say("cancel")}</button>`}`;
  }

  private neighbours({ draft, targets }: Session): unknown {
    const slugs = [...new Set(draft.links.flatMap((link) => (isLink(link) && link.target ? [link.target] : [])))];
    if (slugs.length === 0) return nothing;
    return html`<h2>${this.desk.say("neighbours")}</h2><ul>${slugs.map((slug) => {
      const target = targets.get(`scene:${slug}`);
      return html`<li><button type="button" data-step=${slug} @click=${() => this.follow(slug)}>
        ${target?.thumbnail ? html`<img src=${target.thumbnail} alt="" loading="lazy">` : html`<span class="no-thumb">${this.desk.say("no-picture-yet")}</span>`}
        <span class="choice-title">${target?.title ?? slug}</span></button></li>`;
    })}</ul>`;
  }

  private onKey(event: KeyboardEvent): void {
    const field = event.target instanceof Element && event.target.closest("input, textarea, select");
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y") && !(field && field.matches("textarea, input:not([type=number])"))) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) this.desk.redo();
      else this.desk.undo();
    } else if (key === "escape" && !document.querySelector("dialog[open]") && (this.desk.mode.kind !== "rest" || this.desk.pending || this.desk.selected)) {
      this.desk.leave();
    }
  }

  /** Forms of the page that act on the scene wait until it is saved. */
  private onSubmit(event: SubmitEvent): void {
    const form = event.target;
    const { session } = this.desk;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || !session?.saver.dirty) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    void session.saver.flush().then((saved) => {
      if (saved) form.requestSubmit(submitter instanceof HTMLElement ? submitter : null);
      else this.bar.scrollIntoView({ block: "center" });
    });
  }
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
