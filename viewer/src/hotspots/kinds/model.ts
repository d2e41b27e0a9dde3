import { loadModel, modelFacet } from "../facets";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = { name: "model", label: "kind_model", icon: "model", facets: modelFacet, load: loadModel };
