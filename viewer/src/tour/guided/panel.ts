/** What one sees of a guided tour: where it stands, what is told, what is asked, and the buttons. */

import { type TemplateResult, html, nothing } from "lit";
import { type TextKey, say } from "../../i18n/catalog";
import { type Language, languageNamed, pick, shownIn } from "../../i18n/languages";
import { icons } from "../../ui/icons";
import type { Player } from "./player";
import { sentencesOf } from "./telling";

export interface PanelState {
  /** Whether all words are there; else the sentence that is being told, as a caption. */
  unfolded: boolean;
  fold(): void;
  /** Ends the tour. */
  close(): void;
}

export function guidedPanel(player: Player, language: Language, { unfolded, fold, close }: PanelState): TemplateResult {
  const { tour, index } = player;
  const title = pick(tour.title, language);
  if (player.strayed) {
    return html`<div class="guided-away" role="group" aria-label=${title}>
      <button class="pill" @click=${() => player.play()}>${icons.back}<span>${say(language, "guidedResume", { number: String(index + 1) })}</span></button>
      <button class="round" aria-label=${say(language, "guidedClose")} title=${say(language, "guidedClose")} @click=${close}>${icons.close}</button>
    </div>`;
  }
  const place = say(language, "guidedStop", { number: String(index + 1), count: String(tour.stops.length) });
  const folding = say(language, unfolded ? "guidedFold" : "guidedUnfold");
  return html`<section class="guided ${unfolded ? "" : "folded"}" aria-label="${say(language, "guidedTour")}: ${title}">
    <div class="guided-bar" aria-hidden="true">${tour.stops.map((_, i) => html`<i class=${i <= index ? "past" : ""}></i>`)}</div>
    <header><p>${unfolded ? html`${place} · ${title}` : html`<span class="hidden-text">${place}: </span><strong>${pick(player.stop.title, language)}</strong>`}</p>
      <button class="small-round fold-words" aria-label=${folding} title=${folding} aria-expanded=${unfolded ? "true" : "false"} @click=${fold}>
        ${unfolded ? nothing : html`<span>${folding}</span>`}${icons.fold}</button>
      <button class="small-round" aria-label=${say(language, "guidedClose")} title=${say(language, "guidedClose")} @click=${close}>${icons.close}</button></header>
    ${unfolded ? html`<div class="guided-words" tabindex="0" role="group" aria-label=${place}>${words(player, language)}</div>` : told(player, language)}
    ${player.caption ? html`<p class="guided-caption">${player.caption}</p>` : nothing}
    ${buttons(player, language)}
  </section>`;
}

/** The sentence that is being told, where no recording has captions of its own; and that the tour has ended. */
function told(player: Player, language: Language): TemplateResult | typeof nothing {
  const spoken = shownIn(player.stop.body, language);
  const sentence = player.playing && !player.caption ? sentencesOf(player.stop.body[spoken] ?? "")[player.sentence] : undefined;
  if (player.ended) return html`<p class="guided-end">${say(language, "guidedEnd")}</p>`;
  return sentence ? html`<p class="guided-told" lang=${spoken}>${sentence}</p>` : nothing;
}

function words(player: Player, language: Language): TemplateResult {
  const { stop } = player;
  const spoken = shownIn(stop.body, language);
  const sentences = sentencesOf(stop.body[spoken] ?? "");
  const gap = languageNamed(spoken).space;
  const picture = stop.picture?.thumbnail;
  return html`<h2>${pick(stop.title, language)}</h2>
    ${picture ? html`<img src=${picture} alt=${pick(stop.picture?.alt, language)} />` : nothing}
    <p lang=${spoken}>${sentences.map((sentence, i) => html`<span class=${i === player.sentence && player.playing ? "now" : ""}>${sentence}</span>${gap}`)}</p>
    ${stop.answers.length > 0 ? quiz(player, language) : nothing}
    ${player.ended ? html`<p class="guided-end">${say(language, "guidedEnd")}</p>` : nothing}`;
}

function quiz(player: Player, language: Language): TemplateResult {
  const { stop, answered } = player;
  const done = answered !== undefined;
  return html`<fieldset class="guided-quiz">
    <legend>${pick(stop.question, language)}</legend>
    ${stop.answers.map(
      (answer, i) => html`<button class="answer ${done && answer.right ? "right" : done && i === answered ? "wrong" : ""}"
        aria-pressed=${i === answered ? "true" : "false"} @click=${() => player.answer(i)}>${pick(answer.text, language)}${
          done && answer.right ? html` <span aria-hidden="true">✓</span>` : nothing
        }</button>`,
    )}
    ${done
      ? html`<p class="guided-answer"><strong>${say(language, stop.answers[answered]?.right ? "guidedRight" : "guidedWrong")}</strong>
          ${pick(stop.explanation, language)}</p>`
      : nothing}
  </fieldset>`;
}

function buttons(player: Player, language: Language): TemplateResult {
  const button = (key: TextKey, icon: TemplateResult, act: () => void, disabled = false): TemplateResult =>
    html`<button class="small-round" aria-label=${say(language, key)} title=${say(language, key)} ?disabled=${disabled} @click=${act}>${icon}</button>`;
  const aloud = player.canSpeak ? "guidedAloud" : "guidedNoVoice";
  const again = player.ended;
  return html`<div class="guided-buttons" role="group" aria-label=${say(language, "guidedTour")}>
    ${button("guidedPrevious", icons.previous, () => void player.go(player.index - 1), player.index === 0)}
    <button class="guided-play" @click=${() => (player.playing ? player.pause() : player.play())}>
      ${player.playing ? icons.pause : icons.play}<span>${say(language, player.playing ? "guidedPause" : again ? "guidedAgain" : "guidedPlay")}</span></button>
    ${button("guidedNext", icons.next, () => void player.go(player.index + 1), player.isLast)}
    <button class="small-round aloud" aria-label=${say(language, aloud)} title=${say(language, aloud)} aria-pressed=${player.aloud && player.canSpeak ? "true" : "false"}
      ?disabled=${!player.canSpeak} @click=${() => player.setAloud(!player.aloud)}>${icons.audio}</button>
  </div>`;
}
