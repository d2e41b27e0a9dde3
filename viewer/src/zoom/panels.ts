/** What opens over the picture: details to share, sizes to take home, keys. */

import { type TemplateResult, html, nothing } from "lit";
import type { Language } from "../i18n/languages";
import { type TextKey, say } from "../i18n/catalog";
import type { ImageRecord } from "./image-record";

export type PanelName = "share" | "download" | "keys";

type Key = readonly [keys: readonly string[], text: TextKey];

const KEYS: readonly Key[] = [
  [["←", "→", "↑", "↓"], "keyMove"],
  [["+", "−"], "keyZoom"],
  [["0"], "whole"],
  [["R"], "rotate"],
  [["F"], "fullScreen"],
];
const STEP_KEYS: Key = [["[", "]", "PgUp", "PgDn"], "keyStep"];

export interface Sharing {
  /** Address of the part that is seen as a picture of its own, if it has one. */
  picture: string | undefined;
  /** What came of copying. */
  said: string;
  copy(): void;
}

export function sharePanel(language: Language, { picture, said, copy }: Sharing): TemplateResult {
  return panel(language, "share", html`
    <ul>
      <li><button class="pill" @click=${copy}>${say(language, "copyDetail")}</button></li>
      ${picture ? html`<li><a class="button pill" target="_blank" rel="noopener" href=${picture}>${say(language, "detailPicture")}</a></li>` : nothing}
    </ul>
    <p>${said || say(language, "shareNote")}</p>`);
}

/** `record` is undefined while it is on its way, and null where it could not be had. */
export function downloadPanel(language: Language, record: ImageRecord | undefined | null, retry: () => void): TemplateResult {
  if (record === undefined) return panel(language, "download", html`<p role="status">${say(language, "recordComing")}</p>`);
  if (record === null) {
    return panel(language, "download", html`<p role="alert">${say(language, "recordFailed")}</p>
      <button class="pill" @click=${retry}>${say(language, "retry")}</button>`);
  }
  const { downloads, use } = record;
  return panel(language, "download", html`
    ${downloads.length > 0
      ? html`<ul>${downloads.map(
          ({ width, height, address }) => html`<li><a class="button pill" href=${address} target="_blank" rel="noopener" download>
            ${width} × ${height}</a></li>`,
        )}</ul>`
      : nothing}
    <p>${say(language, `use_${use}`)}</p>`);
}

export function keysPanel(language: Language, steps: boolean): TemplateResult {
  const known = steps ? [...KEYS, STEP_KEYS] : KEYS;
  return panel(language, "help", html`
    <dl>${known.map(
      ([keys, text]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${say(language, text)}</dd>`,
    )}</dl>
    <p>${say(language, "zoomHint")}</p>`);
}

function panel(language: Language, title: TextKey, body: TemplateResult): TemplateResult {
  return html`<section class="panel" tabindex="0" aria-label=${say(language, title)}><h3>${say(language, title)}</h3>${body}</section>`;
}
