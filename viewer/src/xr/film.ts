/** A film in a headset: at arm's length, or on the wall where it hangs; heard from there, with its captions, to play, pause and seek. */

import { Matrix4, Mesh, type Object3D, PlaneGeometry, type ShaderMaterial, Texture, Vector3 } from "three";
import type { Language } from "../i18n/languages";
import type { View } from "../panorama/view";
import { readCaptions } from "../tour/captions";
import { type Cue, captionAt } from "../tour/guided/telling";
import { type Corner, layOn } from "../tour/plane";
import { RoomSound } from "../tour/room-sound";
import type { TourHotspot } from "../tour/types";
import { pictureMaterial } from "./board";
import { FilmBar, type FilmState } from "./film-bar";
import { FilmPicture } from "./film-picture";
import { ORDER } from "./order";
import { type Meeting, type Ray, meetBoard } from "./ray";
import type { Target } from "./target";

/** Metres that it has at most at arm's length. */
const WIDTH = 0.74;
const HEIGHT = 0.6;
/** Metres from the head to the wall: the walls of a photograph are as far away as one likes. */
const WALL = 3.2;
/** Seconds that a push of the stick goes on or back in a second. */
const PUSH = 12;
/** What a film is before it is known: most are. */
const USUAL = 16 / 9;

export class Film implements Target {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly bar: FilmBar;
  failed = false;
  onWall = false;
  private hotspot: TourHotspot | undefined;
  private player: HTMLVideoElement | undefined;
  private sound: RoomSound | undefined;
  private picture: FilmPicture | undefined;
  private cues: readonly Cue[] = [];
  private language: Language = "";

  /** `around` is what goes along with the head; `room` is where things stay. */
  constructor(
    private readonly room: Object3D,
    private readonly around: Object3D,
    private readonly view: () => View,
    private readonly changed: () => void,
  ) {
    this.mesh = new Mesh(new PlaneGeometry(1, 1), pictureMaterial(new Texture()));
    this.mesh.renderOrder = ORDER.boards;
    this.mesh.visible = false;
    this.bar = new FilmBar(() => this.state, { toggle: () => this.toggle(), seek: (share) => this.seek(share) });
    room.add(this.mesh, this.bar.mesh);
  }

  get present(): boolean {
    return this.mesh.visible;
  }

  /** Whether one is open, though its picture may not have come. */
  get opened(): boolean {
    return this.hotspot !== undefined;
  }

  get bytes(): number {
    return this.bar.bytes + (this.picture?.bytes ?? 0);
  }

  /** Metres across at arm's length. */
  get width(): number {
    return Math.min(WIDTH, HEIGHT * this.shape);
  }

  get height(): number {
    return this.width / this.shape;
  }

  /** Opens a hotspot's film, and plays it. */
  open(hotspot: TourHotspot, language: Language): void {
    this.close();
    this.hotspot = hotspot;
    this.language = language;
    this.failed = false;
    const player = document.createElement("video");
    this.sound = new RoomSound(player);
    player.playsInline = true;
    player.preload = "auto";
    player.addEventListener("loadeddata", () => this.come(player));
    for (const type of ["play", "pause", "timeupdate", "seeked", "ended"]) player.addEventListener(type, () => this.bar.change());
    player.addEventListener("error", () => this.fail(player));
    this.player = player;
    player.src = hotspot.target?.href ?? "";
    this.bar.mesh.visible = true;
    this.bar.change();
    void this.read(hotspot);
    this.play();
  }

  retry(): void {
    if (this.hotspot) this.open(this.hotspot, this.language);
  }

  close(): void {
    const { player } = this;
    this.hotspot = this.player = undefined;
    this.mesh.visible = this.bar.mesh.visible = this.onWall = false;
    this.cues = [];
    if (!player) return;
    player.pause();
    this.sound?.close();
    this.picture?.dispose();
    this.sound = this.picture = undefined;
    player.removeAttribute("src");
    player.load();
  }

  /** Where in the scene its sound comes from. */
  comeFrom(yaw: number, pitch: number): void {
    this.sound?.comeFrom(yaw, pitch);
    this.sound?.aim(this.view());
  }

