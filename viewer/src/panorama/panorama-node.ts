/**
 * One panorama in the three.js scene: first paint, then tiles, as quads on a cube around the camera.
 *
 * `offset` turns it about the vertical: what lies at its own yaw `y` is seen at the stage's yaw `y + offset`. Two nodes under one
 * camera make a cross-fade, the time line, the lens and the wipe.
 */

import { Group, type Object3D, type Texture, Vector4 } from "three";
import { type ClipShape, writeClip } from "./clip";
import { fetchPicture } from "./fetch-picture";
import { fetchTile } from "./foresight";
import { HASH_SIDE, StripCube, hashTexture, pictureTexture } from "./first-paint";
import { type Nadir, NadirCap, stripPixels } from "./nadir-cap";
import { type Level, UPRIGHT, axesWithin } from "./orientation";
import type { Shared } from "./panorama-material";
import { TileLoader } from "./tile-loader";
import { PYRAMID_STRIDE, TilePyramid, type Tile } from "./tile-pyramid";
import { TileQuad } from "./tile-quad";
import { type Camera, type Selection, TileSelector } from "./tile-selector";
import type { TileStore } from "./tile-store";
import { createAxes } from "./view";

export interface PanoramaSource {
  tiles: string;
  levels: readonly number[];
  tile: number;
  strip: string;
  stripSize: number;
  hash: string;
  level?: Level;
  nadir?: Nadir | undefined;
}

/** What is drawn of it in a frame. */
interface Piece {
  readonly mesh: Object3D;
  show(opacity: number, layer: 0 | 1): void;
}

/** What a node needs of the stage it stands on. */
export interface Ground {
  readonly store: TileStore<TileQuad>;
  /** Whether nothing is to be fetched but what the view needs. */
  readonly savesData: boolean;
  /** Whether there is time for more than what the view needs. */
  readonly atLeisure: boolean;
  /** Asks for a frame. */
  invalidate(): void;
  /** Puts the texture on the GPU. */
  upload(texture: Texture): void;
  /** Fetches the strip of a panorama, or takes it from where it was fetched ahead. */
  strip(url: string): Promise<ImageBitmap>;
}

const HASH_RANK = 0;
const STRIP_RANK = 1;
const TILE_RANK = 2;
/** Uploads in one frame; more of them would hold the frame up. */
const UPLOADS = 3;

export class PanoramaNode {
  readonly group = new Group();
  /** At 0 nothing is drawn, yet tiles are brought in. */
  opacity = 1;
  /** 1 lies in front of 0. */
  layer: 0 | 1 = 0;
  /** A frozen node brings no tiles in: it is on its way out. */
  frozen = false;
  /** A node that rests is not there, but keeps what it has as long as the store does. */
  resting = false;
  /** Whether all that the last view needs is shown at full sharpness, or known to be missing. */
  settled = false;
  /** Whether the strip or anything sharper is shown. */
  painted = false;
  readonly pyramid: TilePyramid;
  /** Resolves when the strip is in the picture, or could not be had: at once where it was fetched ahead. */
  begun: Promise<void> = Promise.resolve();

  private readonly loader: TileLoader<ImageBitmap>;
  private readonly selection: Selection = { tiles: [] };
  private readonly wanted: number[] = [];
  private readonly arrived: { id: number; bitmap: ImageBitmap }[] = [];
  private shown: Piece[] = [];
  private hash: StripCube | undefined;
  private strip: StripCube | undefined;
  private readonly shared: Shared = { clip: { value: new Vector4(0, 0, 0, 0) } };
  private level: Level;
  private nadir: Nadir | undefined;
  private cap: NadirCap | undefined;
  private readonly own: Camera = { axes: createAxes(), fov: 75, width: 1, height: 1 };
  private readonly first: number;
  private readonly base: number[] = [];
  private disposed = false;
  private turned = 0;

