/** Looks of the time line. */

import { css } from "lit";

export const timeLineStyles = css`
  .time-line {
    inline-size: min(38rem, 100%);
    block-size: 6.75rem;
    padding: 0 3.25rem;
    border-radius: 1.25rem;
    background: rgb(15 13 11 / 0.74);
    backdrop-filter: blur(14px);
    touch-action: none;
    cursor: pointer;
  }
  .rail {
    position: relative;
    block-size: 100%;
  }
  .period {
    position: absolute;
    inset-block-start: 0.45rem;
    block-size: 1.85rem;
    padding-inline: 1px;
    overflow: hidden;
    pointer-events: none;
  }
  .period span {
    display: block;
    font-size: 0.75rem;
    line-height: 1.2rem;
    text-align: center;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_quiet);
  }
  .period::after {
    content: '';
    position: absolute;
    inset-block-end: 0;
    inset-inline: 1px;
    block-size: 3px;
    border-radius: 2px;
    background: rgb(237 230 219 / 0.34);
  }
  /* Where no period is known the line goes on. */
  .rail::before {
    content: '';
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(2.3rem - 2px);
    block-size: 1px;
    background: rgb(237 230 219 / 0.25);
  }
  .tick {
    position: absolute;
    inset-block-start: calc(2.3rem - 5px);
    inline-size: 9px;
    block-size: 9px;
    margin-inline-start: -4.5px;
    border-radius: 50%;
    background: #ede6db;
    box-shadow: 0 0 0 3px rgb(15 13 11 / 0.8);
    pointer-events: none;
  }
  .knob {
    position: absolute;
    inset-block-start: calc(2.3rem - 22px);
    inline-size: 44px;
    block-size: 44px;
    margin-inline-start: -22px;
    display: grid;
    place-items: center;
    border-radius: 50%;
    cursor: grab;
    z-index: 1;
    /* Let go, or called by a press, it glides. */
    transition: left 0.35s cubic-bezier(0.2, 0.6, 0.2, 1);
  }
  .time-line.held .knob,
  .time-line.between .knob {
    transition: none;
  }
  .time-line.held,
  .time-line.held .knob {
    cursor: grabbing;
  }
  .knob::before {
    content: '';
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
    background: var(--_accent);
    box-shadow: 0 0 0 4px rgb(233 184 114 / 0.28), 0 0 18px rgb(233 184 114 / 0.6);
    transition: transform 0.15s;
  }
  .knob:hover::before,
  .time-line.held .knob::before {
    transform: scale(1.2);
  }
  .knob:focus-visible {
    outline-offset: -6px;
    border-radius: 50%;
  }
  .bubble {
    position: absolute;
    inset-block-end: 3.1rem;
    inset-inline-start: 50%;
    transform: translateX(-50%);
    padding: 0.4rem 0.9rem 0.45rem;
    border-radius: 0.75rem;
    background: rgb(15 13 11 / 0.86);
    text-align: center;
    white-space: nowrap;
    pointer-events: none;
    opacity: 0;
    transition: opacity 0.2s;
  }
  .bubble b {
    display: block;
    font: 500 1.625rem/1.15 var(--_serif);
    font-variant-numeric: tabular-nums lining-nums;
  }
  .bubble span {
    font-size: 0.8125rem;
    color: var(--_quiet);
  }
  .time-line.held .bubble,
  .time-line.between .bubble {
    opacity: 1;
  }
  .caption:has(.time-line:is(.held, .between)) .where {
    opacity: 0;
  }
  .time-line button {
    display: grid;
    align-content: start;
    justify-items: center;
    position: absolute;
    inset-block-start: 3rem;
    min-block-size: 2.9rem;
    inline-size: 5.5rem;
    padding: 0.2rem 0.15rem 0.35rem;
    transform: translateX(-50%);
    border-radius: 0.75rem;
    line-height: 1.2;
    text-align: center;
    color: var(--_quiet);
    touch-action: none;
    transition: background-color 0.25s, color 0.25s;
  }
  .time-line button:hover {
    color: var(--_ink);
  }
  .time-line button[aria-pressed='true'] {
    color: var(--_accent);
  }
  .time-line button.beside {
    color: var(--_ink);
    box-shadow: inset 0 0 0 1.5px rgb(233 184 114 / 0.7);
  }
  .time-line button.crowded:not(:focus-visible) {
    opacity: 0;
    pointer-events: none;
  }
  .time-line .year {
    display: block;
    font: 500 1.125rem/1.2 var(--_serif);
    font-variant-numeric: tabular-nums lining-nums;
  }
  .time-line .era {
    font-size: 0.75rem;
    text-wrap: balance;
    /* Two lines have room, however long a language's words are. */
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  @media (max-width: 40rem) {
    .time-line { padding-inline: 2.75rem; }
  }
  @media (forced-colors: active) {
    .knob::before, .tick { forced-color-adjust: none; }
  }
`;
