import { loadZoom, pictureFacet } from "../facets";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = { name: "image", label: "kind_image", icon: "image", facets: pictureFacet, load: loadZoom };
