/**
 * A visit in a headset: the same scenes, the same guide, the same trail, seen with two eyes. Whoever leaves is on the page again, at the
 * same scene, looking the same way. The session lasts until the visitor ends it, whatever scene or museum comes next.
 */

import { Vector3 } from "three";
import { say } from "../i18n/catalog";
import { type Texts, pick } from "../i18n/languages";
import { leadsToTour } from "../reading/addresses";
import type { Vector } from "../panorama/faces";
import type { Presenter } from "../panorama/stage";
import type { Camera } from "../panorama/tile-selector";
import { type View, wrap } from "../panorama/view";
import type { TourHost } from "../tour/part";
import { GuidedTours } from "../tour/parts/guided-tour";
import { troubleWords } from "../tour/trouble-words";
import type { Tour, TourLink } from "../tour/types";
import type { Visit } from "../tour/visit";
import type { Board } from "./board";
import { BOARD_BYTES, TILE_BYTES, tilesBeside } from "./budget";
import { type Comfort, keepComfort, readComfort } from "./comfort";
import { Exhibit } from "./exhibit";
import { faceHead } from "./facing";
import { Hint } from "./hint";
import { LensGlass } from "./lens-glass";
import { type Mark, MarkField } from "./mark-field";
import { Menu, type MenuState } from "./menu";
import { MenuPlace } from "./menu-place";
import { Notice } from "./notice";
import { Pointers } from "./pointers";
import { EYE_HEIGHT, Rig } from "./rig";
import { TourBoard } from "./tour-board";

/** A way to walk within so many degrees of where one looks is the way forward. */
const AHEAD = 50;
/** Where the menu lies below the view: degrees, and metres from the head. */
const MENU_PITCH = -43;
const MENU_FAR = 1.15;
/** Its size at the wrist, as a share of that. */
const AT_WRIST = 0.3;
/** Where a guided tour's words are: metres from the head, and degrees to the right of where one looked when they came. */
const TOUR_FAR = 1.1;
const TOUR_ASIDE = 34;
const DEGREE = Math.PI / 180;

/** A page that one has come by, and that only a screen shows. */
export interface WaitingPage {
  address: string;
  title: Texts;
}

export class Headset implements Presenter {
  readonly tileBytes = TILE_BYTES;
  readonly eyes: Vector = [0, EYE_HEIGHT, 0];
  private readonly rig: Rig;
  private readonly pointers: Pointers;
  private readonly marks: MarkField;
  private readonly menu: Menu;
  private readonly notice = new Notice();
  private readonly hint = new Hint(() => say(this.host.language, "xrHint"));
  private readonly guided: GuidedTours | undefined;
  private readonly tourBoard: TourBoard;
  private readonly exhibit: Exhibit;
  private readonly lens: LensGlass;
  private readonly boards: readonly Board[];
  private readonly menuPlace = new MenuPlace();
  /** Pages that wait until the headset is taken off. */
  readonly pages: WaitingPage[] = [];
  private comfort: Comfort = readComfort();
  private others = 0;
  private lastFrame = 0;
  private seconds = 0;
  /** What the marks were placed for. */
  private marked = "";
  private offset = 0;
  private language = "";
  private comparing = false;
  private readonly point = new Vector3();
  private readonly normal = new Vector3();
  private readonly abort = new AbortController();

