/** What a hotspot opens, before the eyes at arm's length: its picture to look at closely, its film, what is heard, and the record beside it. */

import { type Scene, Vector3 } from "three";
import { say, sayFailure } from "../i18n/catalog";
import { type CollectionRecord, readRecord } from "../hotspots/record";
import { hotspotKind } from "../hotspots/registry";
import type { TourHost } from "../tour/part";
import { Sounds } from "../tour/parts/sounds";
import type { TourHotspot } from "../tour/types";
import { type View, wrap } from "../panorama/view";
import type { Visit } from "../tour/visit";
import { besideOnWall } from "../tour/wall";
import type { Board } from "./board";
import { faceHead } from "./facing";
import { Film } from "./film";
import { ModelStand } from "./model-stand";
import { PicturePanel } from "./picture-panel";
import type { Pointers } from "./pointers";
import { RecordBoard, type RecordState, type Tool } from "./record-board";
import type { Rig } from "./rig";
import type { Target } from "./target";

/** Metres from the head. */
const FAR = 0.86;
const GAP = 0.05;
const BELOW = 0.06;
/** The bar of a film on its wall lies this far below the eyes. */
const BAR_BELOW_WALL = 0.42;
const ZOOM = 1.6;
const GROW = 1.25;

export interface ExhibitEvents {
  closed(): void;
  /** A page is what it leads to, which only a screen shows. */
  page(address: string, hotspot: TourHotspot): void;
}

export class Exhibit {
  readonly picture: PicturePanel;
  readonly board: RecordBoard;
  readonly model: ModelStand;
  readonly film: Film;
  readonly targets: readonly Target[];
  private hotspot: TourHotspot | undefined;
  private record: CollectionRecord | undefined;
  private recordFailed = false;
  private readonly sounds: Sounds | undefined;
  /** Yaw that it hangs at, and the eyes that it hangs before. */
  private yaw = 0;
  private readonly eyes = new Vector3();
  private readonly ears: View = { yaw: 0, pitch: 0, fov: 90 };
  /** Whether it is seen in the round. */
  private round = false;

  constructor(
    private readonly visit: Visit,
    private readonly host: TourHost,
    private readonly rig: Rig,
    scene: Scene,
    pointers: () => Pointers,
    private readonly events: ExhibitEvents,
  ) {
    this.sounds = host.parts.find((part): part is Sounds => part instanceof Sounds);
    this.board = new RecordBoard(() => this.state, () => this.close());
    this.picture = new PicturePanel(visit.stage, () => this.board.change());
    this.model = new ModelStand(scene, visit.stage.renderer, rig, pointers, () => this.board.change());
    this.film = new Film(scene, rig.around, () => this.ears, () => this.place());
    this.targets = [this.board, this.film.bar, this.picture, this.film, this.model];
    scene.add(this.board.mesh, this.picture.mesh);
  }

  get opened(): TourHotspot | undefined {
    return this.hotspot;
  }

  get bytes(): number {
    return this.board.bytes + this.picture.bytes + this.film.bytes;
  }

