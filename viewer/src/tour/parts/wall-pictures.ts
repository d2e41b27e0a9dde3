/**
 * A picture that is looked at closely is sharper where it hangs than the panorama has it: it is laid over its own likeness on the wall, in
 * the same light. Where the wall shows something else, whatever a curator's corners say, nothing is laid.
 */

import { html } from "lit";
import { fetchPicture } from "../../panorama/fetch-picture";
import { type View, focalLength, wrap } from "../../panorama/view";
import { sizeFor, sizeSeen } from "../hung-picture";
import { onWallsStyles, turnWalls } from "../on-walls";
import type { Corner } from "../plane";
import type { Rendered, TourHost, TourPart } from "../part";
import type { TourHotspot } from "../types";
import type { Visit } from "../visit";

type Corners = [Corner, Corner, Corner, Corner];

/** A picture that can be laid on its wall. */
interface Hung {
  id: number;
  corners: Corners;
  iiif: string;
  width: number;
  height: number;
}

/** From how many screen pixels for a pixel of the panorama on one looks closely. */
const CLOSE = 1.3;
/** How many times more pixels than the panorama has of it make a picture worth fetching. */
const SHARPER = 1.5;
/** Pixels of a face for each radian: from a half of its side in the middle to its whole side in the corners. */
const DENSITY = 0.6;

export class WallPictures implements TourPart {
  static readonly styles = onWallsStyles;

  readonly regions = { picture: () => this.render() };
  private hung: Hung[] = [];
  /** Pictures that look different on their wall, or could not be had. */
  private readonly others = new Set<number>();
  private wanted = "";
  private fetched: { hung: Hung; bitmap: ImageBitmap; hang: typeof import("../wall-picture").hang } | undefined;

  constructor(private readonly host: TourHost) {}

  entered(): void {
    this.clear();
    this.others.clear();
    this.hung = (this.host.tour?.scene.hotspots ?? []).flatMap(hangs);
  }

  hostDisconnected(): void {
    this.clear();
  }

  turned(view: View): void {
    if (this.box?.firstElementChild?.firstElementChild) turnWalls(this.box, view, this.host.clientHeight);
  }

  drawn(visit: Visit): void {
    const { box, hung } = this;
    if (!box || hung.length === 0) return;
    const { stage, time } = visit;
    box.classList.toggle("passing", visit.guide.passing || !time.marked || time.comparing);
    if (visit.moving || !stage.settled || time.comparing || stage.savesData) return;
    this.choose(visit);
    if (this.fetched) this.hang(visit);
  }

  /** Fetches what one looks at closely, as large as it is seen. */
  private choose(visit: Visit): void {
    const { view, stage } = visit;
    const finest = (this.host.tour?.scene.panorama.levels.at(-1) ?? 0) * DENSITY;
    const perRadian = focalLength(view.fov, stage.height) * stage.ratio;
    const seen = perRadian > finest * CLOSE ? this.hung.find((one) => !this.others.has(one.id) && lookedAt(one, view)) : undefined;
    if (!seen) {
      for (const element of this.elements) element.classList.remove("hangs");
      return;
    }
    const { width } = sizeSeen(seen.corners);
    const size = sizeFor(seen, width * perRadian);
    const key = `${seen.id} ${size.width}`;
    if (size.width < width * finest * SHARPER) return;
    const there = this.elements.find(({ dataset }) => dataset["picture"] === key);
    if (there) there.classList.add("hangs");
    if (there || this.wanted === key) return;
    this.clear(false);
    this.wanted = key;
    void this.fetch(visit, seen, `${seen.iiif.replace(/\/$/, "")}/full/${size.width},/0/default.jpg`, key);
  }

  private async fetch(visit: Visit, hung: Hung, address: string, key: string): Promise<void> {
    try {
      const [bitmap, { hang }] = await Promise.all([fetchPicture(address, visit.signal, "low"), import("../wall-picture")]);
      if (this.wanted !== key) {
        bitmap.close();
        return;
      }
      this.fetched = { hung, bitmap, hang };
      // It is compared with the next frame's wall.
      visit.stage.invalidate();
    } catch {
      this.others.add(hung.id);
    }
  }

  private hang(visit: Visit): void {
    const { hung, bitmap, hang } = this.fetched!;
    if (!lookedAt(hung, visit.view)) return;
    const { clientWidth, clientHeight } = this.host;
    const element = hang(bitmap, hung.corners, visit.stage.renderer.domElement, visit.view, clientWidth, clientHeight);
    const key = this.wanted;
    this.clear(element === undefined);
    if (!element) {
      this.others.add(hung.id);
      return;
    }
    element.dataset["picture"] = key;
    this.box!.firstElementChild!.append(element);
    turnWalls(this.box!, visit.view, clientHeight);
    // It fades in from the style that it has without.
    void element.offsetWidth;
    element.classList.add("hangs");
    for (const before of this.elements) if (before !== element) setTimeout(() => before.remove(), 700);
  }

  /** Takes down what hangs, or with `keeps` only what has been fetched for it. */
  private clear(down = true): void {
    this.fetched?.bitmap.close();
    this.fetched = undefined;
    this.wanted = "";
    if (down) for (const element of this.elements) element.remove();
  }

  private get box(): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(".wall-pictures");
  }

  private get elements(): HTMLElement[] {
    return [...(this.box?.firstElementChild?.children ?? [])] as HTMLElement[];
  }

  private render(): Rendered {
    return html`<div class="on-walls wall-pictures" aria-hidden="true"><div></div></div>`;
  }
}

function hangs({ id, kind, polygon, target }: TourHotspot): Hung[] {
  const { iiif, width, height } = target ?? {};
  if (polygon?.length !== 4 || kind === "model" || !iiif || !width || !height) return [];
  return [{ id, corners: polygon as unknown as Corners, iiif, width, height }];
}

/** Whether the middle of the view lies on a picture. */
function lookedAt({ corners }: Hung, { yaw, pitch }: View): boolean {
  const yaws = corners.map((corner) => wrap(corner[0] - yaw));
  const pitches = corners.map((corner) => corner[1]);
  return Math.min(...yaws) < 0 && Math.max(...yaws) > 0 && Math.max(...yaws) - Math.min(...yaws) < 180 && Math.min(...pitches) < pitch && Math.max(...pitches) > pitch;
}