  private constructor(
    private readonly session: XRSession,
    private readonly visit: Visit,
    private readonly host: TourHost,
    private readonly ended: (pages: readonly WaitingPage[]) => void,
  ) {
    const { stage } = visit;
    this.rig = new Rig(stage);
    this.rig.seated = this.comfort.seated;
    this.pointers = new Pointers(stage, this.rig, {
      turn: (direction) => this.turn(direction),
      forward: () => this.walkForward(),
      back: () => this.putAway(),
    });
    this.marks = new MarkField(this.rig, { chosen: (mark) => this.choose(mark) });
    this.menu = new Menu(() => this.state, {
      leave: () => this.leave(),
      back: () => visit.guide.back(),
      goHome: () => visit.guide.goHome(),
      chosen: (mark) => this.choose(mark),
      lens: () => visit.time.compare(visit.time.comparison === "lens" ? "blend" : "lens"),
      comfort: (change) => this.setComfort(change),
      turn: (direction) => this.turn(direction),
    });
    this.guided = host.parts.find((part): part is GuidedTours => part instanceof GuidedTours);
    this.tourBoard = new TourBoard(
      () => this.guided?.player && { player: this.guided.player, language: host.language },
      () => this.guided?.close(),
    );
    this.exhibit = new Exhibit(visit, host, this.rig, stage.scene, () => this.pointers, {
      closed: () => this.menu.change(),
      page: (address, { title }) => this.offerPage(address, title),
    });
    this.lens = new LensGlass(stage.scene, this.rig, this.pointers);
    this.boards = [this.marks.label, this.menu, this.notice, this.tourBoard, ...this.exhibit.boards, this.lens.label, this.hint];
    stage.scene.add(this.menu.mesh, this.notice.mesh, this.tourBoard.mesh, this.hint.mesh);
    this.pointers.add(this.notice, this.menu, this.tourBoard, ...this.exhibit.targets, this.marks);
  }

  /** Shows the visit in a session; `ended` is called when it is over, whoever ends it, with the pages that wait. Throws where the session cannot be drawn in. */
  static async enter(session: XRSession, visit: Visit, host: TourHost, ended: (pages: readonly WaitingPage[]) => void): Promise<Headset> {
    const headset = new Headset(session, visit, host, ended);
    try {
      await headset.begin();
    } catch (error) {
      headset.finish();
      await session.end().catch(() => undefined);
      throw error;
    }
    return headset;
  }

  get tiles(): number {
    return tilesBeside(this.others);
  }

  get calm(): boolean {
    return !this.comfort.glides;
  }

  /** What the last frame cost: draw calls of both eyes, bytes of textures of tiles and of everything else. */
  get costs(): { calls: number; tileBytes: number; boardBytes: number; mostBoardBytes: number } {
    const { stage } = this.visit;
    const tour = this.tourBoard.present ? this.tourBoard.bytes : 0;
    const boardBytes = tour + this.marks.bytes + this.menu.bytes + this.notice.bytes + this.exhibit.bytes + this.lens.label.bytes + this.hint.bytes;
    return { calls: stage.calls, tileBytes: stage.store.bytes, boardBytes, mostBoardBytes: BOARD_BYTES };
  }

  /** Ends the session; the page shows the visit again. */
  leave(): void {
    void this.session.end().catch(() => this.finish());
  }

  /** A scene has become the current one, or its texts are in another language. */
  entered(): void {
    this.marked = "";
    this.menu.reset();
    this.notice.hide();
    this.exhibit.close();
  }

  /** Something that the menu shows has changed. */
  changed(): void {
    this.menu.change();
    this.tourBoard.change();
    this.exhibit.board.change();
  }

  failed(error: unknown, retry: () => void, address: string | undefined): void {
    const { language } = this.host;
    const far = address !== undefined && !this.host.isHome(address) ? new URL(address).host : undefined;
    const { text, host, again } = troubleWords(error, far);
    const stay = { text: say(language, "stay"), act: () => undefined };
    const more = again ? [{ text: say(language, "retry"), act: retry }] : [];
    this.say(say(language, text, { host: host ?? "" }), [...more, stay]);
  }

  aim(view: View, seen: Camera): void {
    this.rig.aim(view, seen);
    this.tick(view, this.seconds);
  }