  /** What is drawn onto. */
  get boards(): readonly Board[] {
    return [this.board, this.film.bar];
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

  /** One frame; the head looks along `yaw` and `pitch` in the scene. */
  tick(seconds: number, yaw: number, pitch: number): void {
    if (!this.hotspot) return;
    this.hear(yaw, pitch);
    this.picture.tick(seconds);
    this.model.tick(seconds);
  }

  /** Turns the ears with the head: seldom, since each turn is an order to the audio's own thread. */
  private hear(yaw: number, pitch: number): void {
    if (Math.abs(wrap(yaw - this.ears.yaw)) + Math.abs(pitch - this.ears.pitch) < 1) return;
    this.ears.yaw = yaw;
    this.ears.pitch = pitch;
    this.sounds?.turned(this.ears);
    this.film.turned(this.ears);
  }

  /** The visitor's attention is elsewhere. */
  rest(): void {
    const heard = this.sounds?.heard;
    if (heard && !heard.paused) this.sounds!.play(heard.hotspot);
    this.film.rest();
    this.board.change();
  }

  dispose(): void {
    this.clear();
    this.board.dispose();
    this.picture.dispose();
    this.model.dispose();
    this.film.dispose();
  }

  private show(hotspot: TourHotspot): void {
    this.clear();
    this.hotspot = hotspot;
    const { iiif, model } = hotspot.target ?? {};
    this.look(Boolean(model) && (hotspot.kind === "model" || !iiif));
    // It comes from where it is, as on the page.
    if (hotspotKind(hotspot.kind)?.isHeard) this.sounds?.play(hotspot);
    if (hotspot.kind === "video" && hotspot.target?.href) this.film.open(hotspot, this.host.language);
    this.place();
    this.board.reset();
    this.board.mesh.visible = true;
    void this.read(hotspot);
    this.host.send("hotspot-open", { id: hotspot.id, kind: hotspot.kind });
  }

  /** Shows the model, or the picture. */
  private look(round: boolean): void {
    const { iiif, width, height, model } = this.hotspot?.target ?? {};
    this.round = round;
    this.picture.close();
    this.model.close();
    if (round && model) this.model.open(model, this.yaw);
    else if (iiif && width && height) this.picture.open(iiif, { width, height });
    this.place();
    this.board.change();
  }

  private clear(): void {
    if (this.hotspot) this.host.send("hotspot-close", {});
    this.hotspot = this.record = undefined;
    this.recordFailed = false;
    this.sounds?.stop();
    this.picture.close();
    this.model.close();
    this.film.close();
    this.board.mesh.visible = false;
  }

  /** Picture and board side by side, the middle of both before the eyes, each facing them. */
  private place(): void {
    if (this.film.opened) return this.placeFilm();
    const { iiif } = this.hotspot?.target ?? {};
    // A thing in the round keeps as much room as a picture that is not wide.
    const wide = this.round ? 0.6 : iiif ? this.picture.mesh.scale.x : 0;
    const board = this.board.mesh.scale.x;
    this.hang(this.picture.mesh, -(board + GAP) / 2);
    this.hang(this.board.mesh, this.round ? 0.52 : iiif ? (wide + GAP) / 2 : 0);
  }

  /** A film lies over its bar, the board beside both; on its wall it is free of them. */
  private placeFilm(): void {
    const { film, board } = this;
    const turned = this.visit.guide.node?.offset ?? 0;
    if (film.onWall) {
      film.hang(turned);
      film.comeFrom(this.hotspot!.yaw, this.hotspot!.pitch);
      this.hang(film.bar.mesh, 0, BAR_BELOW_WALL);
      this.hang(board.mesh, (film.bar.mesh.scale.x + board.mesh.scale.x) / 2 + GAP);
    } else {
      film.takeDown();
      film.comeFrom((this.yaw * 180) / Math.PI - turned, 0);
      const aside = -(board.mesh.scale.x + GAP) / 2;
      this.hang(film.mesh, aside);
      this.hang(film.bar.mesh, aside, BELOW + (film.height + film.bar.mesh.scale.y) / 2 + GAP / 2);
      this.hang(board.mesh, (film.width + GAP) / 2);
    }
    board.change();
  }

  /** Takes a film to the wall where it hangs, what there is to press below it; or back. */
  private setOnWall(onWall: boolean): void {
    const { film, hotspot } = this;
    film.onWall = onWall;
    if (onWall) this.yaw = ((hotspot!.yaw + (this.visit.guide.node?.offset ?? 0)) * Math.PI) / 180;
    this.placeFilm();
  }

  private hang(mesh: PicturePanel["mesh"], aside: number, below = BELOW): void {
    // Along a circle around the head.
    const yaw = this.yaw + aside / FAR;
    mesh.position.set(this.eyes.x + Math.sin(yaw) * FAR, this.eyes.y - below, this.eyes.z - Math.cos(yaw) * FAR);
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

  private get state(): RecordState | undefined {
    const { hotspot, record } = this;
    if (!hotspot) return undefined;
    const caption = this.sounds?.heard?.caption ?? "";
    return { hotspot, record, language: this.host.language, tools: this.tools(hotspot), trouble: this.trouble, caption };
  }

  private get trouble(): string {
    const { language } = this.host;
    if (this.model.failed) return sayFailure(language, "modelFailed");
    if (this.picture.failed) return sayFailure(language, "pictureFailed");
    if (this.film.failed || this.sounds?.heard?.broken) return sayFailure(language, "mediaFailed");
    return this.recordFailed ? sayFailure(language, "recordFailed") : "";
  }

  private tools(hotspot: TourHotspot): Tool[] {
    const { language, tour } = this.host;
    const heard = this.sounds?.heard;
    const { iiif, model, page, href } = hotspot.target ?? {};
    const tools: Tool[] = this.round ? this.modelTools() : this.film.opened ? this.filmTools() : this.pictureTools();
    if (iiif && model) {
      const text = say(language, this.round ? "picture" : "model");
      tools.push({ icon: this.round ? "image" : "model", text, act: () => this.look(!this.round) });
    }
    if (heard && !heard.broken) {
      const { paused } = heard;
      tools.push({ icon: paused ? "play" : "pause", text: say(language, paused ? "xrPlay" : "xrPause"), on: !paused, act: () => this.sounds!.play(hotspot) });
    }
    const beside = (by: number) => (iiif && tour ? besideOnWall(tour.scene, hotspot.id, by) : undefined);
    const [before, next] = [beside(-1), beside(1)];
    if (before) tools.push({ icon: "previous", text: say(language, "previousPicture"), act: () => this.show(before) });
    if (next) tools.push({ icon: "next", text: say(language, "nextPicture"), act: () => this.show(next) });
    // A film that cannot be shown here may be shown on a screen.
    const web = hotspot.kind === "web" || this.film.failed ? href : hotspot.kind === "exhibition" ? page : undefined;
    if (web) tools.push({ icon: "web", text: say(language, "openPage"), act: () => this.events.page(web, hotspot) });
    return tools;
  }

  private pictureTools(): Tool[] {
    const { language } = this.host;
    const { picture } = this;
    if (picture.failed) return [{ icon: "rotate", text: say(language, "retry"), act: () => picture.retry() }];
    if (!picture.opened) return [];
    // They are there before the picture is: no button moves away under the hand that goes for it.
    return [
      { icon: "minus", text: say(language, "zoomOut"), act: () => picture.zoomBy(1 / ZOOM) },
      { icon: "plus", text: say(language, "zoomIn"), act: () => picture.zoomBy(ZOOM) },
      { icon: "whole", text: say(language, "whole"), on: picture.present && picture.seen.zoom <= 1, act: () => picture.whole() },
    ];
  }

  private filmTools(): Tool[] {
    const { language } = this.host;
    const { film } = this;
    if (film.failed) return [{ icon: "rotate", text: say(language, "retry"), act: () => film.retry() }];
    if (!film.hangs()) return [];
    const { onWall } = film;
    const text = say(language, onWall ? "xrBeforeMe" : "xrOnWall");
    return [{ icon: onWall ? "video" : "image", text, act: () => this.setOnWall(!onWall) }];
  }

  private modelTools(): Tool[] {
    const { language } = this.host;
    const { model } = this;
    if (model.failed) return [{ icon: "rotate", text: say(language, "retry"), act: () => model.retry(this.yaw) }];
    return [
      { icon: "minus", text: say(language, "xrSmaller"), act: () => model.resize(1 / GROW) },
      { icon: "plus", text: say(language, "xrLarger"), act: () => model.resize(GROW) },
      { icon: "whole", text: say(language, "xrRealSize"), on: model.present && model.real, act: () => model.resize(undefined) },
      { icon: "rotate", text: say(language, "xrTurnIt"), act: () => model.turn(45) },
    ];
  }
}
