/** What a hotspot opens, before the eyes at arm's length: its picture to look at closely, what is heard, and the record beside it. */

import { type Scene, Vector3 } from "three";
import { say } from "../i18n/catalog";
import { type CollectionRecord, readRecord } from "../hotspots/record";
import type { TourHost } from "../tour/part";
import type { TourHotspot } from "../tour/types";
import type { Visit } from "../tour/visit";
import { besideOnWall } from "../tour/wall";
import { faceHead } from "./facing";
import { PicturePanel } from "./picture-panel";
import { RecordBoard, type RecordState, type Tool } from "./record-board";
import type { Rig } from "./rig";
import type { Target } from "./target";

/** Metres from the head. */
const FAR = 0.86;
const GAP = 0.05;
const BELOW = 0.06;
const ZOOM = 1.6;

export interface ExhibitEvents {
  closed(): void;
  /** A page is what it leads to, which only a screen shows. */
  page(address: string): void;
}

export class Exhibit {
  readonly picture: PicturePanel;
  readonly board: RecordBoard;
  readonly targets: readonly Target[];
  private hotspot: TourHotspot | undefined;
  private record: CollectionRecord | undefined;
  private recordFailed = false;
  private sound: HTMLAudioElement | undefined;
  private soundFailed = false;
  /** Yaw that it hangs at, and the eyes that it hangs before. */
  private yaw = 0;
  private readonly eyes = new Vector3();

  constructor(
    visit: Visit,
    private readonly host: TourHost,
    private readonly rig: Rig,
    scene: Scene,
    private readonly events: ExhibitEvents,
  ) {
    this.board = new RecordBoard(() => this.state, () => this.close());
    this.picture = new PicturePanel(visit.stage, () => this.board.change());
    this.targets = [this.board, this.picture];
    scene.add(this.board.mesh, this.picture.mesh);
  }

  get opened(): TourHotspot | undefined {
    return this.hotspot;
  }

  get bytes(): number {
    return this.board.bytes + this.picture.bytes;
  }

  /** Opens a hotspot where the head faces now. */
  open(hotspot: TourHotspot): void {
    const { gaze, around } = this.rig;
    this.yaw = Math.atan2(gaze[0], -gaze[2]);
    this.eyes.copy(around.position);
    this.show(hotspot);
  }

  close(): void {
    if (!this.hotspot) return;
    this.clear();
    this.events.closed();
  }

  /** One frame. */
  tick(seconds: number): void {
    if (this.hotspot) this.picture.tick(seconds);
  }

  /** The visitor's attention is elsewhere. */
  rest(): void {
    this.sound?.pause();
    this.board.change();
  }

  dispose(): void {
    this.clear();
    this.board.dispose();
    this.picture.dispose();
  }

  private show(hotspot: TourHotspot): void {
    this.clear();
    this.hotspot = hotspot;
    const { iiif, width, height, href } = hotspot.target ?? {};
    if (iiif && width && height) this.picture.open(iiif, { width, height });
    if (hotspot.kind === "audio" && href) this.play(href);
    this.board.reset();
    this.board.mesh.visible = true;
    this.place();
    void this.read(hotspot);
    this.host.send("hotspot-open", { id: hotspot.id, kind: hotspot.kind });
  }

  private clear(): void {
    if (this.hotspot) this.host.send("hotspot-close", {});
    this.hotspot = this.record = undefined;
    this.recordFailed = this.soundFailed = false;
    this.sound?.pause();
    this.sound = undefined;
    this.picture.close();
    this.board.mesh.visible = false;
  }

  /** Picture and board side by side, the middle of both before the eyes, each facing them. */
  private place(): void {
    const { iiif } = this.hotspot?.target ?? {};
    const wide = iiif ? this.picture.mesh.scale.x : 0;
    const board = this.board.mesh.scale.x;
    this.hang(this.picture.mesh, -(board + GAP) / 2);
    this.hang(this.board.mesh, iiif ? (wide + GAP) / 2 : 0);
  }

  private hang(mesh: PicturePanel["mesh"], aside: number): void {
    // Along a circle around the head.
    const yaw = this.yaw + aside / FAR;
    mesh.position.set(this.eyes.x + Math.sin(yaw) * FAR, this.eyes.y - BELOW, this.eyes.z - Math.cos(yaw) * FAR);
    faceHead(mesh, this.eyes);
    mesh.updateMatrixWorld();
  }

  private async read(hotspot: TourHotspot): Promise<void> {
    const address = hotspot.target?.record;
    if (!address) return;
    try {
      const record = await readRecord(address);
      if (this.hotspot === hotspot) this.record = record;
    } catch {
      if (this.hotspot === hotspot) this.recordFailed = true;
    }
    this.board.change();
  }

  private play(address: string): void {
    const sound = new Audio(address);
    this.sound = sound;
    for (const type of ["play", "pause", "ended"]) sound.addEventListener(type, () => this.board.change());
    sound.addEventListener("error", () => {
      if (this.sound !== sound) return;
      this.soundFailed = true;
      this.board.change();
    });
    void sound.play().catch(() => undefined);
  }

  private get state(): RecordState | undefined {
    const { hotspot, record } = this;
    if (!hotspot) return undefined;
    return { hotspot, record, language: this.host.language, tools: this.tools(hotspot), trouble: this.trouble };
  }

  private get trouble(): string {
    const { language } = this.host;
    if (this.picture.failed) return say(language, "pictureFailed");
    if (this.soundFailed) return say(language, "mediaFailed");
    return this.recordFailed ? say(language, "recordFailed") : "";
  }

  private tools(hotspot: TourHotspot): Tool[] {
    const { language, tour } = this.host;
    const { picture, sound } = this;
    const { iiif, page, href } = hotspot.target ?? {};
    const tools: Tool[] = [];
    if (iiif && picture.failed) tools.push({ icon: "rotate", text: say(language, "retry"), act: () => picture.retry() });
    if (iiif && picture.present) {
      tools.push({ icon: "minus", text: say(language, "zoomOut"), act: () => picture.zoomBy(1 / ZOOM) });
      tools.push({ icon: "plus", text: say(language, "zoomIn"), act: () => picture.zoomBy(ZOOM) });
      if (picture.seen.zoom > 1) tools.push({ icon: "whole", text: say(language, "whole"), act: () => picture.whole() });
    }
    if (sound && !this.soundFailed) {
      const paused = sound.paused;
      const act = (): void => void (paused ? sound.play().catch(() => undefined) : sound.pause());
      tools.push({ icon: "audio", text: say(language, paused ? "xrPlay" : "xrPause"), on: !paused, act });
    }
    const beside = (by: number) => (iiif && tour ? besideOnWall(tour.scene, hotspot.id, by) : undefined);
    const [before, next] = [beside(-1), beside(1)];
    if (before) tools.push({ icon: "previous", text: say(language, "previousPicture"), act: () => this.show(before) });
    if (next) tools.push({ icon: "next", text: say(language, "nextPicture"), act: () => this.show(next) });
    const web = hotspot.kind === "web" ? href : hotspot.kind === "exhibition" ? page : undefined;
    if (web) tools.push({ icon: "web", text: say(language, "openPage"), act: () => this.events.page(web) });
    return tools;
  }
}
