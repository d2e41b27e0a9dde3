import { html } from "lit";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = {
  name: "video",
  label: "kind_video",
  icon: "video",
  facets: ({ hotspot }) => [
    {
      key: "video",
      label: "kind_video",
      body: html`<video controls playsinline preload="metadata" src=${hotspot.target?.href ?? ""}></video>`,
    },
  ],
};
