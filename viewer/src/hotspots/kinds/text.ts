import type { HotspotKind } from "../registry";

/** Words alone: the title and the description that every dialog shows. */
export const kind: HotspotKind = { name: "text", label: "kind_text", icon: "text", facets: () => [] };
