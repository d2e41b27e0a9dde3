import type { HotspotKind } from "../registry";

/** A page elsewhere: the dialog says so, and holds the way there. */
export const kind: HotspotKind = { name: "web", label: "kind_web", icon: "web", facets: () => [] };
