/** The ways on and the things of a scene: buttons in the picture, the outlines of things, and labels. */

import { html, nothing } from "lit";
import { say } from "../../i18n/catalog";
import type { View } from "../../panorama/view";
import { fillLabel, labelStyles, nameOfWay } from "../label";
import { farScale } from "../label-layout";
import { Labels } from "../labels";
import { type MarkName, hotspotButton, linkButton, outlines, readingOrder } from "../marks";
import { markStyles } from "../mark-styles";
import { type Mark, Overlay } from "../overlay";
import type { Rendered, TourHost, TourPart } from "../part";
import { Press } from "../press";
import type { Tour, TourLink } from "../types";
import type { Corner, Quad } from "../../ui/quad";
import { leadsOn, markPitch } from "../ways-out";
import type { Visit } from "../visit";

export class Marks implements TourPart {
  static readonly styles = [markStyles, labelStyles];

  readonly regions = { picture: () => this.render() };
  private readonly overlay = new Overlay();
  private readonly pressOnMark = new Press();
  private readonly pressOnPicture = new Press();
  private readonly labels = new Labels(() => this.placeLabels());
  /** The ways that are named, from the nearest on, and their names. */
  private named: { link: TourLink; element: HTMLElement }[] = [];
  private ways: ReadonlySet<number> = new Set();
  private pointed: MarkName | undefined;
  /** Of the scene before: whether anything of the tour had the focus, and whether one of its ways had it. */
  private hadFocus = false;
  private walkedByKey = false;
  private placed: { tour: Tour | undefined; language: string } = { tour: undefined, language: "" };

  constructor(private readonly host: TourHost) {}

  raised({ surface, signal }: Visit): void {
    surface.addEventListener("pointermove", (event) => this.onPoint(event), { signal });
    surface.addEventListener("pointerdown", (event) => this.pressOnPicture.begin(event), { signal });
    surface.addEventListener("pointerup", (event) => this.onRelease(event), { signal });
    surface.addEventListener("pointerleave", () => this.point(undefined), { signal });
  }

  /** Where the thing that a hotspot opens lies in the window; undefined where it has no outline in sight. */
  quad(hotspot: number): Quad | undefined {
    const { left, top } = this.host.getBoundingClientRect();
    const move = ([x, y]: Corner): Corner => [left + x, top + y];
    const quad = this.overlay.quad(hotspot);
    return quad && [move(quad[0]), move(quad[1]), move(quad[2]), move(quad[3])];
  }

  entered(): void {
    this.point(undefined);
    this.hadFocus = this.query(":focus") !== null;
    this.walkedByKey = this.query("[data-link]:focus") !== null;
  }

  taken(): void {
    this.point(undefined);
  }

  rested(): void {
    this.placeLabels();
  }

  hostUpdated(): void {
    const { tour, language } = this.host;
    if (tour === this.placed.tour && language === this.placed.language) return;
    this.placed = { tour, language };
    if (tour && !this.host.unmarked) this.place(tour);
    this.keepFocus();
  }

  /** The way that was gone is no longer there, or is another one: whoever went it by keys stands in the new scene, not nowhere. */
  private keepFocus(): void {
    if (this.walkedByKey || (this.hadFocus && !this.query(":focus"))) this.query(".stage")?.focus({ preventScroll: true });
    this.hadFocus = this.walkedByKey = false;
  }

  drawn({ guide, time }: Visit): void {
    const overlay = this.query(".overlay");
    overlay?.classList.toggle("passing", guide.passing || !time.marked);
    overlay?.classList.toggle("comparing", time.comparing);
  }

  turned(view: View): void {
    this.overlay.place(view, this.host.clientWidth, this.host.clientHeight);
    this.placeLabels();
  }

  private render(): Rendered {
    const { tour, language, visit } = this.host;
    if (!tour || this.host.unmarked) return nothing;
    const { scene } = tour;
    const release = (event: PointerEvent): boolean => this.pressOnMark.end(event);
    return html`<div class="overlay" @click=${this.onClick} @pointerover=${this.onOver} @focusin=${this.onFocus}
      @pointerdown=${this.onGrip} @pointermove=${this.onGripMove} @pointerup=${release} @pointercancel=${release}
      @wheel=${(event: WheelEvent) => visit?.controller.onWheel(event)}
      @pointerout=${() => this.point(undefined)} @focusout=${() => this.point(undefined)}>
      ${outlines(scene)} ${scene.links.map((link) => linkButton(link, language))}
      <div role="group" aria-label=${say(language, "things")}>
        ${readingOrder(scene.hotspots, scene.view.yaw).map((hotspot) => hotspotButton(hotspot, language))}
      </div>
      ${scene.links.filter(leadsOn).map((link) => nameOfWay(link, language))}
      <div class="label"></div>
    </div>`;
  }

  private query<E extends Element = HTMLElement>(selector: string): E | null {
    return this.host.renderRoot.querySelector<E>(selector);
  }

