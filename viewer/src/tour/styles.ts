/** Looks of `<museum-tour>`. */

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    position: relative;
    min-block-size: 16rem;
    block-size: 100%;
    overflow: hidden;
    background: var(--_ground);
    isolation: isolate;
    user-select: none;
    -webkit-user-select: none;
    contain: strict;
  }
  /* As the picture at the head of a page, with the page's own words over it. */
  :host([hero]) :is(.caption, .controls, .corner) {
    display: none;
  }
  .stage,
  .poster,
  .overlay,
  .outlines {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .stage {
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
  .poster {
    overflow: hidden;
    pointer-events: none;
    transition: opacity 0.35s;
  }
  .poster.gone {
    opacity: 0;
  }
  .poster .cube {
    position: absolute;
    inset: 0;
    transform-style: preserve-3d;
  }
  .poster .cube div {
    position: absolute;
    backface-visibility: visible;
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
  .way.jump:hover,
  .way.jump:focus-visible {
    box-shadow: 0 0 0 3px var(--_accent), 0 0 40px 14px rgb(233 184 114 / 0.6);
  }
  .label {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    max-inline-size: min(18rem, 72vw);
    pointer-events: none;
    will-change: transform;
    opacity: 0;
    transition: opacity 0.15s;
  }
  .label.shown {
    opacity: 1;
  }
  .label > div {
    padding: 0.45rem 0.85rem;
    border-radius: 0.5rem;
    background: rgb(15 13 11 / 0.82);
    backdrop-filter: blur(10px);
    line-height: 1.4;
    text-align: center;
    inline-size: max-content;
    max-inline-size: 100%;
    margin-inline: auto;
  }
  .label > .ahead {
    padding: 0.3rem 0.3rem 0.5rem;
    border-radius: 0.75rem;
    box-shadow: 0 0 0 1px rgb(233 184 114 / 0.35), 0 1rem 3rem rgb(0 0 0 / 0.55);
  }
  /* One square of the strip of six, its upper and lower quarter cut off. */
  .look {
    display: block;
    inline-size: 12rem;
    block-size: 7.5rem;
    overflow: hidden;
    border-radius: 0.5rem;
    margin-block-end: 0.4rem;
    background: #191613;
  }
  .look img {
    display: block;
    inline-size: 600%;
    block-size: 12rem;
    margin-block-start: -2.1rem;
  }
  .look .side-1 { margin-inline-start: -100%; }
  .look .side-2 { margin-inline-start: -200%; }
  .look .side-3 { margin-inline-start: -300%; }
  .label .kind {
    display: block;
    color: var(--_quiet);
    font-size: 0.8125rem;
  }
  .label .title {
    font-family: var(--_serif);
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
  .where {
    text-align: center;
    text-shadow: 0 1px 10px #000, 0 0 3px #000;
    pointer-events: none;
    transition: opacity 0.6s;
    max-inline-size: calc(100% - 7rem);
  }
  .where strong {
    font: 500 1.1875rem/1.35 var(--_serif);
    display: block;
    text-wrap: balance;
  }
  .where span {
    font-size: 0.875rem;
    color: #ddd3c4;
  }
  .time {
    display: flex;
    max-inline-size: 100%;
    overflow-x: auto;
    scrollbar-width: none;
    border-radius: 2rem;
    padding: 0.25rem;
    background: rgb(15 13 11 / 0.72);
    backdrop-filter: blur(14px);
  }
  .time button {
    flex: none;
    min-inline-size: 5.5rem;
    padding: 0.35rem 1rem 0.4rem;
    border-radius: 2rem;
    line-height: 1.2;
    color: var(--_quiet);
    transition: background-color 0.25s, color 0.25s;
  }
  .time button:hover {
    color: var(--_ink);
  }
  .time button[aria-pressed='true'] {
    background: var(--_accent);
    color: #201709;
  }
  .time .year {
    display: block;
    font: 500 1.125rem/1.2 var(--_serif);
    font-variant-numeric: tabular-nums;
  }
  .time .era {
    font-size: 0.75rem;
  }
  .controls {
    position: absolute;
    inset-inline-end: max(1rem, env(safe-area-inset-right));
    inset-block-end: max(1rem, env(safe-area-inset-bottom));
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    transition: opacity 0.5s;
  }
  :host(.idle) .controls:not(:focus-within):not(:hover),
  :host(.idle) .plan:not(:focus-within):not(:hover),
  :host(.idle) .where {
    opacity: 0;
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
  .plan {
    inline-size: clamp(8.5rem, 15vw, 13rem);
    border-radius: 0.75rem;
    background: rgb(15 13 11 / 0.62);
    backdrop-filter: blur(12px);
    padding: 0.5rem;
    transition: opacity 0.5s;
  }
  .plan svg {
    display: block;
    inline-size: 100%;
    max-block-size: 11rem;
    overflow: visible;
  }
  .plan .room {
    fill: rgb(237 230 219 / 0.07);
    stroke: rgb(237 230 219 / 0.35);
    vector-effect: non-scaling-stroke;
    stroke-width: 1;
  }
  .plan .room.here {
    fill: rgb(233 184 114 / 0.16);
  }
  .plan .dot {
    fill: #ede6db;
    cursor: pointer;
  }
  .plan .dot:hover,
  .plan a:focus-visible .dot {
    fill: var(--_accent);
  }
  .plan .here-dot {
    fill: var(--_accent);
  }
  .plan .cone {
    fill: rgb(233 184 114 / 0.42);
  }
  .big-year {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    text-align: center;
    pointer-events: none;
    text-shadow: 0 2px 40px rgb(0 0 0 / 0.85), 0 0 6px rgb(0 0 0 / 0.6);
    animation: appear 2.8s both;
  }
  .big-year b {
    font: 400 clamp(5rem, 19vw, 14rem) / 1 var(--_serif);
    letter-spacing: 0.02em;
    font-variant-numeric: lining-nums;
  }
  .big-year b.words {
    font-size: clamp(3rem, 10vw, 7rem);
  }
  .big-year span {
    font: 400 clamp(1.25rem, 3vw, 2rem) / 1.4 var(--_serif);
  }
  @keyframes appear {
    0% { opacity: 0; transform: scale(0.96); }
    18%, 60% { opacity: 1; transform: none; }
    100% { opacity: 0; }
  }
  .waiting {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: 2px;
    overflow: hidden;
  }
  .waiting::after {
    content: '';
    position: absolute;
    inset: 0;
    inline-size: 30%;
    background: var(--_accent);
    animation: wait 1.2s infinite ease-in-out;
  }
  @keyframes wait {
    from { transform: translateX(-100%); }
    to { transform: translateX(430%); }
  }
  .trouble {
    position: absolute;
    inset: 0;
    padding: 1.5rem;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 1.25rem;
    text-align: center;
    background: rgb(10 9 8 / 0.72);
    backdrop-filter: blur(8px);
  }
  .trouble p {
    margin: 0;
    max-inline-size: 32rem;
    font: 400 1.25rem/1.6 var(--_serif);
    text-wrap: balance;
  }
  .trouble > div {
    display: flex;
    gap: 0.75rem;
  }
  .trouble .pill {
    min-inline-size: 7rem;
    justify-content: center;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .trouble .retry {
    background: var(--_accent);
    color: #201709;
  }
  .help {
    inline-size: min(30rem, 100% - 2rem);
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 1rem;
    background: var(--_raised);
    color: inherit;
    overflow: auto;
  }
  .help::backdrop {
    background: rgb(8 7 6 / 0.6);
    backdrop-filter: blur(6px);
  }
  .help > div {
    padding: 1.5rem 1.75rem 1.75rem;
  }
  .help form {
    float: inline-end;
    margin: -0.5rem -0.75rem 0 0;
  }
  .help h2 {
    margin: 0 0 1.25rem;
    font: 500 1.25rem/1.4 var(--_serif);
  }
  .help dl {
    margin: 0;
    display: grid;
    grid-template-columns: minmax(6rem, max-content) 1fr;
    gap: 0.75rem 1.5rem;
    align-items: baseline;
  }
  .help dt {
    color: var(--_quiet);
  }
  .help dd {
    margin: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
    align-items: baseline;
  }
  kbd {
    min-inline-size: 1.9rem;
    padding: 0.1rem 0.5rem;
    border: 1px solid var(--_line);
    border-radius: 0.4rem;
    background: var(--_ground);
    font: inherit;
    font-size: 0.875rem;
    text-align: center;
  }
  @media (hover: none) {
    kbd { display: none; }
    .help dd:not(:has(span)), .help dt:has(+ dd:not(:has(span))) { display: none; }
  }
  @media (max-width: 40rem) {
    .caption { inset-inline: 0.75rem; inset-block-end: calc(max(1rem, env(safe-area-inset-bottom)) + 3.5rem); }
    .where { max-inline-size: 100%; }
    .caption.only-where:has(~ .corner .plan) { display: none; }
    .caption:not(.only-where) ~ .corner:has(.plan) { inset-block-end: 9rem; }
    .back span { max-inline-size: 26vw; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .controls { flex-direction: row; }
    .zoom-button { display: none; }
    .time button { min-inline-size: 4.75rem; padding-inline: 0.75rem; }
  }
  /* The year stays as long, but only fades. */
  @media (prefers-reduced-motion: reduce) {
    .big-year { animation: appear-still 2.8s both !important; animation-duration: 2.8s !important; }
  }
  @keyframes appear-still {
    0%, 100% { opacity: 0; }
    10%, 75% { opacity: 1; }
  }
  @media (forced-colors: active) {
    .spot { opacity: 1; forced-color-adjust: none; }
  }
`;
