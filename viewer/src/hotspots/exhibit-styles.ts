/** Looks of `<museum-exhibit>`. */

import { css } from "lit";

export const exhibitStyles = css`
  dialog {
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: transparent;
    color: inherit;
    overflow: hidden;
  }
  dialog::backdrop {
    background: rgb(8 7 6 / 0.9);
    backdrop-filter: blur(18px);
  }
  dialog[open]:not(.grows) {
    animation: rise 0.28s cubic-bezier(0.2, 0.6, 0.2, 1);
  }
  @keyframes rise {
    from { opacity: 0; transform: translateY(1rem); }
  }
  article {
    block-size: 100%;
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(19rem, 25rem);
  }
  article.words {
    grid-template-columns: minmax(0, 40rem);
    place-content: center;
  }
  /* Words alone lie beside the picture, on a telephone below it: what they speak of stays in sight. */
  dialog.card {
    position: absolute;
    inset: auto;
    inset-block-end: max(1.25rem, env(safe-area-inset-bottom));
    inset-inline-end: 5rem;
    inline-size: min(24rem, calc(100% - 6rem));
    block-size: auto;
    max-block-size: min(36rem, calc(100% - 7rem));
    border-radius: 1rem;
    background: rgb(15 13 11 / 0.93);
    box-shadow: 0 0 0 1px var(--_line), 0 1rem 3rem rgb(0 0 0 / 0.55);
  }
  dialog.card[open] {
    display: flex;
  }
  .card article {
    flex: 1;
    min-block-size: 0;
    block-size: auto;
    max-block-size: inherit;
    display: flex;
  }
  .card .words-side {
    flex: 1;
    padding: 1.1rem 1.35rem 1.35rem;
    background: none;
  }
  .card .close {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
  }
  .card h2 {
    margin-block-end: 0.75rem;
    font-size: 1.3125rem;
  }
  .card :is(p, .links):last-child {
    margin-block-end: 0;
  }
  .show {
    position: relative;
    min-block-size: 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    background: #0a0908;
  }
  .show .coming {
    visibility: hidden;
  }
  .show.tabbed {
    --navigator-top: 5rem;
  }
  dialog.grows[open]::backdrop {
    animation: dawn 0.3s;
  }
  @keyframes dawn {
    from { opacity: 0; }
  }
  /* The picture leaves a wall that is still there. */
  dialog.grows[open] .show {
    animation: dusk 0.38s;
  }
  dialog.grows[open] .strip {
    animation: dawn 0.38s;
  }
  @keyframes dusk {
    from { background-color: transparent; }
  }
  dialog.grows[open] .words-side,
  dialog.grows[open] .close {
    animation: rise 0.38s cubic-bezier(0.2, 0.6, 0.2, 1);
  }
  .show > * {
    min-inline-size: 0;
    min-block-size: 0;
  }
  .strip {
    display: flex;
    gap: 0.5rem;
    justify-content: safe center;
    overflow-x: auto;
    padding: 0.75rem 1rem;
    background: var(--_ground);
  }
  .strip button {
    flex: none;
    inline-size: 4.5rem;
    block-size: 3.5rem;
    opacity: 0.62;
    border-radius: 0.25rem;
    overflow: hidden;
    transition: opacity 0.2s;
  }
  .strip button:hover,
  .strip button:focus-visible {
    opacity: 1;
  }
  .strip button[aria-pressed='true'] {
    opacity: 1;
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .strip img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .cover, video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
    padding: clamp(1rem, 4vw, 4rem);
  }
  video + .note {
    position: absolute;
    inset-block-end: 0.5rem;
    inset-inline: 1rem;
    text-align: center;
  }
  audio {
    place-self: center;
    inline-size: min(32rem, 90%);
  }
  .facets {
    position: absolute;
    inset-block-start: 1rem;
    inset-inline-start: 1rem;
    display: flex;
    gap: 0.25rem;
    padding: 0.25rem;
    border-radius: 1.6rem;
    background: rgb(15 13 11 / 0.72);
    z-index: 2;
  }
  .facets button {
    padding: 0.35rem 1.1rem;
    min-block-size: 2.75rem;
    border-radius: 1.2rem;
  }
  .facets button[aria-selected='true'] {
    background: var(--_accent);
    color: #201709;
  }
  .words-side {
    padding: clamp(1.5rem, 3vw, 3rem) clamp(1.25rem, 2.5vw, 2.25rem) 3rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    background: var(--_ground);
    user-select: text;
    -webkit-user-select: text;
  }
  .kind {
    color: var(--_accent);
    font-size: 0.875rem;
    margin-block: 0 0.35rem;
    margin-inline: 0 3rem;
  }
  h2 {
    font: 500 clamp(1.375rem, 2.2vw, 1.875rem) / 1.35 var(--_serif);
    margin-block: 0 1.5rem;
    margin-inline: 0 3rem;
    text-wrap: balance;
  }
  dl {
    margin: 0 0 1.5rem;
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.5rem 1.25rem;
  }
  dt {
    color: var(--_quiet);
  }
  dd {
    margin: 0;
  }
  p {
    margin: 0 0 1rem;
    line-height: 1.85;
    white-space: pre-line;
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: center;
    margin-block-start: 1.75rem;
  }
  .pill {
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .note {
    color: var(--_quiet);
    font-size: 0.875rem;
  }
  .fold {
    display: none;
  }
  .close {
    position: fixed;
    inset-block-start: 1rem;
    inset-inline-end: 1rem;
    z-index: 3;
  }
  @media (max-width: 40rem) {
    dialog.card {
      inset-inline: 0;
      inset-block-end: 0;
      inline-size: 100%;
      max-block-size: 48%;
      border-radius: 1rem 1rem 0 0;
      background: rgb(15 13 11 / 0.98);
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (max-width: 52rem) {
    article {
      grid-template: minmax(0, 58fr) minmax(0, 42fr) / minmax(0, 1fr);
    }
    article.words {
      grid-template-rows: auto;
    }
    article.folded {
      grid-template-rows: minmax(0, 1fr) auto;
    }
    .folded .record {
      display: none;
    }
    .folded .words-side {
      padding-block-end: 1.25rem;
    }
    .folded h2 {
      margin-block-end: 0;
    }
    .words-side {
      position: relative;
    }
    .fold {
      display: grid;
      place-items: center;
      position: absolute;
      inset-block-start: 0.75rem;
      inset-inline-end: 0.75rem;
      inline-size: 2.75rem;
      block-size: 2.75rem;
      border-radius: 50%;
      color: var(--_quiet);
    }
    .folded .fold svg {
      transform: rotate(180deg);
    }
    h2 { margin-block-end: 1rem; }
    .show ~ .words-side h2, .show ~ .words-side .kind { margin-inline-end: 2.5rem; }
  }
`;
