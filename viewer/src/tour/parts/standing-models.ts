/** Things that stand in the room: at the place and in the size that the record says, lit by the room. What draws them comes only where one stands. */

import type { Group } from "three";
import { say } from "../../i18n/catalog";
import { pick } from "../../i18n/languages";
import type { StandingModel } from "../../standing/standing-model";
import type { RoomLight } from "../../standing/surroundings";
import type { TourHost, TourPart } from "../part";
import type { Tour, TourHotspot } from "../types";
import type { Visit } from "../visit";

/** Things in one scene at most, the nearest first: each may hold some 20 MB of textures. */
const MOST = 6;

type Module = typeof import("../../standing/standing");

export class StandingModels implements TourPart {
  private things: StandingModel[] = [];
  private root: Group | undefined;
  private light: RoomLight | undefined;
  /** Counts scenes, so that what comes late for one that was left is put away. */
  private scene = 0;

  constructor(private readonly host: TourHost) {}

  /** How many things stand in the scene, for those who test. */
  get count(): number {
    return this.things.length;
  }

  entered(tour: Tour): void {
    this.clear();
    const standing = tour.scene.hotspots
      .filter(({ standing, target }) => standing && target?.model)
      .sort((a, b) => a.standing!.distance - b.standing!.distance)
      .slice(0, MOST);
    if (standing.length > 0 && !this.host.visit?.stage.savesData) void this.stand(tour, standing);
  }

  lost(lost: boolean): void {
    if (!lost && this.host.tour) this.entered(this.host.tour);
  }

  hostDisconnected(): void {
    this.clear();
  }

  frame(_seconds: number, { guide, time, stage }: Visit): boolean {
    // While one scene passes into another, or two times lie over each other, the room alone is seen.
    if (this.root) {
      this.root.visible = !guide.passing && !time.moving && !time.comparing;
      this.root.position.fromArray(stage.eyes);
    }
    return false;
  }

  private async stand(tour: Tour, hotspots: TourHotspot[]): Promise<void> {
    const scene = this.scene;
    let module: Module;
    let strip: ImageBitmap;
    const { panorama } = tour.scene;
    try {
      [module, strip] = await Promise.all([import("../../standing/standing"), this.picture(panorama.strip)]);
    } catch {
      if (scene === this.scene) this.miss(hotspots);
      return;
    }
    const { visit } = this.host;
    if (scene !== this.scene || !visit?.guide.node) return;
    const { offset } = visit.guide.node;
    const { stage } = visit;
    const light = (this.light = module.lightOf(stage.renderer, module.readStrip(strip), offset));
    strip.close();
    const root = (this.root = module.makeRoot(offset));
    root.add(light.lamp, light.lamp.target);
    stage.scene.add(root);
    const missed: TourHotspot[] = [];
    const arriving = hotspots.map(async (hotspot) => {
      const { yaw, pitch, standing, target } = hotspot;
      const { distance, turned = 0 } = standing!;
      const thing = module.standModel({ model: target!.model!, yaw, pitch, distance, turned });
      thing.light(light);
      root.add(thing.group);
      this.things.push(thing);
      try {
        await thing.there;
        stage.invalidate();
      } catch {
        missed.push(hotspot);
      }
    });
    await Promise.all(arriving);
    if (scene === this.scene && missed.length > 0) this.miss(missed);
  }

  /** Says once what could not be had; the marks that open it are there. */
  private miss(hotspots: TourHotspot[]): void {
    const { language } = this.host;
    const titles = hotspots.map(({ title }) => pick(title, language) || say(language, "model"));
    const words = say(language, "standingFailed", { titles: new Intl.ListFormat(language, { type: "unit" }).format(titles) });
    this.host.tell((part) => part.notice?.(words));
  }

  private async picture(address: string): Promise<ImageBitmap> {
    const { fetchPicture } = await import("../../panorama/fetch-picture");
    return fetchPicture(address);
  }

  private clear(): void {
    this.scene++;
    for (const thing of this.things) thing.dispose();
    this.light?.map.dispose();
    this.light?.lamp.dispose();
    this.root?.removeFromParent();
    this.things = [];
    this.root = this.light = undefined;
  }
}
