/** Looks of what lies on the thing: annotations and their words, measured points and the line between them. */

import { css } from "lit";

export const markStyles = css`
  .mark,
  .panel i {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 1.9rem;
    block-size: 1.9rem;
    border-radius: 50%;
    background: rgb(15 13 11 / 0.82);
    box-shadow: 0 0 0 1.5px var(--_accent);
    color: var(--_accent);
    font: 600 0.875rem/1 var(--_sans);
    font-variant-numeric: tabular-nums;
  }
  .mark {
    --min-hotspot-opacity: 0.15;
  }
  .mark::after {
    content: "";
    position: absolute;
    inset: -0.5rem;
  }
  .mark:hover,
  .mark[aria-pressed='true'] {
    background: var(--_accent);
    color: #201709;
  }
  .notes {
    display: grid;
    gap: 0.15rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .notes button {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding: 0.3rem 0.4rem;
    border-radius: 1.4rem;
    text-align: start;
  }
  .notes button:hover {
    background: rgb(72 62 52 / 0.6);
  }
  .panel h3 {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    margin: 0;
    font: 500 1.1875rem/1.4 var(--_serif);
  }
  .panel .words {
    max-block-size: 11rem;
    overflow-y: auto;
    color: var(--_ink);
    font-size: 0.9375rem;
    line-height: 1.7;
    white-space: pre-line;
  }
  .line {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    pointer-events: none;
    overflow: hidden;
  }
  .line line {
    stroke: var(--_accent);
    stroke-width: 2;
  }
  .line .edge {
    stroke: rgb(0 0 0 / 0.6);
    stroke-width: 5;
  }
  .line circle {
    fill: var(--_accent);
    stroke: rgb(0 0 0 / 0.7);
    stroke-width: 2;
  }
  .length {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    padding: 0.15rem 0.7rem;
    border-radius: 1rem;
    background: var(--_accent);
    color: #201709;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }
  .cross {
    position: absolute;
    inset: 0 0 var(--_below, 0px);
    margin: auto;
    inline-size: 2rem;
    block-size: 2rem;
    border: 1.5px solid var(--_accent);
    border-radius: 50%;
    background: radial-gradient(circle, var(--_accent) 0 2px, transparent 2.5px);
    opacity: 0;
    pointer-events: none;
  }
  .cross.shown {
    opacity: 1;
  }
`;
