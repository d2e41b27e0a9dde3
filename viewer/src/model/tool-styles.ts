/** Looks of the bar of tools and its panel. What lies on the picture stands on ground of its own. */

import { css } from "lit";

export const toolStyles = css`
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
