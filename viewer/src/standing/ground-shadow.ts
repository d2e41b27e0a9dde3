/** The soft shadow of a thing on the ground that it stands on: dark where it touches, and fading beyond it. */

import { Box3, DataTexture, LinearFilter, Mesh, type Object3D, PlaneGeometry, RedFormat, ShaderMaterial, Vector3 } from "three";

/** How far beyond its foot a thing darkens the ground, in shares of its width. */
const REACH = 1.7;
const SIDE = 64;
/** What is nearer to the ground than this, in shares of its longest side, touches it. */
const TOUCHING = 0.06;
/** How dark the ground is where it is touched, and around the thing as a whole. */
const CONTACT = 0.75;
const AROUND = 0.5;
/** A speck above the ground, so that the shadow lies on it. */
const LIFT = 0.001;

/** A plane on the ground below `thing`, as it stands in its parent's frame. The caller discards it. */
export function groundShadow(thing: Object3D): Mesh {
  thing.updateWorldMatrix(true, true);
  const box = new Box3();
  const points: Vector3[] = [];
  const own = thing.parent?.matrixWorld.clone().invert();
  thing.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const { position } = (part as Mesh).geometry.attributes;
    for (let vertex = 0; position && vertex < position.count; vertex++) {
      const point = new Vector3().fromBufferAttribute(position, vertex).applyMatrix4(part.matrixWorld);
      if (own) point.applyMatrix4(own);
      box.expandByPoint(point);
      points.push(point);
    }
  });
  const size = box.getSize(new Vector3());
  const middle = box.getCenter(new Vector3());
  const [wide, deep] = [REACH * Math.max(size.x, 1e-6), REACH * Math.max(size.z, 1e-6)];
  const map = new DataTexture(footprint(points, middle, [wide, deep], box.min.y + TOUCHING * Math.max(size.x, size.y, size.z)), SIDE, SIDE, RedFormat);
  map.minFilter = map.magFilter = LinearFilter;
  map.needsUpdate = true;
  const shadow = new Mesh(new PlaneGeometry(wide, deep), materialOf(map));
  shadow.rotation.x = -Math.PI / 2;
  shadow.position.set(middle.x, box.min.y + LIFT * Math.max(size.x, size.z), middle.z);
  return shadow;
}

/** Where the thing touches the ground, blurred: `SIDE` × `SIDE` bytes, rows from the front (+z). */
function footprint(points: readonly Vector3[], middle: Vector3, [wide, deep]: [number, number], low: number): Uint8Array<ArrayBuffer> {
  let field = new Float32Array(SIDE * SIDE);
  for (const { x, y, z } of points) {
    if (y > low) continue;
    const column = Math.floor(((x - middle.x) / wide + 0.5) * SIDE);
    const row = Math.floor(((middle.z - z) / deep + 0.5) * SIDE);
    field[row * SIDE + column] = 1;
  }
  for (const [along, across] of [[1, SIDE], [SIDE, 1], [1, SIDE], [SIDE, 1]] as const) field = blurred(field, along, across);
  const most = Math.max(...field, 1e-6);
  return Uint8Array.from(field, (value) => Math.round((255 * value) / most));
}

function blurred(field: Float32Array<ArrayBuffer>, along: number, across: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(field.length);
  const reach = 3;
  for (let line = 0; line < SIDE; line++) {
    for (let place = 0; place < SIDE; place++) {
      let sum = 0;
      for (let by = -reach; by <= reach; by++) if (place + by >= 0 && place + by < SIDE) sum += field[line * across + (place + by) * along]!;
      out[line * across + place * along] = sum / (2 * reach + 1);
    }
  }
  return out;
}

function materialOf(map: DataTexture): ShaderMaterial {
  const material = new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    toneMapped: false,
    uniforms: { map: { value: map } },
    vertexShader: "varying vec2 at;\nvoid main() { at = uv; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }",
    fragmentShader: `varying vec2 at;
uniform sampler2D map;
void main() {
  float fall = 1.0 - smoothstep(0.25, 1.0, length(2.0 * at - 1.0));
  float dark = max(${AROUND.toFixed(2)} * fall * fall, ${CONTACT.toFixed(2)} * texture2D(map, at).r);
  gl_FragColor = vec4(0.0, 0.0, 0.0, dark);
}`,
  });
  material.addEventListener("dispose", () => map.dispose());
  return material;
}
