/** The outline of a thing, as a band of even width around the head. */

import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh, MeshBasicMaterial } from "three";
import type { Vector } from "../panorama/faces";
import { ORDER } from "./order";

/** Half of the band, as a share of its distance. */
const HALF = 0.0035;
const CORNERS = 64;

export class Outline {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  private readonly positions = new BufferAttribute(new Float32Array(CORNERS * 4 * 3), 3);

  /** `far` metres from the head. */
  constructor(private readonly far: number) {
    const geometry = new BufferGeometry();
    this.positions.setUsage(DynamicDrawUsage);
    geometry.setAttribute("position", this.positions);
    const index: number[] = [];
    for (let edge = 0; edge < CORNERS; edge++) {
      const first = edge * 4;
      index.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
    }
    geometry.setIndex(index);
    const material = new MeshBasicMaterial({ color: 0xe9b872, side: 2, transparent: true, depthWrite: false, toneMapped: false });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = ORDER.outlines;
    this.mesh.visible = false;
  }

  /** Directions of the corners; of more than 64, the first. */
  show(corners: readonly Readonly<Vector>[] | undefined): void {
    this.mesh.visible = corners !== undefined;
    if (!corners) return;
    const count = Math.min(corners.length, CORNERS);
    for (let i = 0; i < count; i++) this.setEdge(i, corners[i]!, corners[(i + 1) % count]!);
    this.positions.needsUpdate = true;
    this.mesh.geometry.setDrawRange(0, count * 6);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }

  /** A quad from `a` to `b`, a little longer at both ends so that corners close. */
  private setEdge(edge: number, a: Readonly<Vector>, b: Readonly<Vector>): void {
    const { far } = this;
    const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const length = Math.hypot(dx, dy, dz) || 1;
    // Across the edge, on the sphere.
    const [sx, sy, sz] = [(dy * a[2] - dz * a[1]) / length, (dz * a[0] - dx * a[2]) / length, (dx * a[1] - dy * a[0]) / length];
    const more = HALF / length;
    for (let i = 0; i < 4; i++) {
      const end = i < 2 ? a : b;
      const side = i % 2 === 0 ? HALF : -HALF;
      const beyond = i < 2 ? -more : more;
      this.positions.setXYZ(
        edge * 4 + i,
        (end[0] + dx * beyond + sx * side) * far,
        (end[1] + dy * beyond + sy * side) * far,
        (end[2] + dz * beyond + sz * side) * far,
      );
    }
  }
}
