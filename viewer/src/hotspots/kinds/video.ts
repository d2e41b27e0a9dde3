import { html, nothing } from "lit";
import { sayFailure } from "../../i18n/catalog";
import type { Language } from "../../i18n/languages";
import type { HotspotKind } from "../registry";

export const kind: HotspotKind = {
  name: "video",
  label: "kind_video",
  icon: "video",
  facets: ({ hotspot: { target }, language }) => {
    const captions = Object.entries(target?.captions ?? {});
    // Another museum's captions are read only where its film is asked for in the same way.
    const tell = ({ currentTarget }: Event): void => {
      const note = (currentTarget as Element).nextElementSibling!;
      note.textContent = sayFailure(language, "mediaFailed");
    };
    return [
      {
        key: "video",
        label: "kind_video",
        body: html`<video controls playsinline preload="metadata" src=${target?.href ?? ""} poster=${target?.thumbnail ?? nothing}
          crossorigin=${captions.length > 0 ? "anonymous" : nothing} @error=${tell}>
          ${captions.map(
            ([tag, address]) => html`<track kind="captions" srclang=${tag} label=${nameOf(tag, language)} src=${address!}
              ?default=${tag === language} />`,
          )}</video><p class="note" role="alert"></p>`,
      },
    ];
  },
};

/** What a language is called in the visitor's; its tag where nobody knows it. */
function nameOf(tag: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
