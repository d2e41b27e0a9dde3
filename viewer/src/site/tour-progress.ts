/** On the page of a guided tour: the way on to where the visitor was last. */

import { lastStop } from "../tour/guided/progress";

export function offerToResume(): void {
  const place = document.querySelector<HTMLElement>("[data-tour]");
  const stop = place && lastStop(place.dataset["tour"] ?? "");
  const address = stop && stop > 1 ? document.querySelector<HTMLElement>(`#stop-${stop}`)?.dataset["stopAddress"] : undefined;
  if (!place || !address) return;
  const link = document.createElement("a");
  link.className = "more";
  link.href = `${address}&play`;
  link.textContent = place.dataset["textResume"] ?? "";
  place.append(" ", link);
}
