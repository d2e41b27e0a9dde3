/** Two points on a thing, and how far they are apart. */

import { type TemplateResult, html, nothing, svg } from "lit";
import type { Language } from "../i18n/languages";
import { distance } from "./length";
import type { ModelStage, SurfacePoint } from "./model-stage";
import { sayLength, tell } from "./words";

const line = svg`<line class="edge"/><line/>`;
const end = svg`<circle r="6"/>`;

export class Measuring {
  points: SurfacePoint[] = [];

  /** `scale` is metres of the thing for one unit of its file. */
  constructor(
    private readonly stage: ModelStage,
    readonly scale: number,
  ) {}

  /** Sets the next point at (x, y) CSS pixels of the element; a third one begins anew. Returns whether the thing is there. */
  set(x: number, y: number): boolean {
    const point = this.stage.pointAt(x, y);
    if (!point) return false;
    this.points = this.points.length === 2 ? [point] : [...this.points, point];
    return true;
  }

  /** Metres of the real thing. */
  get length(): number | undefined {
    const [first, second] = this.points;
    return first && second && distance(first.position, second.position) * this.scale;
  }

  /** Lays the line, its ends and its length over the picture. */
  draw(root: ParentNode): void {
    const svg = root.querySelector<SVGSVGElement>("svg.line");
    if (!svg) return;
    const places = this.points.map((point) => this.stage.place(point).clone());
    svg.querySelectorAll("circle").forEach((circle, number) => {
      const place = places[number];
      if (!place) return;
      circle.setAttribute("cx", place.x.toFixed(1));
      circle.setAttribute("cy", place.y.toFixed(1));
    });
    const [from, to] = places;
    if (!from || !to) return;
    for (const line of svg.querySelectorAll("line")) {
      line.setAttribute("x1", from.x.toFixed(1));
      line.setAttribute("y1", from.y.toFixed(1));
      line.setAttribute("x2", to.x.toFixed(1));
      line.setAttribute("y2", to.y.toFixed(1));
    }
    const label = root.querySelector<HTMLElement>(".length");
    if (label) label.style.translate = `calc(${((from.x + to.x) / 2).toFixed(1)}px - 50%) calc(${((from.y + to.y) / 2).toFixed(1)}px - 150%)`;
  }
}

/** What lies over the picture: the line, its ends, its length; and for who measures by keys a cross in the middle. */
export function overlay({ points, length }: Measuring, language: Language, keyed: boolean): TemplateResult {
  return html`<svg class="line" aria-hidden="true">${points.length === 2 ? line : nothing} ${points.map(() => end)}</svg>
    ${length === undefined ? nothing : html`<output class="length">${sayLength(language, length)}</output>`}
    <i class="cross ${keyed ? "shown" : ""}" aria-hidden="true"></i>`;
}

/** What is said once a point was `set`, or was not because nothing is there. */
export function reported({ points, length }: Measuring, set: boolean, language: Language): string {
  if (!set) return tell(language, "measureMissed");
  if (length !== undefined) return tell(language, "measured", { length: sayLength(language, length) });
  return `${tell(language, "pointSet", { number: String(points.length) })} ${tell(language, "measureSecond")}`;
}
