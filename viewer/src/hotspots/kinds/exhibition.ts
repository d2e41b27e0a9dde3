import { html } from "lit";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = {
  name: "exhibition",
  label: "kind_exhibition",
  icon: "exhibition",
  facets: ({ hotspot }) =>
    hotspot.target?.thumbnail
      ? [{ key: "exhibition", label: "kind_exhibition", body: html`<img class="cover" src=${hotspot.target.thumbnail} alt="" />` }]
      : [],
};
