import { css } from "lit";

export const styles = css`
  :host {
    container-type: inline-size;
    display: block;
    position: relative;
    overflow: hidden;
    min-block-size: 24rem;
    background: radial-gradient(circle at 50% 40%, #342c25, #0f0d0b 78%);
  }
  :host(:fullscreen) {
    inline-size: 100vw;
    block-size: 100vh;
  }
  canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .panes {
    position: absolute;
    inset: 0 0 var(--_bar, 4.5rem);
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .pane {
    position: relative;
    min-block-size: 0;
    cursor: grab;
    touch-action: pan-y;
    user-select: none;
    outline-offset: -4px;
  }
  .pane:active {
    cursor: grabbing;
  }
  .pane + .pane {
    border-inline-start: 1px solid rgb(237 230 219 / 0.12);
  }
  .pane img {
    position: absolute;
    inset: 3rem 0 0;
    margin: auto;
    max-inline-size: 80%;
    max-block-size: 80%;
    opacity: 0.5;
    -webkit-mask: radial-gradient(closest-side, #000 62%, transparent 99%);
    mask: radial-gradient(closest-side, #000 62%, transparent 99%);
  }
  .name {
    position: absolute;
    inset-block-start: 0.9rem;
    inset-inline: 1rem;
    margin: 0;
    text-align: center;
    font: 500 1.0625rem/1.35 var(--_serif);
    pointer-events: none;
    text-shadow: 0 0 0.6rem #0f0d0b;
  }
  .name small {
    display: block;
    color: var(--_quiet);
    font: 400 0.875rem/1.5 var(--_sans);
    font-variant-numeric: tabular-nums;
  }
  .trouble {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.75rem;
    padding: 1rem;
    text-align: center;
    background: rgb(10 9 8 / 0.6);
  }
  .trouble p {
    margin: 0;
  }
  .bar {
    position: absolute;
    inset-block-end: max(0.75rem, env(safe-area-inset-bottom));
    inset-inline: 0.75rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    justify-content: center;
  }
  .bar .pill {
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .bar [aria-pressed='true'] {
    color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  fieldset {
    display: flex;
    align-items: center;
    margin: 0;
    padding: 0.2rem;
    border: 0;
    border-radius: 1.5rem;
    background: rgb(15 13 11 / 0.7);
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  legend {
    float: inline-start;
    padding-inline: 0.8rem 0.4rem;
    color: var(--_quiet);
    font-size: 0.875rem;
  }
  fieldset label {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 2.35rem;
    padding-inline: 0.75rem;
    border-radius: 1.2rem;
    cursor: pointer;
    white-space: nowrap;
  }
  fieldset input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  fieldset label:has(:checked) {
    background: var(--_accent);
    color: #201709;
  }
  fieldset label:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .scale {
    position: absolute;
    inset-block-end: calc(var(--_bar, 4.5rem) + 0.25rem);
    inset-inline: 1rem;
    margin: 0;
    text-align: center;
    color: var(--_quiet);
    font-size: 0.875rem;
    pointer-events: none;
    text-shadow: 0 0 0.5rem #0f0d0b;
  }
  @container (max-width: 44rem) {
    legend {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .bar {
      gap: 0.4rem;
    }
    .bar .pill {
      padding-inline: 0.8rem;
    }
  }
  @media (max-width: 48rem) and (orientation: portrait) {
    .panes {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: repeat(2, minmax(0, 1fr));
    }
    .pane + .pane {
      border-inline-start: 0;
      border-block-start: 1px solid rgb(237 230 219 / 0.12);
    }
    .name {
      text-align: start;
      inset-block-start: 0.6rem;
    }
  }
`;