  /** The head has turned. */
  turned(view: View): void {
    this.sound?.aim(view);
  }

  toggle(): void {
    if (this.player?.paused) this.play();
    else this.player?.pause();
    this.bar.change();
  }

  /** The visitor's attention is elsewhere. */
  rest(): void {
    this.player?.pause();
  }

  /** Whether it hangs on a wall. */
  hangs(): boolean {
    return this.matrixOnWall(0) !== undefined;
  }

  /** Hangs it where it hangs in the scene, whose panorama is turned by `offset` degrees. */
  hang(offset: number): void {
    const matrix = this.matrixOnWall(offset);
    if (!matrix) return;
    this.onWall = true;
    this.around.add(this.mesh);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.matrix.copy(matrix);
    this.mesh.matrixWorldNeedsUpdate = true;
  }

  /** Takes it before the eyes; whoever calls this places it. */
  takeDown(): void {
    this.onWall = false;
    this.room.add(this.mesh);
    this.mesh.matrixAutoUpdate = true;
    this.mesh.scale.set(this.width, this.height, 1);
  }

  meet(ray: Readonly<Ray>, out: Meeting): boolean {
    return meetBoard(ray, this.mesh.matrixWorld.elements, 1, 1, out);
  }

  point(): void {
    // It runs, pointed at or not.
  }

  press(): void {
    this.toggle();
  }

  dwells(): boolean {
    return false;
  }

  push(amount: number, seconds: number): boolean {
    const { player } = this;
    if (player) player.currentTime = Math.max(player.currentTime + amount * seconds * PUSH, 0);
    return true;
  }

  dispose(): void {
    this.close();
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.bar.dispose();
  }

  private get shape(): number {
    const { videoWidth = 0, videoHeight = 0 } = this.player ?? {};
    return videoWidth > 0 && videoHeight > 0 ? videoWidth / videoHeight : USUAL;
  }

  private get state(): FilmState | undefined {
    const { player, language, cues } = this;
    if (!player) return undefined;
    const { paused, currentTime: at, duration } = player;
    const length = Number.isFinite(duration) ? duration : 0;
    return { language, paused, at, length, caption: captionAt(cues, at), coming: !this.picture && !this.failed };
  }

  private play(): void {
    this.sound?.sound(this.view());
    // Where the browser wants a press first, its button is there.
    this.player?.play().catch(() => this.bar.change());
  }

  private seek(share: number): void {
    const { player } = this;
    if (player && Number.isFinite(player.duration)) player.currentTime = share * player.duration;
  }

  private come(player: HTMLVideoElement): void {
    if (this.player !== player || this.picture) return;
    this.picture = new FilmPicture(player);
    this.mesh.material.uniforms["map"]!.value = this.picture.texture;
    this.mesh.visible = true;
    this.bar.change();
    this.changed();
  }

  private fail(player: HTMLVideoElement): void {
    if (this.player !== player) return;
    this.failed = true;
    this.bar.mesh.visible = this.mesh.visible = false;
    this.changed();
  }

  private async read(hotspot: TourHotspot): Promise<void> {
    const cues = await readCaptions(hotspot.target?.captions, this.language);
    if (this.hotspot !== hotspot) return;
    this.cues = cues;
    this.bar.change();
  }

  private matrixOnWall(offset: number): Matrix4 | undefined {
    const corners = this.hotspot?.polygon?.map(([yaw, pitch]): Corner => [yaw + offset, pitch]);
    const laid = corners && layOn(corners, 1, 1, WALL);
    if (!laid) return undefined;
    // Of a box that is 1 px wide and high: its axes, and where its upper left corner is, y down.
    const right = new Vector3(laid[0], -laid[1]!, laid[2]);
    const down = new Vector3(laid[4], -laid[5]!, laid[6]);
    const middle = new Vector3(laid[12], -laid[13]!, laid[14]).addScaledVector(right, 0.5).addScaledVector(down, 0.5);
    const up = down.negate();
    return new Matrix4().makeBasis(right, up, new Vector3().crossVectors(right, up).normalize()).setPosition(middle);
  }
}
