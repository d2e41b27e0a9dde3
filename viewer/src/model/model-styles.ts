/** Looks of `<museum-model>`: the thing is lit, all else steps back. What lies on the picture stands on ground of its own. */

import { css } from "lit";

export const styles = css`
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
  model-viewer {
    block-size: calc(100% - var(--_below, 0px));
    outline-offset: -4px;
  }
  .still {
    margin: auto;
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
    margin: auto;
    block-size: 100%;
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
  .tools {
    position: absolute;
    inset-block-end: max(1rem, env(safe-area-inset-bottom));
    inset-inline: 0;
    margin-inline: auto;
    inline-size: max-content;
    max-inline-size: calc(100% - 1rem);
    display: flex;
    padding: 0.25rem;
    border-radius: 1.75rem;
    background: rgb(15 13 11 / 0.78);
    box-shadow: 0 0 0 1px rgb(237 230 219 / 0.1);
    backdrop-filter: blur(14px);
  }
  .for-keys {
    display: contents;
  }
  .tool {
    display: grid;
    grid-auto-flow: column;
    align-items: center;
    gap: 0.5rem;
    min-inline-size: 2.75rem;
    block-size: 2.75rem;
    place-content: center;
    border-radius: 1.4rem;
    transition: background-color 0.2s, color 0.2s;
  }
  .tool span {
    display: none;
    font-size: 0.875rem;
    white-space: nowrap;
  }
  .tool:hover {
    background: rgb(72 62 52 / 0.8);
    color: #fff;
  }
  .tool[aria-pressed='true'],
  .pill[aria-pressed='true'] {
    background: var(--_accent);
    color: #201709;
  }
  .room {
    position: absolute;
    inset-block-start: 1rem;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: max-content;
    max-inline-size: calc(100% - 2rem);
    padding-inline: 0.9rem 1.2rem;
    text-align: start;
    line-height: 1.3;
    box-shadow: 0 0 0 1px var(--_line);
  }
  .room small {
    display: block;
    color: var(--_quiet);
  }
  .panel {
    position: absolute;
    inset-block-end: calc(max(1rem, env(safe-area-inset-bottom)) + 3.75rem);
    inset-inline: 0;
    margin-inline: auto;
    inline-size: min(27rem, calc(100% - 1rem));
    max-block-size: calc(100% - 6rem);
    overflow-y: auto;
    padding: 0.9rem 1rem;
    display: grid;
    gap: 0.75rem;
    border-radius: 1.1rem;
    background: rgb(20 17 14 / 0.88);
    box-shadow: 0 0 0 1px rgb(237 230 219 / 0.1), 0 1rem 3rem rgb(0 0 0 / 0.4);
    backdrop-filter: blur(16px);
    font-size: 0.9375rem;
    animation: rise 0.22s cubic-bezier(0.2, 0.6, 0.2, 1);
  }
  @keyframes rise {
    from { opacity: 0; translate: 0 0.5rem; }
  }
  .panel p {
    margin: 0;
    color: var(--_quiet);
    font-size: 0.875rem;
    line-height: 1.5;
  }
  .panel .lead {
    color: var(--_ink);
    font-size: 1rem;
  }
  .panel .figure {
    font: 500 1.25rem/1.4 var(--_serif);
    color: var(--_accent);
    font-variant-numeric: tabular-nums;
  }
  .choice {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 0.25rem;
    margin: 0;
    padding: 0.25rem;
    border: 0;
    border-radius: 1.5rem;
    background: rgb(0 0 0 / 0.35);
  }
  .choice label {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 2.5rem;
    padding-inline: 0.25rem;
    border-radius: 1.25rem;
    cursor: pointer;
  }
  .choice input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice label:has(:checked) {
    background: var(--_accent);
    color: #201709;
  }
  .choice label:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 3px;
  }
  .slider {
    display: grid;
    grid-template-columns: max-content 1fr 3.5em;
    align-items: center;
    gap: 0.75rem;
  }
  .slider output {
    text-align: end;
    font-variant-numeric: tabular-nums;
    color: var(--_quiet);
  }
  input[type='range'] {
    inline-size: 100%;
    min-block-size: 2.5rem;
    margin: 0;
    accent-color: var(--_accent);
    background: transparent;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-block-size: 2.5rem;
    cursor: pointer;
  }
  .check input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .row .pill {
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .row .pill:disabled {
    color: var(--_quiet);
    cursor: default;
  }
  .panel dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.4rem 1.25rem;
    margin: 0;
  }
  .panel dd {
    margin: 0;
  }
  kbd {
    display: inline-block;
    min-inline-size: 1.75em;
    margin-inline-end: 0.25em;
    padding: 0 0.4em;
    border: 1px solid var(--_line);
    border-radius: 0.3em;
    font: inherit;
    text-align: center;
  }
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
  @container (min-width: 46rem) {
    .panel {
      inset-inline: auto 1rem;
      inline-size: 23rem;
    }
    .tool {
      padding-inline: 0.9rem 1.1rem;
    }
    .tool span {
      display: block;
    }
  }
  @media (hover: none) and (pointer: coarse) {
    .for-keys {
      display: none;
    }
  }
`;
