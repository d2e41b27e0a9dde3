/** Looks of `<museum-zoom>`. Whatever lies on the picture stands on ground of its own, so that it can be read on any picture. */

import { css } from "lit";

export const styles = css`
  :host {
    container-type: inline-size;
    display: block;
    position: relative;
    overflow: hidden;
    min-block-size: 12rem;
    background: #0a0908;
  }
  .picture,
  .preview {
    position: absolute;
    inset: 0;
  }
  .picture {
    direction: ltr;
    cursor: grab;
  }
  .picture:active {
    cursor: grabbing;
  }
  .preview {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
    pointer-events: none;
    transition: opacity 0.25s;
  }
  .preview.gone {
    opacity: 0;
  }
  .tools {
    position: absolute;
    inset: 1rem;
    display: flex;
    flex-direction: column-reverse;
    align-items: end;
    gap: 0.75rem;
    pointer-events: none;
  }
  .tools > :not(.bar) {
    pointer-events: auto;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.5rem;
  }
  .step {
    position: absolute;
    inset-block-start: calc(50% - 1.375rem);
  }
  .step.previous {
    inset-inline-start: 1rem;
  }
  .step.next {
    inset-inline-end: 1rem;
  }
  .bar {
    unicode-bidi: plaintext;
    position: absolute;
    inset-block-end: 0.25rem;
    inset-inline-start: 0;
    padding: 0.35rem 0.75rem 0.5rem;
    border-radius: 0.5rem;
    background: rgb(15 13 11 / 0.78);
    color: #fff;
    font-size: 0.8125rem;
    line-height: 1.3;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .bar i {
    display: block;
    block-size: 0.5rem;
    border: 2px solid #fff;
    border-block-start: 0;
  }
  .navigator {
    position: absolute;
    inset-block-start: var(--navigator-top, 1rem);
    inset-inline-start: 1rem;
    inline-size: clamp(4.5rem, 16%, 10rem);
    aspect-ratio: 4 / 3;
    border-radius: 0.25rem;
    overflow: hidden;
    background: rgb(15 13 11 / 0.78);
    box-shadow: 0 0 0 1px rgb(255 255 255 / 0.3);
    opacity: 0;
    visibility: hidden;
    transition: opacity 0.25s, visibility 0.25s;
  }
  .navigator.shown {
    opacity: 1;
    visibility: visible;
  }
  .navigator .displayregion {
    border-color: var(--_accent) !important;
  }
  .panel {
    z-index: 2;
    box-sizing: border-box;
    inline-size: min(22rem, 100%);
    min-block-size: 0;
    overflow-y: auto;
    padding: 1rem 1.25rem;
    border-radius: 0.75rem;
    background: var(--_raised);
    box-shadow: 0 0 0 1px var(--_line), 0 1rem 3rem rgb(0 0 0 / 0.6);
  }
  .panel h3 {
    margin: 0 0 0.5rem;
    font: 500 1rem/1.4 var(--_serif);
  }
  .panel p {
    margin: 0.25rem 0 0;
    color: var(--_quiet);
    font-size: 0.875rem;
  }
  .panel ul,
  .panel dl {
    margin: 0;
    padding: 0;
    list-style: none;
    display: grid;
    gap: 0.5rem;
  }
  .panel dl {
    grid-template-columns: max-content 1fr;
    gap: 0.35rem 1rem;
  }
  .panel dd {
    margin: 0;
  }
  .panel .pill {
    inline-size: 100%;
    justify-content: center;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  kbd {
    font: inherit;
    padding: 0 0.4rem;
    border-radius: 0.25rem;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .trouble {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 1rem;
    background: #0a0908;
  }
  .trouble p {
    margin: 0;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @container (max-width: 34rem) {
    /* The tools lie below the picture, not over its foot. */
    .picture,
    .preview {
      block-size: calc(100% - 4.25rem);
    }
    .tools {
      inset: 0.75rem 0.5rem;
    }
    .buttons {
      gap: 0.3rem;
      align-self: stretch;
      justify-content: center;
    }
    .bar {
      position: static;
      align-self: start;
    }
  }
  /* All in one row, a fingertip each, down to the narrowest telephone. */
  @container (max-width: 25rem) {
    .buttons {
      gap: 0;
      justify-content: space-between;
    }
  }
  @media (hover: none) {
    @container (max-width: 34rem) {
      .buttons .keys {
        display: none;
      }
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
    }
  }
`;
