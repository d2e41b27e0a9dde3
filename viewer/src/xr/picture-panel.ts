/** A picture at arm's length: it comes as a whole, and in ever finer pieces where one looks closer. One texture is held, two while one comes. */

import { LinearFilter, Mesh, PlaneGeometry, type ShaderMaterial, Texture } from "three";
import { fetchPicture } from "../panorama/fetch-picture";
import type { Stage } from "../panorama/stage";
import type { Size } from "../zoom/region";
import { pictureMaterial } from "./board";
import { ORDER } from "./order";
import { type Piece, type PictureWindow, WHOLE, closer, closest, dragged, holds, partOf, pieceAddress, pieceFor } from "./picture-window";
import { type Meeting, type Ray, meetBoard } from "./ray";
import type { Target } from "./target";

export interface Shown {
  piece: Piece;
  texture: Texture;
}

/** Metres that a picture has at most. */
const WIDTH = 0.74;
const HEIGHT = 0.6;
/** A press looks this many times closer. */
const CLOSER = 2;
/** Looking closer by the stick: so many times in a second. */
const PUSH = 3;
/** Seconds without another change before a finer piece is fetched. */
const PATIENCE = 0.18;

export class PicturePanel implements Target {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  seen: PictureWindow = { ...WHOLE };
  failed = false;
  private service = "";
  private picture: Size = { width: 1, height: 1 };
  private base: Shown | undefined;
  private fine: Shown | undefined;
  private abort = new AbortController();
  private coming: string | undefined;
  private rested = 0;
  private stale = false;
  /** Where on it somebody points. */
  private readonly at = { u: 0.5, v: 0.5 };
  private held: { pointer: number; u: number; v: number; moved: boolean; at: Meeting } | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly changed: () => void,
  ) {
    this.mesh = new Mesh(new PlaneGeometry(1, 1), pictureMaterial(new Texture()));
    this.mesh.renderOrder = ORDER.boards;
    this.mesh.visible = false;
  }

  /** Whether it shows a picture, or will as soon as that has come. */
  get opened(): boolean {
    return this.service !== "";
  }

  get present(): boolean {
    return this.mesh.visible;
  }

  /** Bytes of the textures that are held. */
  get bytes(): number {
    let bytes = 0;
    for (const shown of [this.base, this.fine]) if (shown) bytes += shown.piece.width * shown.piece.height * 4;
    return bytes;
  }

  get most(): number {
    return closest(this.picture);
  }

  /** Shows the picture of an image service. */
  open(service: string, picture: Size): void {
    this.close();
    this.service = service;
    this.picture = picture;
    this.seen = { ...WHOLE };
    this.failed = false;
    const scale = Math.min(WIDTH / picture.width, HEIGHT / picture.height);
    this.mesh.scale.set(picture.width * scale, picture.height * scale, 1);
    this.abort = new AbortController();
    void this.fetch(pieceFor(WHOLE, picture), true);
  }

  retry(): void {
    this.failed = false;
    void this.fetch(pieceFor(WHOLE, this.picture), true);
  }

  close(): void {
    this.abort.abort();
    this.service = "";
    this.coming = this.held = undefined;
    this.mesh.visible = false;
    this.base?.texture.dispose();
    this.fine?.texture.dispose();
    this.base = this.fine = undefined;
  }

  /** Closer by a factor about the middle of the panel. */
  zoomBy(factor: number): void {
    this.change(closer(this.seen, factor, 0.5, 0.5, this.most));
  }

  whole(): void {
    this.change({ ...WHOLE });
  }

  /** One frame. */
  tick(seconds: number): void {
    if (!this.base) return;
    this.rested += seconds;
    const best = this.fine && holds(this.fine.piece, this.seen, this.picture) ? this.fine : this.base;
    const { uniforms } = this.mesh.material;
    uniforms["map"]!.value = best.texture;
    partOf(best.piece, this.seen, this.picture, uniforms["part"]!.value as number[]);
    if (this.rested > PATIENCE && this.stale) {
      this.stale = false;
      const piece = pieceFor(this.seen, this.picture);
      if (piece.width / piece.region.width > (best.piece.width / best.piece.region.width) * 1.01 || best === this.base) {
        if (this.seen.zoom > 1) void this.fetch(piece, false);
      }
    }
  }

  meet(ray: Readonly<Ray>, out: Meeting): boolean {
    return meetBoard(ray, this.mesh.matrixWorld.elements, 1, 1, out);
  }

  point(_pointer: number, at: Readonly<Meeting> | undefined): void {
    if (!at) return;
    this.at.u = at.u;
    this.at.v = at.v;
  }

  press(at: Readonly<Meeting>): void {
    this.change(closer(this.seen, this.seen.zoom >= this.most * 0.99 ? 0 : CLOSER, at.u, at.v, this.most));
  }

  dwells(): boolean {
    return false;
  }

  take(at: Readonly<Meeting>, pointer: number): boolean {
    this.held = { pointer, u: at.u, v: at.v, moved: false, at: { ...at } };
    return true;
  }

  drag(ray: Readonly<Ray>, pointer: number): void {
    const { held } = this;
    if (held?.pointer !== pointer || !meetBoard(ray, this.mesh.matrixWorld.elements, 3, 3, meeting)) return;
    const [u, v] = [(meeting.u - 0.5) * 3 + 0.5, (meeting.v - 0.5) * 3 + 0.5];
    // A hand that presses is not quite still.
    if (!held.moved && Math.hypot(u - held.u, v - held.v) < 0.03) return;
    held.moved = true;
    this.change(dragged(this.seen, u - held.u, v - held.v));
    held.u = u;
    held.v = v;
  }

  drop(pointer: number): void {
    const { held } = this;
    if (held?.pointer !== pointer) return;
    this.held = undefined;
    if (!held.moved) this.press(held.at);
  }

  push(amount: number, seconds: number): boolean {
    this.change(closer(this.seen, PUSH ** (amount * seconds), this.at.u, this.at.v, this.most));
    return true;
  }

  dispose(): void {
    this.close();
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }

  private change(seen: PictureWindow): void {
    this.seen = seen;
    this.rested = 0;
    this.stale = true;
    this.changed();
  }

  private async fetch(piece: Piece, first: boolean): Promise<void> {
    const address = pieceAddress(this.service, piece, this.picture);
    const { signal } = this.abort;
    this.coming = address;
    let bitmap: ImageBitmap;
    try {
      bitmap = await fetchPicture(address, signal);
    } catch {
      if (signal.aborted) return;
      // Without a finer piece the coarse one stays.
      this.failed = first;
      this.changed();
      return;
    }
    if (signal.aborted || this.coming !== address) {
      bitmap.close();
      return;
    }
    const texture = smooth(new Texture(bitmap));
    this.stage.upload(texture);
    bitmap.close();
    const shown = { piece, texture };
    if (first) {
      this.base = shown;
      this.mesh.visible = true;
    } else {
      this.fine?.texture.dispose();
      this.fine = shown;
    }
    this.changed();
  }
}

const meeting: Meeting = { distance: 0, u: 0, v: 0, item: -1 };

function smooth(texture: Texture): Texture {
  texture.generateMipmaps = false;
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.flipY = false;
  texture.needsUpdate = true;
  return texture;
}
