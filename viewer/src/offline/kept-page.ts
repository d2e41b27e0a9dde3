/** The page that lists the halls kept in this browser: its words come with the page, what is kept from the browser. */

import { say } from "../i18n/catalog";
import { wordsComing } from "../i18n/words";
import { type KeptHall, keptHalls, letGo, readableBytes } from "./kept";

export async function listKept(place: HTMLElement): Promise<void> {
  const halls = "caches" in window ? await keptHalls() : [];
  const { lang } = document.documentElement;
  await wordsComing(lang);
  const words = (name: string): string => place.dataset[name] ?? "";
  const row = (hall: KeptHall): HTMLElement => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = hall.page;
    link.textContent = hall.title;
    const about = document.createElement("span");
    const facts = [say(lang, "scenesCount", { count: String(hall.scenes) }), readableBytes(hall.bytes, lang), new Date(hall.kept).toLocaleDateString(lang)];
    about.textContent = (hall.whole ? facts : [words("partly")]).join(" · ");
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = words("remove");
    remove.setAttribute("aria-label", `${words("remove")}: ${hall.title}`);
    remove.addEventListener("click", () => void letGo(hall.slug).then(() => listKept(place)).then(() => place.focus()));
    item.append(link, about, remove);
    return item;
  };
  place.replaceChildren(...halls.map(row));
  document.querySelector("[data-nothing-kept]")?.toggleAttribute("hidden", halls.length > 0);
}