  /** `number`, less than `MOST_PYRAMIDS`, tells the tiles of this node from those of others in the same store. */
  constructor(
    readonly source: PanoramaSource,
    readonly number: number,
    private readonly ground: Ground,
    private readonly selector: TileSelector,
  ) {
    this.pyramid = new TilePyramid(source);
    this.level = source.level ?? UPRIGHT;
    this.nadir = source.nadir;
    this.group.rotation.order = "YXZ";
    this.tilt();
    this.first = number * PYRAMID_STRIDE;
    this.loader = new TileLoader(fetchTile, (id) => this.pyramid.url(id), {
      loading: (id) => ground.store.mark(this.first + id, "loading"),
      dropped: (id) => {
        // Another node may have the number by now.
        if (!this.disposed) ground.store.forget(this.first + id);
      },
      failed: (id) => {
        if (this.disposed) return;
        ground.store.mark(this.first + id, "failed");
        ground.invalidate();
      },
      loaded: (id, bitmap) => {
        if (this.disposed) {
          bitmap.close();
          return;
        }
        this.arrived.push({ id, bitmap });
        ground.invalidate();
      },
    });
    if (this.pyramid.across[0] === 1) {
      for (let face = 0; face < 6; face++) this.base.push(this.pyramid.id(0, face, 0, 0));
    }
    this.open();
  }

  get offset(): number {
    return this.turned;
  }

  set offset(degrees: number) {
    this.turned = degrees;
    this.group.rotation.y = (-degrees * Math.PI) / 180;
    this.ground.invalidate();
  }

  /** Puts it upright otherwise, and hides another part below, than its source says: for whoever is about to change that. */
  amend(level: Level, nadir: Nadir | undefined): void {
    this.level = level;
    this.nadir = nadir;
    this.tilt();
    this.ground.invalidate();
    if (this.strip) void fetchPicture(this.source.strip).then((bitmap) => this.cover(bitmap), () => undefined);
  }

  /** How many pieces the last update showed: each is one draw call. */
  get pieces(): number {
    return this.shown.length;
  }

  /** The part of the picture that it fills, for a picture `height` CSS pixels high with `ratio` device pixels to each. */
  clip(shape: ClipShape | undefined, height: number, ratio: number): void {
    writeClip(shape, height, ratio, this.shared.clip.value as Vector4);
  }

  /**
   * Chooses what to show for `camera` (in the stage's frame), `most` tiles at most, and what to bring in. Returns whether there is more
   * to upload.
   */
  update(camera: Camera, most: number): boolean {
    this.receive();
    this.hide();
    const first = this.strip ?? this.hash;
    if (first) this.display(first);
    axesWithin(camera.axes, this.turned, this.level, this.own.axes);
    this.own.fov = camera.fov;
    this.own.width = camera.width;
    this.own.height = camera.height;
    this.selector.select(this.pyramid, this.own, this.selection, most);
    const { store } = this.ground;
    this.wanted.length = 0;
    this.settled = this.arrived.length === 0;
    for (const id of this.base) store.use(this.first + id);
    for (const id of this.selection.tiles) {
      if (this.missing(id)) {
        this.wanted.push(id);
        if (store.state(this.first + id) !== "failed") this.settled = false;
      }
      this.showBest(id);
    }
    if (this.cap) this.display(this.cap);
    // The strip stands in meanwhile: what helps only when one turns comes when all is seen that one looks at.
    if (this.settled && this.ground.atLeisure && !this.ground.savesData) for (const id of this.base) if (this.missing(id)) this.wanted.push(id);
    if (!this.frozen) this.loader.want(this.wanted);
    return this.arrived.length > 0;
  }

  /** Stops bringing tiles in; what is there stays. */
  freeze(): void {
    this.frozen = true;
    this.loader.stop();
  }

  /** Steps out of the picture until `wake`. */
  rest(): void {
    this.resting = true;
    this.loader.stop();
    this.hide();
  }

  /** Back in the picture, whole and on its spot. */
  wake(): void {
    this.resting = this.frozen = false;
    this.opacity = 1;
    this.layer = 0;
    this.group.position.set(0, 0, 0);
    this.clip(undefined, 0, 1);
    this.ground.invalidate();
  }

