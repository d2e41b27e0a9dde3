/** Fields of the editor's panels: what is typed is done when the field is left or Enter is pressed. */

import { type TemplateResult, html, nothing } from "lit";
import { languages } from "../i18n/languages";

export interface NumberField {
  label: string;
  name: string;
  value: number | null;
  step?: number;
  min?: number;
  max?: number;
  hint?: string;
  disabled?: boolean;
  /** An empty field is null, where that is allowed. */
  optional?: boolean;
  set(value: number | null): void;
}

export function numberField({ label, name, value, step = 0.1, min, max, hint, disabled, optional, set }: NumberField): TemplateResult {
  const shown = value === null ? "" : String(Math.round(value * 1000) / 1000);
  const take = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const number = input.value.trim() === "" ? null : input.valueAsNumber;
    if (input.validity.valid && (number === null ? optional : Number.isFinite(number))) set(number);
    else input.reportValidity();
  };
  return html`<label>${label}<input type="number" data-field=${name} .value=${shown} step="any" data-step=${step} min=${min ?? nothing} max=${max ?? nothing}
    ?required=${!optional} ?disabled=${disabled} @change=${take} @keydown=${(event: KeyboardEvent) => stepBy(event, step, take)}>
    ${hint ? html`<span class="hint">${hint}</span>` : nothing}</label>`;
}

/** Up and down move by a step at once, ten with Shift; any number may be typed nevertheless. */
function stepBy(event: KeyboardEvent, step: number, take: (event: Event) => void): void {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  event.preventDefault();
  const input = event.target as HTMLInputElement;
  const size = step * (event.shiftKey ? 10 : 1) * (event.key === "ArrowUp" ? 1 : -1);
  const [low, high] = [input.min === "" ? -Infinity : Number(input.min), input.max === "" ? Infinity : Number(input.max)];
  const next = Math.min(Math.max((Number.isNaN(input.valueAsNumber) ? 0 : input.valueAsNumber) + size, low), high);
  input.value = String(Math.round(next * 1000) / 1000);
  take(event);
}

/** One text in the museum's languages, beneath one another. */
export function textFields(
  label: string,
  values: Readonly<Record<string, string>>,
  long: boolean,
  disabled: boolean,
  set: (language: string, value: string) => void,
): TemplateResult {
  return html`<fieldset class="texts"><legend>${label}</legend>${languages().map(({ tag: language, name }) => {
    const take = (event: Event): void => set(language, (event.target as HTMLInputElement).value);
    const text = values[language] ?? "";
    return html`<label lang=${language}><span class="row-note">${name}</span>${
      long
        ? html`<textarea rows="2" maxlength="4000" .value=${text} ?disabled=${disabled} @change=${take}></textarea>`
        : html`<input maxlength="200" data-language=${language} .value=${text} ?disabled=${disabled} @change=${take}>`
    }</label>`;
  })}</fieldset>`;
}
