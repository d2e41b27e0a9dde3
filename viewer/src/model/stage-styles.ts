/** Looks of the place where `<museum-model>` shows the thing: the thing is lit, all else steps back. */

import { css } from "lit";

export const stageStyles = css`
  :host {
    container-type: inline-size;
    display: block;
    position: relative;
    overflow: hidden;
    min-block-size: 14rem;
    background: radial-gradient(circle at 50% 44%, #342c25, #0f0d0b 74%);
  }
  :host(:fullscreen) {
    inline-size: 100vw;
    block-size: 100vh;
  }
  :host(.whole-window) {
    position: fixed;
    inset: 0;
    z-index: 60;
  }
  model-viewer,
  .still {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    --poster-color: transparent;
    --progress-bar-color: transparent;
    --progress-mask: transparent;
    transition: opacity 0.5s;
  }
  /* The tools lie below the thing, not over its foot; on a narrow screen their panel does too. */
  model-viewer,
  .still,
  .frames {
    block-size: calc(100% - 4.5rem - var(--_below, 0px));
  }
  model-viewer {
    direction: ltr;
    outline-offset: -4px;
  }
  .still {
    margin-inline: auto;
    inline-size: auto;
    max-inline-size: 100%;
    aspect-ratio: 1;
    object-fit: contain;
    -webkit-mask: radial-gradient(closest-side, #000 62%, transparent 99%);
    mask: radial-gradient(closest-side, #000 62%, transparent 99%);
  }
  .still.gone,
  model-viewer.coming {
    opacity: 0;
    pointer-events: none;
  }
  .show {
    position: absolute;
    inset-block-end: 1.5rem;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: max-content;
    box-shadow: 0 0 0 1px var(--_line);
  }
  .waiting {
    position: absolute;
    inset-block-end: 1.5rem;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    background: rgb(15 13 11 / 0.62);
  }
  .waiting circle {
    fill: none;
    stroke: var(--_line);
    stroke-width: 1.6;
  }
  .waiting .done {
    stroke: var(--_accent);
    rotate: -90deg;
    transform-origin: center;
  }
  .trouble {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 1rem;
    padding: 1rem;
    text-align: center;
    background: rgb(10 9 8 / 0.72);
  }
  .trouble p {
    margin: 0;
  }
  .note,
  .hint {
    position: absolute;
    inset-inline: 1rem;
    margin: 0 auto;
    inline-size: fit-content;
    padding: 0.35rem 1rem;
    border-radius: 1.2rem;
    text-align: center;
    font-size: 0.875rem;
    background: rgb(15 13 11 / 0.72);
  }
  .note {
    inset-block-start: 1rem;
  }
  .hint {
    inset-block-end: 5.25rem;
    color: var(--_quiet);
    pointer-events: none;
  }
  .frames {
    position: absolute;
    inset: 0;
    margin-inline: auto;
    max-inline-size: 100%;
    aspect-ratio: 1;
    background-size: 2400% 100%;
    -webkit-mask: radial-gradient(closest-side, #000 62%, transparent 99%);
    mask: radial-gradient(closest-side, #000 62%, transparent 99%);
  }
  .turner {
    position: absolute;
    inset-block-end: 1.25rem;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: min(24rem, calc(100% - 3rem));
  }
`;