  retry(): void {
    this.loader.retry();
    this.ground.invalidate();
  }

  /** After the GPU has lost all: starts again from the hash. */
  reopen(): void {
    this.ground.store.clear(this.first, this.first + PYRAMID_STRIDE);
    this.closePaint();
    this.open();
  }

  dispose(): void {
    this.disposed = true;
    this.loader.stop();
    for (const { bitmap } of this.arrived) bitmap.close();
    this.ground.store.clear(this.first, this.first + PYRAMID_STRIDE);
    this.closePaint();
    this.group.removeFromParent();
  }

  private open(): void {
    this.painted = false;
    this.hash = new StripCube(hashTexture(this.source.hash), HASH_SIDE, HASH_RANK, this.shared);
    this.group.add(this.hash.mesh);
    for (const id of this.base) this.ground.store.pin(this.first + id);
    this.begun = this.openStrip();
  }

  private async openStrip(): Promise<void> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await this.ground.strip(this.source.strip);
    } catch {
      return; // The tiles will show, over the hash.
    }
    if (this.disposed) return;
    this.cover(bitmap);
    const texture = pictureTexture(bitmap);
    this.ground.upload(texture);
    this.strip = new StripCube(texture, this.source.stripSize, STRIP_RANK, this.shared);
    this.group.add(this.strip.mesh);
    this.painted = true;
    this.ground.invalidate();
  }

  private closePaint(): void {
    this.hash?.dispose();
    this.strip?.dispose();
    this.cap?.dispose();
    this.hash = this.strip = this.cap = undefined;
    this.shown.length = 0;
  }

  private receive(): void {
    const count = Math.min(UPLOADS, this.arrived.length);
    for (let i = 0; i < count; i++) {
      const { id, bitmap } = this.arrived[i]!;
      const { level, face, row, column } = this.pyramid.at(id, tile);
      const texture = pictureTexture(bitmap);
      const bytes = bitmap.width * bitmap.height * 4;
      this.ground.upload(texture);
      bitmap.close();
      const quad = new TileQuad(texture, TILE_RANK + level, face, this.pyramid.rectangle(level, row, column, rectangle), this.shared);
      this.group.add(quad.mesh);
      this.ground.store.put(this.first + id, quad, bytes);
      this.painted = true;
    }
    this.arrived.splice(0, count);
  }

  private missing(id: number): boolean {
    if (this.ground.store.state(this.first + id) === "ready") return false;
    for (const tile of this.arrived) if (tile.id === id) return false;
    return true;
  }

  /** Shows the tile, or the nearest coarser one that is there. */
  private showBest(id: number): void {
    for (let best = id; best >= 0; best = this.pyramid.parent(best)) {
      const quad = this.ground.store.value(this.first + best);
      if (!quad) continue;
      this.ground.store.use(this.first + best);
      if (!quad.mesh.visible) this.display(quad);
      return;
    }
  }

  private tilt(): void {
    this.group.rotation.x = (this.level.pitch * Math.PI) / 180;
    this.group.rotation.z = (-this.level.roll * Math.PI) / 180;
  }

  /** Covers what is to be hidden below, in the colours of the strip. */
  private cover(strip: ImageBitmap): void {
    this.cap?.dispose();
    this.cap = undefined;
    if (!this.nadir || this.disposed) return;
    this.cap = new NadirCap(this.nadir, this.level, stripPixels(strip), this.shared);
    this.group.add(this.cap.mesh);
    this.ground.invalidate();
  }

  private display(piece: Piece): void {
    if (this.opacity <= 0) return;
    piece.show(this.opacity, this.layer);
    this.shown.push(piece);
  }

  private hide(): void {
    for (const piece of this.shown) piece.mesh.visible = false;
    this.shown.length = 0;
  }
}

const tile: Tile = { level: 0, face: 0, row: 0, column: 0 };
const rectangle = { left: 0, right: 0, bottom: 0, top: 0 };
