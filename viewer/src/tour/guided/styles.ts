/** Looks of a guided tour: a card at the lower edge, on a phone over its whole width. */

import { css } from "lit";

export const guidedStyles = css`
  .guided {
    inline-size: min(40rem, 100%);
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    padding: 0.75rem 1.25rem 0.75rem;
    border-radius: 1rem;
    background: rgb(15 13 11 / 0.9);
    backdrop-filter: blur(14px);
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.5);
    user-select: text;
    -webkit-user-select: text;
  }
  /* The tour itself says where one is. */
  .caption:has(.guided) > :not(.guided) {
    display: none;
  }
  .guided-bar {
    display: flex;
    gap: 0.25rem;
  }
  .guided-bar i {
    flex: 1;
    block-size: 3px;
    border-radius: 2px;
    background: var(--_line);
  }
  .guided-bar .past {
    background: var(--_accent);
  }
  .guided header {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    color: var(--_quiet);
    font-size: 0.875rem;
  }
  .guided header p {
    flex: 1;
    min-inline-size: 0;
  }
  .guided header strong {
    display: block;
    overflow: hidden;
    color: var(--_ink);
    font: 500 1.0625rem/1.4 var(--_serif);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .guided.folded .fold-words svg {
    rotate: 180deg;
  }
  .guided.folded {
    gap: 0.25rem;
  }
  /* That there is more to read is said, not only shown. */
  .guided.folded .fold-words {
    inline-size: auto;
    display: flex;
    flex: none;
    gap: 0.35rem;
    padding-inline: 0.9rem 0.6rem;
    border-radius: 1.4rem;
    box-shadow: inset 0 0 0 1px var(--_line);
    color: var(--_accent);
    white-space: nowrap;
  }
  .guided-told {
    line-height: 1.55;
  }
  .guided p {
    margin: 0;
  }
  .guided-words {
    max-block-size: min(17rem, 34vh);
    overflow: auto;
    line-height: 1.7;
    scrollbar-width: thin;
  }
  .guided-words h2 {
    margin: 0 0 0.35rem;
    font: 500 1.25rem/1.4 var(--_serif);
  }
  .guided-words img {
    float: inline-end;
    max-inline-size: 34%;
    max-block-size: 8rem;
    margin-block: 0 0.5rem;
    margin-inline: 1rem 0;
    border-radius: 0.35rem;
  }
  .guided-words .now {
    color: #fff;
    background: linear-gradient(transparent 88%, var(--_accent) 88%);
  }
  .guided-caption,
  .guided-end {
    color: var(--_accent);
  }
  .guided-buttons {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
  }
  .guided .small-round {
    inline-size: 2.75rem;
    block-size: 2.75rem;
    display: grid;
    place-items: center;
    border-radius: 50%;
  }
  .guided .small-round:hover:not(:disabled) {
    background: rgb(48 41 34 / 0.9);
  }
  .guided button:disabled {
    opacity: 0.35;
    cursor: default;
  }
  .guided .aloud[aria-pressed="true"] {
    color: var(--_accent);
    box-shadow: inset 0 0 0 1.5px var(--_accent);
  }
  .guided-play {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    padding-inline: 0.9rem 1.25rem;
    border-radius: 1.4rem;
    background: var(--_accent);
    color: #201709;
  }
  .guided-play:hover {
    background: #f3cc90;
  }
  .guided-quiz {
    margin: 0.75rem 0 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
    display: grid;
    gap: 0.4rem;
  }
  .guided-quiz legend {
    padding: 0 0 0.4rem;
    font-weight: 600;
  }
  .guided-quiz .answer {
    min-block-size: 2.75rem;
    padding: 0.4rem 1rem;
    border: 1px solid var(--_line);
    border-radius: 0.6rem;
    text-align: start;
  }
  .guided-quiz .answer:hover {
    border-color: var(--_accent);
  }
  .guided-quiz .right {
    border-color: #6b9a62;
    background: #1b2119;
  }
  .guided-quiz .wrong {
    border-color: #d9765c;
    background: #2a1a15;
  }
  .guided-away {
    display: flex;
    gap: 0.5rem;
  }
  @media (max-width: 40rem) {
    .guided { padding: 0.6rem 0.75rem 0.5rem 1rem; }
    .guided-words { max-block-size: 30vh; }
    .caption:has(.guided) { inset-inline: 0.5rem; }
  }
  /* Broad and low beneath what it tells of, between the plan and the buttons. */
  @media (min-width: 85rem) {
    .guided { inline-size: min(52rem, 100%); }
    .guided-words { max-block-size: min(14rem, 26vh); }
    .guided-quiz { grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); }
    .guided-quiz .guided-answer { grid-column: 1 / -1; }
  }
`;
