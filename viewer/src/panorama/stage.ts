/**
 * The one WebGL renderer of a viewer: the panoramas on it, the camera, and frames on demand.
 *
 * Nothing is drawn while nothing changes. Whoever changes something calls `invalidate`; while `onFrame` returns true, or tiles
 * wait for upload, the next frame follows by itself.
 */

import { PerspectiveCamera, Scene, type Texture, WebGLRenderer } from "three";
import type { Vector } from "./faces";
import { fetchPicture } from "./fetch-picture";
import { Leisure } from "./leisure";
import { PanoramaNode, type PanoramaSource } from "./panorama-node";
import { pixelRatio, savesData } from "./pixels";
import type { TileQuad } from "./tile-quad";
import { MOST_PYRAMIDS } from "./tile-pyramid";
import { type Camera, TileSelector } from "./tile-selector";
import { TileStore } from "./tile-store";
import { type View, axesOf, createAxes } from "./view";

/** Texture memory that tiles may take; strips and hashes come on top with less than 3 MB. */
const TEXTURE_BYTES = 90 * 1024 * 1024;
/** Tiles in one picture at most, of all panoramas in it: with a first paint for each that makes fewer than 60 draw calls. */
const TILES_IN_PICTURE = 54;
/** Tiles of one panorama at most: what is left lets the next one come in. */
const TILES_OF_ONE = 42;
/** Metres from the eye between which things other than panoramas are drawn. */
const NEAR = 0.01;
const FAR = 10;
const MIDDLE: Readonly<Vector> = [0, 0, 0];
/** The longest step of a frame in seconds: what fades takes no longer where frames are slow. */
const LONGEST_STEP = 0.4;
/** The longest wait for a frame, in milliseconds: a page that nobody sees draws none. */
const LONGEST_WAIT = 250;
/** The first step after a rest. */
const FIRST_STEP = 1 / 60;

export interface StageEvents {
  /** Before each frame; `seconds` since the one before, where that asked for this one. Returns whether another frame is needed. */
  frame(seconds: number): boolean;
  /** After a frame that was drawn. */
  drawn(): void;
  lost(): void;
  restored(): void;
}

/** Whoever shows the stage to other eyes than those at the screen: a headset. It draws by `draw`, as often as it likes. */
export interface Presenter {
  /** Tiles in one picture at most, of all panoramas in it. */
  readonly tiles: number;
  /** Texture memory that tiles may take. */
  readonly tileBytes: number;
  /** Whether the picture should not move by itself. */
  readonly calm: boolean;
  /** Where the eyes were when the scene was entered, in metres. */
  readonly eyes: Readonly<Vector>;
  /** Before the panoramas choose their tiles: where one looks, written into `view`, and all that either eye sees, into `seen`. */
  aim(view: View, seen: Camera): void;
}

export class Stage {
  readonly store = new TileStore<TileQuad>(TEXTURE_BYTES, (quad) => {
    quad.dispose();
    quad.texture.dispose();
  });
  /** World yaw, pitch and vertical field of view of the camera, in degrees. */
  readonly view: View = { yaw: 0, pitch: 0, fov: 75 };
  /** See `savesData`. */
  readonly savesData = savesData();
  /** Frames drawn so far. */
  frames = 0;
  readonly renderer: WebGLRenderer;
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(75, 1, NEAR, FAR);
  private presenter: Presenter | undefined;
  private readonly leisure: Leisure;
  private readonly axes = createAxes();
  private readonly seen: Camera = { axes: this.axes, fov: 75, width: 1, height: 1 };
  private readonly presented: Camera = { axes: createAxes(), fov: 90, width: 1, height: 1 };
  private readonly selector = new TileSelector();
  private readonly nodes: PanoramaNode[] = [];
  private readonly strips = new Map<string, Promise<ImageBitmap>>();
  private requested = 0;
  private lastFrame = 0;
  private lostContext = false;
  private goesOn = false;
  /** Whether the frame that is asked for has been drawn already. */
  private isDrawn = false;

