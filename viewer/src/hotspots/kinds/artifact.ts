import { loadZoom, loadModel, modelFacet, pictureFacet } from "../facets";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = {
  name: "artifact",
  label: "kind_artifact",
  icon: "artifact",
  facets: (opened) => [...pictureFacet(opened), ...modelFacet(opened)],
  load: (target) => Promise.all([target?.iiif && loadZoom(), target?.model && loadModel()]),
};
