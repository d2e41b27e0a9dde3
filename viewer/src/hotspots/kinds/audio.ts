import type { HotspotKind } from "../registry";

/** It plays where it is while one looks around: see the part `Sounds`. */
export const kind: HotspotKind = { name: "audio", label: "kind_audio", icon: "audio", isHeard: true, facets: () => [] };
