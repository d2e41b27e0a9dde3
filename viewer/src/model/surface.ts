/** The surface of a thing: as it is, of plain clay, and cut open by a plane that lets the visitor look inside. */

import {
  BackSide,
  DoubleSide,
  FrontSide,
  type Material,
  Matrix3,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
  Plane,
  type Side,
  Vector3,
} from "three";

export type Axis = "x" | "y" | "z";

export interface Cut {
  axis: Axis;
  /** From 0 to 1, along the axis. */
  at: number;
  /** Which half stays: the one before the plane, or the other. */
  other: boolean;
}

const CLAY = "#b9ada0";
/** What is between the outer and the inner surface, where the thing is cut. */
const SECTION = "#a8743c";

interface Part {
  mesh: Mesh;
  own: Material | Material[];
  clay: MeshStandardMaterial | undefined;
  inside: Mesh | undefined;
}

export class Surface {
  private readonly parts: Part[] = [];
  private readonly sides = new Map<Material, Side>();
  private readonly plane = new Plane();
  private cutting: Cut | undefined;
  private plain = false;

  /** `low` and `high` are the corners of the thing's box in its own frame. */
  constructor(
    private readonly thing: Object3D,
    private readonly low: Vector3,
    private readonly high: Vector3,
  ) {
    thing.traverse((found) => {
      if (found instanceof Mesh) this.parts.push({ mesh: found, own: found.material, clay: undefined, inside: undefined });
    });
  }

  set clay(plain: boolean) {
    this.plain = plain;
    for (const part of this.parts) {
      if (plain) part.clay ??= clayOf(part.own);
      part.mesh.material = plain && part.clay ? part.clay : part.own;
    }
    this.apply();
  }

  set cut(cut: Cut | undefined) {
    this.cutting = cut;
    this.apply();
  }

  /** Before each frame: the plane goes with the thing. */
  follow(): void {
    const cut = this.cutting;
    if (!cut) return;
    const { axis, at, other } = cut;
    normal.set(0, 0, 0)[axis] = other ? 1 : -1;
    point.copy(this.low)[axis] += at * (this.high[axis] - this.low[axis]);
    this.thing.updateWorldMatrix(true, false);
    this.plane.setFromNormalAndCoplanarPoint(normal, point).applyMatrix4(this.thing.matrixWorld, turn.getNormalMatrix(this.thing.matrixWorld));
  }

  /** Whether a point of the world is on the side that the cut leaves. */
  keeps(where: Vector3): boolean {
    return this.cutting === undefined || this.plane.distanceToPoint(where) >= 0;
  }

  /** Gives the thing back as it came. */
  dispose(): void {
    this.cut = undefined;
    this.clay = false;
    for (const { clay, inside } of this.parts) {
      clay?.dispose();
      (inside?.material as Material | undefined)?.dispose();
    }
  }

  private apply(): void {
    const planes = this.cutting ? [this.plane] : null;
    for (const part of this.parts) {
      for (const material of listed(part.mesh.material)) {
        if (!this.sides.has(material)) this.sides.set(material, material.side);
        const side = this.sides.get(material) ?? FrontSide;
        // Where it is open, what lies behind shows in one colour: that is how a cut is drawn.
        material.side = planes ? FrontSide : side;
        material.clippingPlanes = planes;
        material.clipShadows = true;
        material.needsUpdate = true;
      }
      if (planes) part.inside ??= insideOf(part.mesh, this.plane);
      if (part.inside) part.inside.visible = planes !== null;
    }
    if (!this.plain) return;
    for (const { own } of this.parts) for (const material of listed(own)) material.clippingPlanes = null;
  }
}

const normal = new Vector3();
const point = new Vector3();
const turn = new Matrix3();

function listed(material: Material | Material[]): Material[] {
  return Array.isArray(material) ? material : [material];
}

function clayOf(own: Material | Material[]): MeshStandardMaterial {
  const [first] = listed(own);
  const clay = new MeshStandardMaterial({ color: CLAY, roughness: 0.85, metalness: 0, side: first?.side ?? DoubleSide });
  // A relief may lie in the picture of its normals alone.
  if (first instanceof MeshStandardMaterial) {
    clay.flatShading = first.flatShading;
    if (first.normalMap) {
      clay.normalMap = first.normalMap;
      clay.normalScale.copy(first.normalScale);
    }
  }
  return clay;
}

function insideOf(mesh: Mesh, plane: Plane): Mesh {
  const inside = new Mesh(mesh.geometry, new MeshBasicMaterial({ color: SECTION, side: BackSide, clippingPlanes: [plane] }));
  inside.raycast = () => undefined;
  mesh.add(inside);
  return inside;
}
