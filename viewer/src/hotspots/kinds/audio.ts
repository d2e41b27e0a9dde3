import { html } from "lit";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = {
  name: "audio",
  label: "kind_audio",
  icon: "audio",
  facets: ({ hotspot }) => [
    { key: "audio", label: "kind_audio", body: html`<audio controls preload="metadata" src=${hotspot.target?.href ?? ""}></audio>` },
  ],
};
