/** The lights in which a thing can be seen; what they are is in `lights.ts`, which comes with the renderer. */

export const LIGHT_NAMES = ["hall", "spot", "day", "raking"] as const;
export type LightName = (typeof LIGHT_NAMES)[number];
