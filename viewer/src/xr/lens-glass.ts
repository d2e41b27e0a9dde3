/**
 * The lens on the controller: a round glass before the hand in which another moment shows, with its year beneath. Whoever has no hands
 * has it before the eyes.
 */

import { Mesh, PlaneGeometry, type Scene, ShaderMaterial } from "three";
import { sayYear } from "../i18n/catalog";
import { type Language, pick } from "../i18n/languages";
import type { ClipShape } from "../panorama/clip";
import type { TimeTravel } from "../tour/time-travel";
import { eraBeside } from "../tour/year-words";
import { Board } from "./board";
import { COLOUR, sans, serif } from "./colours";
import { faceHead } from "./facing";
import { ORDER } from "./order";
import type { Pen } from "./pen";
import type { Pointers } from "./pointers";
import type { Rig } from "./rig";
import { HEAD } from "./target";

/** Metres from the hand, or the eyes, and the glass's radius. */
const FAR = 0.95;
const RADIUS = 0.24;
const BENEATH = 0.075;

export class LensGlass {
  readonly label = new GlassLabel();
  private readonly rim: Mesh<PlaneGeometry, ShaderMaterial>;
  private readonly shape: Extract<ClipShape, { kind: "glass" }> = { kind: "glass", x: 0, y: 0, z: 0, radius: RADIUS };
  private showing = false;

  constructor(
    scene: Scene,
    private readonly rig: Rig,
    private readonly pointers: Pointers,
  ) {
    this.rim = new Mesh(new PlaneGeometry(1, 1), rimMaterial());
    this.rim.scale.setScalar(RADIUS * 2.24);
    this.rim.renderOrder = ORDER.things;
    this.rim.visible = false;
    scene.add(this.rim, this.label.mesh);
  }

  /** One frame. The panoramas were cut by where the glass was in the frame before, and so is the rim. */
  tick(time: TimeTravel, language: Language, passing: boolean): void {
    const on = time.possible && time.comparison === "lens" && !passing;
    this.rim.visible = this.label.mesh.visible = on && this.showing;
    if (!on) {
      this.showing = false;
      return;
    }
    if (this.showing) this.placeRim();
    this.move();
    time.shape = this.shape;
    this.showing = true;
    const moment = time.moments[time.other];
    if (moment) this.label.name(moment.year, eraBeside(pick(moment.era, language), moment.year), language);
  }

  dispose(): void {
    this.rim.removeFromParent();
    this.rim.geometry.dispose();
    this.rim.material.dispose();
    this.label.dispose();
  }

  private placeRim(): void {
    const { x, y, z } = this.shape;
    const eyes = this.rig.around.position;
    this.rim.position.set(x, y, z);
    faceHead(this.rim, eyes);
    this.label.mesh.position.set(x, y - RADIUS - BENEATH, z);
    faceHead(this.label.mesh, eyes);
  }

  private move(): void {
    const hand = this.pointers.of("right") ?? this.pointers.of("left");
    const { ray } = hand?.space?.visible ? hand : this.pointers.all[HEAD]!;
    this.shape.x = ray.origin[0] + ray.direction[0] * FAR;
    this.shape.y = ray.origin[1] + ray.direction[1] * FAR;
    this.shape.z = ray.origin[2] + ray.direction[2] * FAR;
  }
}

class GlassLabel extends Board {
  private year = Number.NaN;
  private era = "";
  private language: Language = "zh-Hans";

  constructor() {
    super(512, 112, 0.32);
  }

  name(year: number, era: string, language: Language): void {
    if (year === this.year && era === this.era && language === this.language) return;
    this.year = year;
    this.era = era;
    this.language = language;
    this.change();
  }

  protected draw(pen: Pen): void {
    const { context, width, height } = pen;
    context.clearRect(0, 0, width, height);
    const year = sayYear(this.language, this.year);
    context.font = serif(52);
    const first = pen.measure(year);
    context.font = sans(32);
    const whole = first + (this.era ? pen.measure(this.era) + 20 : 0);
    const left = (width - whole) / 2;
    context.beginPath();
    context.roundRect(Math.max(left - 36, 0), 8, Math.min(whole + 72, width), height - 16, 44);
    context.fillStyle = COLOUR.ground;
    context.fill();
    pen.word(year, left, height / 2, serif(52), COLOUR.accent);
    if (this.era) pen.word(this.era, left + first + 20, height / 2, sans(32), COLOUR.ink);
  }
}

/** A bright rim with a dark edge, and a little shade within, as on the page. The board is 1.12 radii from its middle to its edge. */
function rimMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: `varying vec2 place; void main() { place = position.xy * 2.24; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying vec2 place;
void main() {
  float r = length(place);
  float soft = fwidth(r);
  float rim = smoothstep(0.985 - soft, 0.985, r) * (1.0 - smoothstep(1.015, 1.015 + soft, r));
  float outside = smoothstep(1.0, 1.01, r) * (1.0 - smoothstep(1.01, 1.12, r)) * 0.5;
  float inside = smoothstep(0.82, 1.0, r) * (1.0 - smoothstep(0.99, 1.0, r)) * 0.28;
  gl_FragColor = vec4(vec3(1.0, 0.965, 0.894) * rim, max(rim * 0.95, max(outside, inside)));
}`,
    transparent: true,
    depthWrite: false,
  });
}
