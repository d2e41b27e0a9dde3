/** Looks of the marks in the picture. */

import { css } from "lit";

export const markStyles = css`
  .overlay,
  .outlines {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .overlay {
    pointer-events: none;
    overflow: hidden;
    transition: opacity 0.25s;
  }
  .overlay.passing {
    opacity: 0;
  }
  .outlines polygon {
    fill: rgb(255 236 200 / 0.05);
    stroke: var(--_accent);
    stroke-width: 2;
    stroke-linejoin: round;
    opacity: 0;
    transition: opacity 0.2s;
    filter: drop-shadow(0 0 10px rgb(233 184 114 / 0.75));
  }
  .outlines polygon.lit {
    opacity: 1;
  }
  .spot,
  .way {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    pointer-events: auto;
    touch-action: none;
    will-change: transform;
  }
  .spot {
    inline-size: 2.75rem;
    block-size: 2.75rem;
    margin: -1.375rem 0 0 -1.375rem;
    display: grid;
    place-items: center;
    transition: opacity 0.3s;
    opacity: 0;
  }
  .spot::before {
    content: '';
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: #fff6e4;
    box-shadow: 0 0 0 4px rgb(255 236 200 / 0.22), 0 0 14px 4px rgb(233 184 114 / 0.55);
    transition: transform 0.2s;
  }
  .spot svg {
    display: none;
  }
  .spot.sign::before {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    background: rgb(15 13 11 / 0.7);
    box-shadow: 0 0 0 1.5px rgb(233 184 114 / 0.85);
    grid-area: 1 / 1;
  }
  .spot.sign svg {
    display: block;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    color: var(--_accent);
    grid-area: 1 / 1;
    z-index: 1;
  }
  .spot.near {
    opacity: 0.9;
  }
  .spot.lit,
  .spot:focus-visible {
    opacity: 1;
  }
  .spot.lit::before {
    transform: scale(1.5);
  }
  .spot.sign.lit::before {
    transform: scale(1.12);
  }
  .behind {
    opacity: 0 !important;
    pointer-events: none !important;
  }
  .way.walk {
    inline-size: 6rem;
    block-size: 6rem;
    margin: -3rem 0 0 -3rem;
    perspective: 24rem;
  }
  .way.walk .lie {
    display: grid;
    place-items: center;
    inline-size: 6rem;
    block-size: 6rem;
    border-radius: 50%;
    background: rgb(15 13 11 / 0.38);
    box-shadow: inset 0 0 0 3px rgb(255 250 240 / 0.55), 0 0 24px rgb(0 0 0 / 0.4);
  }
  .way .edge {
    stroke: rgb(15 13 11 / 0.5);
  }
  .way .face {
    stroke: rgb(255 250 240 / 0.82);
    transition: stroke 0.2s;
  }
  .way.walk:hover .face,
  .way.walk:focus-visible .face {
    stroke: var(--_accent);
  }
  .way.jump {
    inline-size: 3.25rem;
    block-size: 3.25rem;
    margin: -1.625rem 0 0 -1.625rem;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: rgb(15 13 11 / 0.66);
    box-shadow: 0 0 0 2px var(--_accent), 0 0 28px 6px rgb(233 184 114 / 0.45);
    color: var(--_accent);
    transition: box-shadow 0.2s;
  }
  .way.jump .when {
    position: absolute;
    inset-block-start: calc(100% + 0.4rem);
    inset-inline-start: 50%;
    translate: -50% 0;
    padding: 0.1rem 0.5rem;
    border-radius: 0.5rem;
    background: rgb(15 13 11 / 0.72);
    color: var(--_ink);
    font: 500 0.9375rem/1.4 var(--_serif);
    white-space: nowrap;
  }
  /* Two times are in the picture already. */
  .overlay.comparing .way.time {
    visibility: hidden;
  }
  .way.jump:hover,
  .way.jump:focus-visible {
    box-shadow: 0 0 0 3px var(--_accent), 0 0 40px 14px rgb(233 184 114 / 0.6);
  }
  @media (forced-colors: active) {
    .spot { opacity: 1; forced-color-adjust: none; }
  }
`;
