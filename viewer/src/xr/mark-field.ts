/**
 * The ways on and the things of a scene, around the head: signs where hotspots are, arrows on the floor, the outline of what one points
 * at, and its name. All signs and arrows are one draw call.
 */

import { InstancedBufferAttribute, InstancedMesh, Matrix4, PlaneGeometry, Quaternion, ShaderMaterial, Vector3 } from "three";
import { hotspotKind } from "../hotspots/registry";
import { type Vector, directionOf } from "../panorama/faces";
import type { Language } from "../i18n/languages";
import { linkName, readingOrder } from "../tour/marks";
import { markPitch } from "../tour/ways-out";
import type { Tour, TourHotspot, TourLink } from "../tour/types";
import { LabelBoard } from "./label-board";
import { ACROSS, faceOf, markAtlas } from "./mark-atlas";
import { ORDER } from "./order";
import { Outline } from "./outline";
import { type Meeting, type Ray, dot, seenFrom, withinOutline } from "./ray";
import { EYE_HEIGHT, type Rig } from "./rig";
import type { Target } from "./target";

export type Mark = { link: TourLink; hotspot?: undefined } | { hotspot: TourHotspot; link?: undefined };

interface Placed {
  mark: Mark;
  direction: Vector;
  corners: Vector[];
  /** Cosine of the angle about its middle that counts as on it. */
  reach: number;
}

export interface MarkEvents {
  chosen(mark: Mark): void;
}

/** Metres from the head: near enough to be clearly there, far enough to be looked at together with the wall behind. */
const FAR = 4.5;
/** No arrow on the floor is farther away. */
const FARTHEST = 5;
/** Half the size of signs as an angle, and half of what can be pressed: 5° across for a hand that is not quite still. */
const SIGN = 1.9;
const REACH = 2.6;
const ARROW = 4.2;
const MOST = 160;
const DEGREE = Math.PI / 180;

export class MarkField implements Target {
  readonly label: LabelBoard;
  present = true;
  private readonly mesh: InstancedMesh<PlaneGeometry, ShaderMaterial>;
  private readonly face = new InstancedBufferAttribute(new Float32Array(MOST), 1);
  private readonly lit = new InstancedBufferAttribute(new Float32Array(MOST), 1);
  private readonly outline = new Outline(FAR);
  private readonly atlas = markAtlas();
  private marks: Placed[] = [];
  private readonly pointed = [-1, -1, -1];
  private shown = -1;
  private readonly direction: Vector = [0, 0, -1];
  private readonly matrix = new Matrix4();
  private language: Language = "zh-Hans";
  private quiet = false;

  constructor(
    private readonly rig: Rig,
    private readonly events: MarkEvents,
  ) {
    const geometry = new PlaneGeometry(1, 1);
    geometry.setAttribute("face", this.face);
    geometry.setAttribute("lit", this.lit);
    this.mesh = new InstancedMesh(geometry, markMaterial(this.atlas), MOST);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = ORDER.marks;
    this.label = new LabelBoard();
    rig.around.add(this.mesh, this.outline.mesh, this.label.mesh);
  }

  /** Bytes of textures. */
  get bytes(): number {
    return Math.round(((ACROSS * 128) ** 2 * 4 * 4) / 3) + this.label.bytes;
  }

  /** What there is, in reading order: links first, then hotspots as one reads them. */
  get all(): readonly Mark[] {
    return this.marks.map(({ mark }) => mark);
  }

  /** The marks of a scene whose panorama is turned by `offset` degrees. `comparing` hides the ways through time. */
  set({ scene }: Tour, offset: number, language: Language, comparing: boolean): void {
    this.language = language;
    const links = scene.links.filter(({ kind }) => !(comparing && kind === "time"));
    const hotspots = readingOrder(scene.hotspots, scene.view.yaw);
    const marks: Mark[] = [...links.map((link) => ({ link })), ...hotspots.map((hotspot) => ({ hotspot }))];
    this.marks = marks.slice(0, MOST).map((mark) => place(mark, offset));
    this.marks.forEach(({ mark, direction }, i) => {
      this.mesh.setMatrixAt(i, this.standing(mark, direction));
      this.face.setX(i, faceOfMark(mark));
      this.lit.setX(i, 0);
    });
    this.mesh.count = this.marks.length;
    this.mesh.instanceMatrix.needsUpdate = this.face.needsUpdate = this.lit.needsUpdate = true;
    this.pointed.fill(-1);
    this.show(-1);
  }

  /** Whether marks belong to what is seen at the moment. */
  set visible(visible: boolean) {
    this.present = visible;
    this.mesh.visible = visible && this.marks.length > 0;
    if (!visible) this.show(-1);
  }

  /** Behind something that is looked at they are faint, and nobody opens them by looking past it. */
  set dimmed(dimmed: boolean) {
    this.mesh.material.uniforms["opacity"]!.value = dimmed ? 0.25 : 1;
    this.quiet = dimmed;
  }

  dwells(): boolean {
    return !this.quiet;
  }