  private async begin(): Promise<void> {
    const { session, abort } = this;
    const { stage, time } = this.visit;
    const { renderer } = stage;
    const { signal } = abort;
    session.addEventListener("end", () => this.finish(), { signal });
    session.addEventListener("visibilitychange", () => this.onVisibility(), { signal });
    // Its edge belongs to a screen.
    if (time.comparison === "wipe") time.compare("blend");
    stage.present(this);
    renderer.xr.enabled = true;
    const floor = session.enabledFeatures?.includes("local-floor") ?? true;
    renderer.xr.setReferenceSpaceType(floor ? "local-floor" : "local");
    await renderer.xr.setSession(session);
    if (signal.aborted) throw new Error("the session ended before it began");
    renderer.xr.getReferenceSpace()?.addEventListener("reset", () => this.recenter(), { signal });
    this.entered();
    renderer.setAnimationLoop((now) => this.onFrame(now));
  }

  private onFrame(now: number): void {
    this.seconds = Math.min(Math.max((now - this.lastFrame) / 1000, 0), 0.1);
    this.lastFrame = now;
    const { stage } = this.visit;
    stage.draw(now);
    this.others = Math.max(Math.round(stage.calls / 2) - stage.pieces, 0);
  }

  private finish(): void {
    if (this.abort.signal.aborted) return;
    this.abort.abort();
    const { stage, time } = this.visit;
    const { renderer } = stage;
    renderer.setAnimationLoop(null);
    renderer.xr.enabled = false;
    this.pointers.dispose();
    this.marks.dispose();
    this.exhibit.dispose();
    this.lens.dispose();
    for (const board of this.boards) board.dispose();
    this.rig.dispose();
    stage.present(undefined);
    time.shape = undefined;
    this.visit.resize();
    this.visit.renew();
    this.ended(this.pages);
  }

  private tick(view: View, seconds: number): void {
    const { guide, time } = this.visit;
    if (guide.tour && guide.node) this.placeMarks(guide.tour, guide.node.offset);
    this.marks.visible = !guide.passing && time.marked;
    this.marks.dimmed = this.exhibit.opened !== undefined;
    this.placeMenu(view);
    this.placeTour();
    this.exhibit.tick(seconds, wrap(view.yaw - (guide.node?.offset ?? 0)), view.pitch);
    this.hint.tick(this.rig, seconds);
    this.rig.room.parent!.updateMatrixWorld();
    this.pointers.tick(this.session.visibilityState === "visible" ? seconds : 0);
    this.lens.tick(time, this.host.language, guide.passing);
    for (let i = 0; i < this.boards.length; i++) this.boards[i]!.paint();
  }

  private placeMarks(tour: Tour, offset: number): void {
    const { language } = this.host;
    const { comparing } = this.visit.time;
    const key = tour.scene.slug;
    if (this.marked === key && this.offset === offset && this.language === language && this.comparing === comparing) return;
    if (this.marked !== key) for (let i = 0; i < 3; i++) this.eyes[i] = this.rig.head[i]!;
    this.marked = key;
    this.offset = offset;
    this.language = language;
    this.comparing = comparing;
    this.marks.set(tour, offset, language, comparing);
    this.menu.change();
  }

  private placeMenu(view: View): void {
    const { mesh } = this.menu;
    const { head } = this.rig;
    const wrist = this.pointers.of("left")?.grip;
    let facing: number | undefined;
    if (wrist?.visible) {
      wrist.updateWorldMatrix(true, false);
      const { elements } = wrist.matrixWorld;
      // The back of the hand: a grip's own left for the left hand.
      this.normal.set(-elements[0], -elements[1], -elements[2]).normalize();
      this.point.set(head[0] - elements[12], head[1] - elements[13], head[2] - elements[14]).normalize();
      facing = this.normal.dot(this.point);
    }
    this.menuPlace.tick(facing, view.yaw, view.pitch);
    const { atWrist, yaw } = this.menuPlace;
    const size = atWrist ? AT_WRIST : 1;
    if (atWrist && wrist) {
      mesh.position.setFromMatrixPosition(wrist.matrixWorld).addScaledVector(this.normal, 0.09);
      mesh.position.y += 0.06;
    } else {
      const flat = Math.cos(MENU_PITCH * DEGREE) * MENU_FAR;
      const sine = Math.sin(MENU_PITCH * DEGREE) * MENU_FAR;
      mesh.position.set(head[0] + Math.sin(yaw * DEGREE) * flat, head[1] + sine, head[2] - Math.cos(yaw * DEGREE) * flat);
    }
    faceHead(mesh, this.rig.around.position);
    this.menu.resize(size);
    mesh.visible = true;
  }

