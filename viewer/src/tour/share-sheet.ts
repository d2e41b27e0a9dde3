/** What there is to take along of a view: its address, its picture, a code for a phone, and the lines that put it into another page. */

import { type TemplateResult, css, html, nothing } from "lit";
import { say } from "../i18n/catalog";
import { type Language, pick } from "../i18n/languages";
import type { View } from "../panorama/view";
import { addressOf } from "./address";
import type { Tour } from "./types";

export const shareStyles = css`
  .share {
    inline-size: min(46rem, 100% - 1.5rem);
    max-block-size: calc(100% - 1.5rem);
  }
  .share .view {
    display: block;
    inline-size: 100%;
    aspect-ratio: 1200 / 630;
    object-fit: cover;
    margin-block: 1rem;
    border-radius: 0.5rem;
    background: #2a241f;
  }
  .share .both {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 1.5rem;
    align-items: start;
  }
  .share .code {
    inline-size: 10rem;
    block-size: 10rem;
    border-radius: 0.5rem;
    background: #fff;
  }
  .share label {
    display: block;
    margin-block: 0 1rem;
    color: var(--_quiet);
    font-size: 0.875rem;
  }
  .share :is(input, textarea) {
    display: block;
    inline-size: 100%;
    min-block-size: 2.75rem;
    margin-block-start: 0.25rem;
    padding: 0.6rem 0.9rem;
    border: 1px solid #8a7f70;
    border-radius: 0.5rem;
    background: var(--_ground);
    color: var(--_ink);
    font: 0.875rem/1.5 ui-monospace, monospace;
    resize: none;
  }
  .share .deeds {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-block-end: 1.25rem;
  }
  .share .pill {
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .share .pill.first {
    background: var(--_accent);
    color: #201709;
  }
  .share p {
    margin: 0.5rem 0 0;
    color: var(--_quiet);
    font-size: 0.875rem;
    max-inline-size: 10rem;
  }
  @media (max-width: 40rem) {
    .share .both { grid-template-columns: 1fr; }
    .share .code { margin-inline: auto; display: block; }
    .share p { margin-inline: auto; text-align: center; }
  }
`;

/** Addresses and words of a view. All are on the server of the scene itself. */
export interface Shared {
  title: string;
  address: string;
  /** `own` says whether that server also makes pictures, codes and frames. */
  own: boolean;
  picture: string;
  code: string;
  frame: string;
}

/** `tour` is checked, so that its addresses are absolute; `src` is that of the tour itself. Pure. */
export function sharedView(tour: Tour, src: string, view: View, language: Language): Shared {
  const { scene } = tour;
  const page = new URL(scene.url);
  const at = (path: string): URL => new URL(addressOf(new URL(path, page).href, view));
  const title = [pick(scene.title, language), pick(scene.venue.title, language)].filter(Boolean).join(" · ");
  const frame = at(`/embed${page.pathname}`);
  frame.searchParams.set("lang", language);
  return {
    title,
    address: at(page.pathname).href,
    own: page.origin === new URL(src).origin,
    picture: at(`${page.pathname}/view.jpg`).href,
    code: at(`${page.pathname}/qr.svg`).href,
    frame:
      `<iframe src="${escaped(frame.href)}" width="960" height="540" title="${escaped(title)}" ` +
      `style="border:0;max-width:100%;height:auto;aspect-ratio:16/9" loading="lazy" ` +
      `allow="fullscreen; accelerometer; gyroscope; xr-spatial-tracking" allowfullscreen></iframe>`,
  };
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** `copy` puts a text on the clipboard and says so. */
export function shareSheet(language: Language, shared: Shared, copy: (text: string) => void, hand: (() => void) | undefined): TemplateResult {
  const { title, address, own, picture, code, frame } = shared;
  const whole = (event: Event): void => (event.target as HTMLInputElement).select();
  return html`${own ? html`<img class="view" src=${picture} alt=${say(language, "sharePicture", { title })} width="1200" height="630" />` : nothing}
    <div class="both"><div>
      <label>${say(language, "shareLink")}<input class="address" readonly .value=${address} @focus=${whole} /></label>
      <div class="deeds">
        ${hand ? html`<button class="pill first" @click=${hand}>${say(language, "shareHand")}</button>` : nothing}
        <button class="pill copy-link" @click=${() => copy(address)}>${say(language, "copyLink")}</button>
        ${own ? html`<a class="button pill" href=${picture} download=${`${new URL(address).pathname.split("/").at(-1)}.jpg`}>${say(language, "sharePictureSave")}</a>` : nothing}
      </div>
      ${own
        ? html`<label>${say(language, "shareFrame")}<textarea class="frame" rows="4" readonly .value=${frame} @focus=${whole}></textarea></label>
          <div class="deeds"><button class="pill copy-frame" @click=${() => copy(frame)}>${say(language, "copyFrame")}</button></div>`
        : nothing}
    </div>
    ${own ? html`<div><img class="code" src=${code} alt=${say(language, "shareCode")} width="160" height="160" /><p>${say(language, "shareCode")}</p></div>` : nothing}
    </div>`;
}