  private place({ scene }: Tour): void {
    const marks: Mark[] = [];
    for (const link of scene.links) {
      const element = this.query(`[data-link="${link.id}"]`)!;
      const flat = element.querySelector<HTMLElement>(".lie") ?? undefined;
      marks.push({ id: -link.id, element, yaw: link.yaw, pitch: markPitch(link), flat });
    }
    for (const { id, yaw, pitch, polygon } of scene.hotspots) {
      const element = this.query(`[data-hotspot="${id}"]`)!;
      const outline = this.query<SVGPolygonElement>(`[data-outline="${id}"]`) ?? undefined;
      marks.push({ id, element, yaw, pitch, outline, polygon: polygon ?? undefined });
    }
    this.overlay.set(marks);
    const ways = scene.links.filter(leadsOn).sort((a, b) => metres(a) - metres(b));
    this.named = ways.map((link) => ({ link, element: this.query(`[data-name="${link.id}"]`)! }));
    this.ways = new Set(ways.map(({ id }) => -id));
    this.labels.set([this.query(".label")!, ...this.named.map(({ element }) => element)]);
    this.host.visit?.renew();
  }

  private markOf(event: Event): (MarkName & { element: HTMLElement }) | undefined {
    const element = (event.target as Element).closest<HTMLElement>("[data-link], [data-hotspot]");
    if (!element) return undefined;
    const link = element.dataset["link"];
    return { id: Number(link ?? element.dataset["hotspot"]), link: link !== undefined, element };
  }

  private readonly onClick = (event: Event): void => {
    const mark = this.markOf(event);
    const scene = this.host.tour?.scene;
    if (!mark || !scene) return;
    if (mark.link) {
      const link = scene.links.find((known) => known.id === mark.id);
      if (link) void this.host.follow(link);
    } else {
      const hotspot = scene.hotspots.find((known) => known.id === mark.id);
      if (hotspot) void this.host.openHotspot(hotspot, mark.element);
    }
  };

  /** A drag that begins on a mark turns the view like any other; only a press that stays there is one of the mark. */
  private readonly onGrip = (event: PointerEvent): void => {
    // A quick hand leaves the small mark between two events.
    if (this.pressOnMark.begin(event)) this.markOf(event)?.element.setPointerCapture(event.pointerId);
  };

  private readonly onGripMove = (event: PointerEvent): void => {
    if (this.pressOnMark.becomesDrag(event)) this.host.visit?.controller.hold(event);
  };

  private readonly onOver = (event: Event): void => {
    const mark = this.markOf(event);
    if (mark) this.point(mark);
  };

  /** Focus by keyboard turns the view to what has it. */
  private readonly onFocus = (event: Event): void => {
    const mark = this.markOf(event);
    const scene = this.host.tour?.scene;
    if (!scene || !mark?.element.matches(":focus-visible")) return;
    const known = (mark.link ? scene.links : scene.hotspots).find(({ id }) => id === mark.id);
    if (known) void this.host.turnTo({ yaw: known.yaw, pitch: mark.link ? Math.max(known.pitch, -12) : known.pitch }, 0.6);
    this.point(mark);
  };

  private onPoint(event: PointerEvent): void {
    if (event.buttons !== 0 || event.pointerType === "touch") return;
    const id = this.overlay.at(event.offsetX, event.offsetY);
    this.point(id === undefined ? undefined : { id, link: false });
  }

  /** A press that did not become a drag opens the thing under it. */
  private onRelease(event: PointerEvent): void {
    const { tour } = this.host;
    if (!this.pressOnPicture.end(event) || !tour) return;
    const box = this.host.getBoundingClientRect();
    const id = this.overlay.at(event.clientX - box.left, event.clientY - box.top);
    const hotspot = tour.scene.hotspots.find((known) => known.id === id);
    if (hotspot) void this.host.openHotspot(hotspot, this.query(`[data-hotspot="${hotspot.id}"]`) ?? undefined);
  }

  private point(mark: MarkName | undefined): void {
    if (mark?.id === this.pointed?.id && mark?.link === this.pointed?.link) return;
    this.pointed = mark && { id: mark.id, link: mark.link };
    const link = mark?.link ? this.host.tour?.scene.links.find(({ id }) => id === mark.id) : undefined;
    if (link) this.host.visit?.guide.foreseeWay(link);
    this.overlay.light(mark && numberOf(mark));
    this.host.visit?.surface.classList.toggle("over-thing", mark !== undefined);
    this.placeLabels();
  }

  /** The label of what is pointed at, the name of the way straight on, and those of the others from the nearest on. */
  private placeLabels(): void {
    const { labels, overlay, named, pointed } = this;
    const { tour, language, clientWidth, clientHeight, idle } = this.host;
    const label = this.query(".label");
    if (!label || !tour) return;
    labels.begin();
    if (pointed) {
      fillLabel(label, { name: pointed, tour, language });
      labels.want(label, overlay.anchor(numberOf(pointed)));
    }
    if (!idle) {
      const straight = overlay.nearest(this.ways, clientWidth, clientHeight);
      const ahead = straight === undefined ? undefined : named.find(({ link }) => link.id === -straight);
      if (ahead && !this.isPointedAt(ahead.link)) labels.want(ahead.element, overlay.anchor(-ahead.link.id));
      for (const { link, element } of named) {
        if (!this.isPointedAt(link)) labels.want(element, overlay.anchor(-link.id), farScale(metres(link)));
      }
    }
    labels.end(clientWidth, clientHeight);
  }

  private isPointedAt({ id }: TourLink): boolean {
    return this.pointed?.link === true && this.pointed.id === id;
  }
}

/** How far away a way leads, in metres; about, where nobody has measured it. */
function metres({ distance }: TourLink): number {
  return distance ?? 5;
}

/** Links and hotspots are numbered apart from each other; here links have the negative numbers. */
function numberOf({ id, link }: MarkName): number {
  return link ? -id : id;
}