  meet(ray: Readonly<Ray>, out: Meeting): boolean {
    const distance = seenFrom(this.rig.head, ray, FAR, this.direction);
    let found = -1;
    let nearest = 0;
    for (let i = 0; i < this.marks.length; i++) {
      const { direction, reach } = this.marks[i]!;
      const cosine = dot(direction, this.direction);
      if (cosine < reach || cosine <= nearest) continue;
      found = i;
      nearest = cosine;
    }
    for (let i = 0; found < 0 && i < this.marks.length; i++) {
      const { corners, direction } = this.marks[i]!;
      if (corners.length > 2 && withinOutline(this.direction, corners, direction)) found = i;
    }
    if (found < 0) return false;
    out.distance = distance;
    out.item = found;
    return true;
  }

  point(pointer: number, at: Readonly<Meeting> | undefined): void {
    const item = at?.item ?? -1;
    if (this.pointed[pointer] === item) return;
    this.pointed[pointer] = item;
    for (let i = 0; i < this.marks.length; i++) this.lit.setX(i, this.pointed.includes(i) ? 1 : 0);
    this.lit.needsUpdate = true;
    this.show(item >= 0 ? item : Math.max(...this.pointed));
  }

  press(at: Readonly<Meeting>): void {
    const mark = this.marks[at.item]?.mark;
    if (mark) this.events.chosen(mark);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.mesh.dispose();
    this.atlas.dispose();
    this.outline.dispose();
    this.label.dispose();
  }

  /** Names and outlines one mark. */
  private show(item: number): void {
    if (item === this.shown && item < 0) return;
    this.shown = item;
    const placed = this.marks[item];
    this.outline.show(placed && placed.corners.length > 2 ? placed.corners : undefined);
    if (!placed) {
      this.label.hide();
      return;
    }
    const { mark, direction } = placed;
    const words = mark.link
      ? { kind: "", title: linkName(mark.link, this.language) }
      : this.label.wordsOf(mark.hotspot, this.language);
    this.label.show(words, direction, mark.link?.kind === "walk" ? 5 : SIGN + 3.2);
  }

  /** Signs face the head; arrows lie on the floor and point away. */
  private standing({ link }: Mark, [x, y, z]: Vector): Matrix4 {
    if (link?.kind === "walk" && y < -0.05) {
      const far = Math.min(EYE_HEIGHT / -y, FARTHEST);
      const side = 2 * Math.tan(ARROW * DEGREE) * far;
      const yaw = Math.atan2(x, -z);
      turn.setFromAxisAngle(UP, -yaw).multiply(lying);
      return this.matrix.compose(point.set(x * far, y * far, z * far), turn, size.set(side, side * 1.25, 1));
    }
    const side = 2 * Math.tan(SIGN * DEGREE) * FAR;
    point.set(x * FAR, y * FAR, z * FAR);
    turn.setFromRotationMatrix(this.matrix.lookAt(size.set(0, 0, 0), point, UP));
    return this.matrix.compose(point, turn, size.set(side, side, 1));
  }
}

const UP = new Vector3(0, 1, 0);
const point = new Vector3();
const size = new Vector3();
const turn = new Quaternion();
const lying = new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -Math.PI / 2);

function place(mark: Mark, offset: number): Placed {
  const { link, hotspot } = mark;
  const yaw = (link ?? hotspot).yaw + offset;
  const pitch = link ? markPitch(link) : hotspot.pitch;
  const corners = (hotspot?.polygon ?? []).map(([y, p]) => directionOf(y + offset, p, [0, 0, 0]));
  const reach = Math.cos((link?.kind === "walk" ? ARROW : REACH) * DEGREE);
  return { mark, direction: directionOf(yaw, pitch, [0, 0, 0]), corners, reach };
}

function faceOfMark({ link, hotspot }: Mark): number {
  if (hotspot) return faceOf(hotspotKind(hotspot.kind)?.icon ?? "text");
  return faceOf(link.kind === "walk" ? "walk" : link.kind === "time" ? "time" : "portal");
}

function markMaterial(map: ReturnType<typeof markAtlas>): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: `attribute float face; attribute float lit; varying vec2 place; varying float bright;
void main() {
  bright = lit;
  vec2 cell = vec2(mod(face, ${ACROSS}.0), ${ACROSS - 1}.0 - floor(face / ${ACROSS}.0));
  place = (cell + uv) / ${ACROSS}.0;
  gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position.xy * (1.0 + 0.2 * lit), 0.0, 1.0);
}`,
    fragmentShader: `uniform sampler2D map; uniform float opacity; varying vec2 place; varying float bright;
void main() {
  vec4 colour = texture2D(map, place);
  if (colour.a < 0.004) discard;
  gl_FragColor = vec4(mix(colour.rgb, colour.rgb * 1.25 + vec3(0.12, 0.1, 0.06), bright), colour.a * opacity * mix(0.9, 1.0, bright));
}`,
    uniforms: { map: { value: map }, opacity: { value: 1 } },
    transparent: true,
    depthWrite: false,
  });
}