  /** A guided tour's words lie aside of what it shows, and stay there. What is opened pauses it, and has its place meanwhile. */
  private placeTour(): void {
    const { mesh } = this.tourBoard;
    const player = this.guided?.player;
    const shown = player !== undefined && this.exhibit.opened === undefined;
    if (shown && (!mesh.visible || player.leading)) {
      const { gaze, around } = this.rig;
      const yaw = Math.atan2(gaze[0], -gaze[2]) + TOUR_ASIDE * DEGREE;
      const { x, y, z } = around.position;
      mesh.position.set(x + Math.sin(yaw) * TOUR_FAR, y - 0.1, z - Math.cos(yaw) * TOUR_FAR);
      faceHead(mesh, around.position);
    }
    mesh.visible = shown;
  }

  private get state(): MenuState | undefined {
    const { guide, time } = this.visit;
    const { language } = this.host;
    if (!guide.tour) return undefined;
    const { departure, home } = guide;
    return {
      tour: guide.tour,
      language,
      time,
      comfort: this.comfort,
      marks: this.marks.all,
      abroad: this.host.isHome(guide.address) ? undefined : new URL(guide.address).host,
      back: departure && pick(departure.title, language),
      home: home && pick(home.title, language),
    };
  }

  private choose(mark: Mark): void {
    if (mark.link) this.follow(mark.link);
    else this.exhibit.open(mark.hotspot);
  }

  private follow(link: TourLink): void {
    if (leadsToTour(link.tour)) void this.host.follow(link);
    else this.offerPage(link.url, link.title);
  }

  /** What only a page can show waits outside; the visitor decides whether to go there now. */
  private offerPage(address: string, title: Texts): void {
    const { language } = this.host;
    const { host } = new URL(address);
    if (!this.pages.some((page) => page.address === address)) this.pages.push({ address, title });
    this.say(say(language, "xrPage", { host }), [
      { text: say(language, "xrStayInside"), act: () => undefined },
      { text: say(language, "xrLeave"), act: () => this.leave() },
    ]);
  }

  /** Says something before the eyes. */
  private say(words: string, choices: Parameters<Notice["say"]>[1]): void {
    this.notice.say(words, choices);
    this.notice.hangBefore(this.rig, this.exhibit.opened !== undefined);
    this.host.announce(words);
  }

  private turn(direction: 1 | -1): void {
    this.rig.turn(direction * this.comfort.step);
  }

  /** On to the scene that lies where one looks. */
  private walkForward(): void {
    const { guide } = this.visit;
    const { yaw } = guide.view;
    const ways = (guide.tour?.scene.links ?? []).filter((link) => link.kind === "walk" && Math.abs(wrap(link.yaw - yaw)) < AHEAD);
    ways.sort((a, b) => Math.abs(wrap(a.yaw - yaw)) - Math.abs(wrap(b.yaw - yaw)));
    if (ways[0] && !guide.passing) this.follow(ways[0]);
  }

  /** Away with what is open; where nothing is, the menu comes to where one looks. */
  private putAway(): void {
    if (this.notice.present) this.notice.hide();
    else if (this.exhibit.opened) this.exhibit.close();
    else this.menuPlace.recenter();
  }

  private setComfort(change: Partial<Comfort>): void {
    this.comfort = { ...this.comfort, ...change };
    keepComfort(this.comfort);
    this.rig.seated = this.comfort.seated;
    this.menu.change();
  }

  private recenter(): void {
    this.rig.recenter();
    this.menuPlace.recenter();
  }

  private onVisibility(): void {
    if (this.session.visibilityState === "visible") return;
    this.pointers.rest();
    this.exhibit.rest();
  }
}
