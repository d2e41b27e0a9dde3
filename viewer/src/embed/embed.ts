/** The embedded scene's way to its own page: it leads to where the visitor is, looking where she looks. */

import { addressOf } from "../tour/address";
import type { View } from "../panorama/view";

export function leadHome(): void {
  const link = document.querySelector<HTMLAnchorElement>("a.home");
  const tour = document.querySelector("museum-tour");
  if (!link || !tour) return;
  let page = link.pathname;
  tour.addEventListener("scene-change", (event) => {
    const { url, title } = (event as CustomEvent<{ url: string; title: string }>).detail;
    page = new URL(url, location.href).pathname;
    document.title = title;
    const heading = document.querySelector("h1");
    if (heading) heading.textContent = title;
  });
  tour.addEventListener("view-change", (event) => {
    link.href = addressOf(page, (event as CustomEvent<View>).detail);
  });
}
