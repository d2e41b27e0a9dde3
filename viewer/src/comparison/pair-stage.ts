/** Two things under one renderer: each in a scene of its own, seen by a camera of its own, at one scale. Drawn when something changed. */

import {
  NeutralToneMapping,
  Box3,
  type Group,
  Object3D,
  PCFShadowMap,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  Spherical,
  type Texture,
  Vector3,
  WebGLRenderer,
} from "three";
import { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";
import { discard } from "../model/glb";
import { Lights } from "../model/lights";
import { groundShadow } from "../standing/ground-shadow";
import { type FigureName, figureOf, sizeOf } from "./figures";
import { type Look, SLOPE, distanceFor } from "./orbit";

/** Between a thing and the figure beside it, in shares of the figure's width; a narrow one keeps some distance too. */
const GAP = 0.35;
const MOST_PIXELS = 2;

export interface Pane {
  /** Where it lies on the canvas, in CSS pixels from its top left. */
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Stand {
  scene: Scene;
  lights: Lights;
  thing: Group | undefined;
  figure: Object3D;
  camera: PerspectiveCamera;
  /** Of the thing, metres: from its axis to its side, and up. */
  radius: number;
  height: number;
}

export class PairStage {
  /** Frames that were drawn. */
  drawn = 0;
  private readonly renderer: WebGLRenderer;
  private readonly light: Texture;
  private readonly stands: readonly [Stand, Stand];
  private figureName: FigureName = "none";
  private asked = 0;

  /** `canvas` is drawn upon. Throws where nothing can be drawn. */
  constructor(canvas: HTMLCanvasElement) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.toneMappingExposure = 0.6;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.setScissorTest(true);
    const generator = new PMREMGenerator(this.renderer);
    this.light = generator.fromScene(new RoomEnvironment(), 0.04).texture;
    generator.dispose();
    this.stands = [this.stand(), this.stand()];
  }

  /** Puts a thing into its half, enlarged by `scale` to metres. The stage owns it from now on. */
  show(number: 0 | 1, thing: Group, scale: number): void {
    const stand = this.stands[number];
    thing.scale.setScalar(scale);
    const box = new Box3().setFromObject(thing);
    const size = box.getSize(new Vector3());
    const middle = box.getCenter(new Vector3());
    thing.position.set(-middle.x, -box.min.y, -middle.z);
    stand.thing = thing;
    stand.radius = Math.hypot(size.x, size.z) / 2;
    stand.height = size.y;
    stand.scene.add(thing, groundShadow(thing));
    stand.lights.show("hall", new Vector3(0, size.y / 2, 0), Math.max(size.length() / 2, 1e-6));
    this.placeFigures();
    this.draw();
  }

  set figure(name: FigureName) {
    this.figureName = name;
    for (const { figure } of this.stands) {
      for (const old of [...figure.children]) discard(old);
      if (name !== "none") figure.add(figureOf(name));
    }
    this.placeFigures();
    this.draw();
  }

  /** How near each camera must be to see all of its pane; with `trueScale` both are as near as the larger one needs. */
  distances(panes: readonly [Pane, Pane], trueScale: boolean): [number, number] {
    const each = this.stands.map((stand, number) => {
      const { width, height } = panes[number as 0 | 1];
      return distanceFor(this.room(stand), width / Math.max(height, 1));
    }) as [number, number];
    const farther = Math.max(...each);
    return trueScale ? [farther, farther] : each;
  }

  /** Moves the cameras; `middles` is how high above the ground each looks. */
  look(looks: readonly [Look, Look], distances: readonly [number, number], trueScale: boolean): void {
    const highest = Math.max(...this.stands.map((stand) => this.room(stand).height));
    this.stands.forEach((stand, number) => {
      const { around, down } = looks[number as 0 | 1];
      const { camera, figure } = stand;
      const middle = (trueScale ? highest : this.room(stand).height) / 2;
      camera.position.setFromSpherical(spherical.set(distances[number as 0 | 1], down, around)).y += middle;
      camera.lookAt(0, middle, 0);
      // The figure keeps to the left of the thing, and faces the visitor.
      figure.rotation.y = around;
    });
    this.draw();
  }

  /** CSS pixels of the canvas, and where the two panes lie on it. */
  resize(width: number, height: number, panes: readonly [Pane, Pane]): void {
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, MOST_PIXELS));
    this.renderer.setSize(width, height, false);
    this.panes = panes;
    this.size = height;
    this.draw();
  }

  dispose(): void {
    cancelAnimationFrame(this.asked);
    for (const { scene, lights } of this.stands) {
      lights.clear();
      discard(scene);
      scene.clear();
    }
    this.light.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  private panes: readonly [Pane, Pane] | undefined;
  private size = 1;

  private stand(): Stand {
    const scene = new Scene();
    scene.environment = this.light;
    const figure = new Object3D();
    scene.add(figure);
    const camera = new PerspectiveCamera((2 * Math.atan(SLOPE) * 180) / Math.PI, 1, 0.01, 100);
    return { scene, lights: new Lights(scene), thing: undefined, figure, camera, radius: 0, height: 0 };
  }

  /** What must be seen of a stand. */
  private room({ radius, height }: Stand): { width: number; height: number } {
    if (this.figureName === "none") return { width: Math.max(radius, 1e-3), height: Math.max(height, 1e-3) };
    const figure = sizeOf(this.figureName);
    return { width: radius + (1 + GAP) * figure.width, height: Math.max(height, figure.height) };
  }

  private placeFigures(): void {
    if (this.figureName === "none") return;
    const { width } = sizeOf(this.figureName);
    for (const { figure, radius } of this.stands) for (const one of figure.children) one.position.x = -(radius + (0.5 + GAP) * width);
  }

  private draw(): void {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.drawn++;
      this.panes?.forEach((pane, number) => this.drawPane(this.stands[number as 0 | 1], pane));
    });
  }

  private drawPane({ scene, camera, lights }: Stand, { left, top, width, height }: Pane): void {
    const { renderer } = this;
    const bottom = this.size - top - height;
    renderer.setViewport(left, bottom, width, height);
    renderer.setScissor(left, bottom, width, height);
    camera.aspect = width / Math.max(height, 1);
    const far = camera.position.length();
    camera.near = far / 200;
    camera.far = far * 20;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    lights.follow(camera);
    renderer.render(scene, camera);
  }
}

const spherical = new Spherical();
