/** Pages with pictures: the strip of an artifact's photographs chooses one; keys and buttons of a picture lead along its wall. */

export function leadAlongPictures(): void {
  const stage = document.querySelector<HTMLElement>("[data-photographs]");
  if (stage) chooseFromStrip(stage);
  document.addEventListener("zoom-step", (event) => {
    const { by } = (event as CustomEvent<{ by: number }>).detail;
    document.querySelector<HTMLAnchorElement>(`.wall [rel=${by < 0 ? "prev" : "next"}]`)?.click();
  });
}

/** One of several figures is shown, the one that the address names or the first; the strip names the others. */
function chooseFromStrip(stage: HTMLElement): void {
  const links = [...stage.querySelectorAll<HTMLAnchorElement>(".strip a")];
  const figures = links.map((link) => document.getElementById(link.hash.slice(1)));
  let chosen = Math.max(links.findIndex((link) => link.hash === location.hash), 0);

  const show = (number: number): void => {
    chosen = (number + links.length) % links.length;
    figures.forEach((figure, i) => figure?.toggleAttribute("hidden", i !== chosen));
    links.forEach((link, i) => (i === chosen ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    links[chosen]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const choose = (number: number): void => {
    show(number);
    history.replaceState(history.state, "", links[chosen]?.hash);
  };
  links.forEach((link, i) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(i);
    });
  });
  stage.addEventListener("zoom-step", (event) => {
    choose(chosen + (event as CustomEvent<{ by: number }>).detail.by);
    figures[chosen]?.querySelector<HTMLElement>("museum-zoom, museum-model")?.focus({ preventScroll: true });
  });
  window.addEventListener("hashchange", () => show(Math.max(links.findIndex((link) => link.hash === location.hash), 0)));
  stage.classList.add("one-at-a-time");
  show(chosen);
}
