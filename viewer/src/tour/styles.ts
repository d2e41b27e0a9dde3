/** Looks of `<museum-tour>`: the picture, and the regions over it. Parts bring their own. */

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    position: relative;
    min-block-size: 16rem;
    block-size: 100%;
    overflow: hidden;
    /* A page that carries the first picture itself lets it be seen. */
    background: var(--tour-ground, var(--_ground));
    isolation: isolate;
    user-select: none;
    -webkit-user-select: none;
    contain: strict;
  }
  /* As the picture at the head of a page, with the page's own words over it. */
  :host([hero]) :is(.head, .caption, .controls, .corner, .way) {
    display: none;
  }
  /* What can be opened fades before it comes behind the words. */
  :host([hero]) .overlay {
    mask-image: linear-gradient(#000 45%, transparent 56%);
  }
  /* What is measured from the picture's left edge stays so, whichever way words run; they themselves run as their letters do. */
  :is(.overlay, .outlines, .on-walls, .wipe, .lens, .poster, .rail, .plan) {
    direction: ltr;
  }
  :is(.label, .name, .lens, .wipe, .rail, .plan) * {
    unicode-bidi: plaintext;
  }
  .stage {
    position: absolute;
    inset: 0;
    outline: none;
    touch-action: none;
    cursor: grab;
  }
  .stage:active {
    cursor: grabbing;
  }
  .stage.over-thing {
    cursor: pointer;
  }
  .stage:focus-visible + .ring {
    position: absolute;
    inset: 3px;
    border: 2px solid var(--_accent);
    pointer-events: none;
  }
  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  /* Until it has something to show, the first picture beneath it does. */
  canvas.coming {
    visibility: hidden;
  }
  /* A page with a header of its own over the picture says how high that is. */
  .head {
    position: absolute;
    inset-inline: 0.75rem;
    inset-block-start: calc(max(1rem, env(safe-area-inset-top)) + var(--head-space, 0px));
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 0.75rem;
    pointer-events: none;
  }
  .head > * {
    pointer-events: auto;
  }
  .caption {
    position: absolute;
    inset-inline: 1.25rem;
    inset-block-end: max(1.1rem, env(safe-area-inset-bottom));
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 0.75rem;
    pointer-events: none;
  }
  .caption > * {
    pointer-events: auto;
  }
  .corner {
    position: absolute;
    inset-inline-start: max(1rem, env(safe-area-inset-left));
    inset-block-end: max(1rem, env(safe-area-inset-bottom));
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.75rem;
    pointer-events: none;
  }
  .corner > * {
    pointer-events: auto;
  }
  @media (max-width: 40rem) {
    .caption { inset-inline: 0.75rem; inset-block-end: calc(max(1rem, env(safe-area-inset-bottom)) + 3.5rem); }
  }
`;