  /** Throws where the browser gives no WebGL. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: StageEvents,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: false, alpha: false, stencil: false, powerPreference: "high-performance" });
    this.renderer.setClearColor(0x0b0c0e);
    this.leisure = new Leisure(this.renderer.getContext() as WebGL2RenderingContext, () => this.invalidate());
    this.camera.rotation.order = "YXZ";
    canvas.addEventListener("webglcontextlost", this.onLost);
    canvas.addEventListener("webglcontextrestored", this.onRestored);
  }

  /** Puts a panorama on the stage, turned by `offset` degrees. */
  open(source: PanoramaSource, offset: number): PanoramaNode {
    const node = new PanoramaNode(source, this.freeNumber(), this, this.selector);
    node.offset = offset;
    this.nodes.push(node);
    this.scene.add(node.group);
    this.invalidate();
    return node;
  }

  private freeNumber(): number {
    for (let number = 0; number < MOST_PYRAMIDS; number++) if (this.nodes.every((node) => node.number !== number)) return number;
    throw new RangeError(`no more than ${MOST_PYRAMIDS} panoramas at a time`);
  }

  close(node: PanoramaNode): void {
    const place = this.nodes.indexOf(node);
    if (place < 0) return;
    this.nodes.splice(place, 1);
    node.dispose();
    this.invalidate();
  }

  /** Fetches the strip of a panorama that may be opened soon. */
  prefetch(url: string): Promise<ImageBitmap> {
    let strip = this.strips.get(url);
    if (!strip) {
      strip = fetchPicture(url);
      this.strips.set(url, strip);
      strip.catch(() => this.strips.delete(url));
    }
    return strip;
  }

  /** Forgets strips fetched ahead that `keep` does not hold. */
  keepStrips(keep: ReadonlySet<string>): void {
    for (const [url, strip] of this.strips) {
      if (keep.has(url)) continue;
      this.strips.delete(url);
      strip.then(
        (bitmap) => bitmap.close(),
        () => undefined,
      );
    }
  }

  strip(url: string): Promise<ImageBitmap> {
    const strip = this.strips.get(url) ?? fetchPicture(url);
    this.strips.delete(url);
    return strip;
  }

  upload(texture: Texture): void {
    this.renderer.initTexture(texture);
  }

