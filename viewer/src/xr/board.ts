/** A board in the room: a canvas as a texture, with things on it that can be pressed. */

import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter, Mesh, PlaneGeometry, ShaderMaterial, type Texture } from "three";
import { ORDER } from "./order";
import { Pen, type Zone } from "./pen";
import { type Meeting, type Ray, meetBoard } from "./ray";
import type { Target } from "./target";

const square = new PlaneGeometry(1, 1);
/** Pointers that may be on a board at the same time. */
const POINTERS = 3;

/** Shows a texture as it is, its colours untouched; `part` is where in it the board's lower left corner lies, and how much it shows. */
export function pictureMaterial(map: Texture): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: `uniform vec4 part; varying vec2 place; varying vec2 across;
void main() { across = uv; place = part.xy + uv * part.zw; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `uniform sampler2D map; uniform float opacity; varying vec2 place;
varying vec2 across;
void main() {
  vec4 colour = texture2D(map, place);
  // Its edge is one pixel soft: nothing else smooths it.
  vec2 edge = min(across, 1.0 - across) / fwidth(across);
  gl_FragColor = vec4(colour.rgb, colour.a * opacity * clamp(min(edge.x, edge.y), 0.0, 1.0));
  if (gl_FragColor.a < 0.004) discard;
}`,
    uniforms: { map: { value: map }, opacity: { value: 1 }, part: { value: [0, 0, 1, 1] } },
    transparent: true,
    depthWrite: false,
  });
}

export abstract class Board implements Target {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly canvas = document.createElement("canvas");
  private readonly context: CanvasRenderingContext2D;
  private readonly texture: CanvasTexture;
  private zones: readonly Zone[] = [];
  private readonly lit = new Int16Array(POINTERS).fill(-1);
  private sliding: { zone: Zone; pointer: number } | undefined;
  private stale = true;

  /** `width` × `height` pixels, `metres` wide. */
  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly metres: number,
  ) {
    this.canvas.width = width;
    this.canvas.height = height;
    this.context = this.canvas.getContext("2d")!;
    this.texture = new CanvasTexture(this.canvas);
    this.texture.minFilter = LinearMipmapLinearFilter;
    this.texture.magFilter = LinearFilter;
    this.texture.anisotropy = 4;
    this.mesh = new Mesh(square, pictureMaterial(this.texture));
    this.resize(1);
    this.mesh.renderOrder = ORDER.boards;
    this.mesh.visible = false;
  }

  /** Bytes of its texture, its smaller copies included. */
  get bytes(): number {
    return Math.round((this.width * this.height * 4 * 4) / 3);
  }

  get present(): boolean {
    return this.mesh.visible;
  }

  /** `share` of its size. */
  resize(share: number): void {
    const width = this.metres * share;
    this.mesh.scale.set(width, (width * this.height) / this.width, 1);
  }

  /** Draws the face anew before the next frame. */
  change(): void {
    this.stale = true;
  }

  /** Before each frame: draws what has changed. */
  paint(): void {
    if (this.stale && this.mesh.visible) this.redraw();
  }

  meet(ray: Readonly<Ray>, out: Meeting): boolean {
    // Its square is 1 wide: the matrix scales.
    if (!meetBoard(ray, this.mesh.matrixWorld.elements, 1, 1, out)) return false;
    out.item = this.zoneAt(out.u * this.width, out.v * this.height);
    return true;
  }

  point(pointer: number, at: Readonly<Meeting> | undefined): void {
    const zone = at?.item ?? -1;
    if (this.lit[pointer] === zone) return;
    this.lit[pointer] = zone;
    this.stale = true;
  }

  press(at: Readonly<Meeting>): void {
    this.zones[at.item]?.act?.();
    this.stale = true;
  }

  dwells(at: Readonly<Meeting>): boolean {
    return this.zones[at.item]?.act !== undefined;
  }

  take(at: Readonly<Meeting>, pointer: number): boolean {
    const zone = this.zones[at.item];
    if (!zone?.slide) return false;
    this.sliding = { zone, pointer };
    zone.slide(this.shareOf(zone, at.u));
    return true;
  }

  drag(ray: Readonly<Ray>, pointer: number): void {
    if (this.sliding?.pointer !== pointer) return;
    // Beside the board it slides on, as far as its plane goes.
    if (meetBoard(ray, this.mesh.matrixWorld.elements, 4, 8, meeting)) {
      this.sliding.zone.slide!(this.shareOf(this.sliding.zone, (meeting.u - 0.5) * 4 + 0.5));
      this.stale = true;
    }
  }

  drop(pointer: number): void {
    if (this.sliding?.pointer !== pointer) return;
    const { zone } = this.sliding;
    this.sliding = undefined;
    zone.slid?.();
    this.stale = true;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.material.dispose();
    this.texture.dispose();
  }

  protected abstract draw(pen: Pen): void;

  private redraw(): void {
    this.stale = false;
    const pen = new Pen(this.context, this.width, this.height, (zone) => this.lit.includes(zone));
    this.draw(pen);
    this.zones = pen.zones;
    this.texture.needsUpdate = true;
  }

  private shareOf({ x, width }: Zone, u: number): number {
    return Math.min(Math.max((u * this.width - x) / width, 0), 1);
  }

  /** The last drawn one at a point: it lies above the others. */
  private zoneAt(x: number, y: number): number {
    for (let i = this.zones.length - 1; i >= 0; i--) {
      const zone = this.zones[i]!;
      if (x >= zone.x && x <= zone.x + zone.width && y >= zone.y && y <= zone.y + zone.height) return i;
    }
    return -1;
  }
}

const meeting: Meeting = { distance: 0, u: 0, v: 0, item: -1 };
