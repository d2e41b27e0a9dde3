/** Whether this browser can draw. Asked once: contexts are few. */

let can: boolean | undefined;

export function canDraw(): boolean {
  if (can === undefined) {
    const context = document.createElement("canvas").getContext("webgl2");
    can = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return can;
}