  /** Resolves when the next frame is on its way to the screen; where none is shown, in a moment. */
  async shown(): Promise<void> {
    if (this.presenter) return;
    const frame = new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await Promise.race([frame, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT))]);
  }

  /** Draws the next frame before its time, so that the screen's next picture has it. */
  drawNow(): void {
    if (this.presenter || this.lostContext) return;
    this.isDrawn = true;
    this.draw(performance.now());
  }

  /** Whether others than the eyes at the screen see the stage. */
  get presenting(): boolean {
    return this.presenter !== undefined;
  }

  /** Where the eyes were when the scene was entered: what stands in it stands around them. */
  get eyes(): Readonly<Vector> {
    return this.presenter?.eyes ?? MIDDLE;
  }

  /** Whether those who see it want no motion of the picture's own. */
  get calm(): boolean {
    return this.presenter?.calm ?? false;
  }

  /** Shows the stage to others from here on, or to the eyes at the screen again, who look where the others looked last. */
  present(presenter: Presenter | undefined): void {
    cancelAnimationFrame(this.requested);
    this.requested = 0;
    this.presenter = presenter;
    this.store.budget = presenter?.tileBytes ?? TEXTURE_BYTES;
    if (presenter) return;
    const { camera } = this;
    camera.removeFromParent();
    camera.position.set(0, 0, 0);
    camera.scale.set(1, 1, 1);
    camera.near = NEAR;
    camera.far = FAR;
    this.aspect = 0;
    this.invalidate();
  }

  /** CSS pixels. */
  resize(width: number, height: number): void {
    if (this.presenter) return;
    const ratio = pixelRatio(width, height);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.seen.width = width * ratio;
    this.seen.height = height * ratio;
    this.camera.aspect = width / height;
    this.draw(performance.now());
  }

  invalidate(): void {
    if (!this.requested && !this.lostContext && !this.presenter) this.requested = requestAnimationFrame((now) => this.onAnimationFrame(now));
  }

  /** Whether all that is in the picture is at full sharpness, or known to be missing. */
  get settled(): boolean {
    return this.nodes.every((node) => node.resting || node.frozen || node.settled);
  }

  /** Whether the picture is whole on the screen, so that there is time for what only the next turn or step would need. */
  get atLeisure(): boolean {
    return this.leisure.isThere;
  }

  /** Width and height of the picture in CSS pixels. */
  get width(): number {
    return this.seen.width / this.ratio;
  }

  get height(): number {
    return this.seen.height / this.ratio;
  }

  /** Draw calls of the last frame. */
  get calls(): number {
    return this.renderer.info.render.calls;
  }

  /** Pieces of panoramas in the last frame: each was drawn once for each eye. */
  get pieces(): number {
    let pieces = 0;
    for (const node of this.nodes) if (!node.resting) pieces += node.pieces;
    return pieces;
  }

  /** Device pixels per CSS pixel. */
  get ratio(): number {
    return this.renderer.getPixelRatio();
  }

  dispose(): void {
    cancelAnimationFrame(this.requested);
    this.leisure.end();
    this.canvas.removeEventListener("webglcontextlost", this.onLost);
    this.canvas.removeEventListener("webglcontextrestored", this.onRestored);
    for (const node of this.nodes) node.dispose();
    this.nodes.length = 0;
    this.keepStrips(new Set());
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  private onAnimationFrame(now: number): void {
    this.requested = 0;
    if (this.isDrawn) {
      this.isDrawn = false;
      this.invalidate();
      return;
    }
    this.draw(now);
  }

  /** Draws a frame. */
  draw(now: number): void {
    const isNext = this.goesOn || this.presenter;
    const seconds = isNext ? Math.min(Math.max(now - this.lastFrame, 0) / 1000, LONGEST_STEP) : FIRST_STEP;
    this.lastFrame = now;
    let more = this.events.frame(seconds);
    this.goesOn = more;
    if (this.presenter) this.presenter.aim(this.view, this.presented);
    else this.aim();
    this.store.begin();
    more = this.update() || more;
    this.store.end();
    this.renderer.render(this.scene, this.camera);
    this.frames++;
    if (this.settled) this.leisure.await();
    else this.leisure.end();
    if (more) this.invalidate();
    this.events.drawn();
  }

  private aim(): void {
    const { yaw, pitch, fov } = this.view;
    this.camera.rotation.set((pitch * Math.PI) / 180, (-yaw * Math.PI) / 180, 0);
    if (this.camera.fov !== fov || this.camera.aspect !== this.aspect) {
      this.camera.fov = fov;
      this.aspect = this.camera.aspect;
      this.camera.updateProjectionMatrix();
    }
    axesOf(yaw, pitch, this.axes);
    this.seen.fov = fov;
  }

  /** Lets the panoramas choose their tiles; those on their way out first, since they keep what they have. */
  private update(): boolean {
    const whole = this.presenter?.tiles ?? TILES_IN_PICTURE;
    const one = Math.round((whole * TILES_OF_ONE) / TILES_IN_PICTURE);
    const seen = this.presenter ? this.presented : this.seen;
    let [more, left, live] = [false, whole, 0];
    for (const node of this.nodes) {
      if (node.resting) continue;
      if (node.frozen) {
        more = node.update(seen, one) || more;
        left -= node.pieces;
      } else {
        live++;
      }
    }
    const most = Math.min(Math.floor(left / Math.max(live, 1)), one);
    for (const node of this.nodes) if (!node.resting && !node.frozen) more = node.update(seen, most) || more;
    return more;
  }

  private aspect = 0;

  private readonly onLost = (event: Event): void => {
    event.preventDefault();
    this.lostContext = true;
    this.leisure.end();
    this.events.lost();
  };

  private readonly onRestored = (): void => {
    this.lostContext = false;
    for (const node of this.nodes) node.reopen();
    this.events.restored();
    this.invalidate();
  };
}
