/** Which level of a model suits whom. */

/** Small screens, fingers and little memory get fewer triangles and textures of 2048 pixels at most. */
export function suitsPhone(): boolean {
  const memory = (navigator as Navigator & { deviceMemory?: number }).deviceMemory ?? 8;
  return memory <= 4 || matchMedia("(max-width: 48rem), (pointer: coarse)").matches;
}

/** The address of a level of a model of this or another museum; any other address stays as it is. */
export function levelFor(src: string, whom: "phone" | "far" | "headset"): string {
  return src.replace(/(\/models\/[0-9a-f]{64})\.glb$/, `$1/${whom}.glb`);
}

/** Whether the visitor has asked the browser to save data: then nothing large comes unasked. */
export function savesData(): boolean {
  return Boolean((navigator as { connection?: { saveData?: boolean } }).connection?.saveData);
}
