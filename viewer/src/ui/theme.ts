/** What all elements of the viewer share in looks. The page may set the custom properties; without it they have their own values. */

import { css } from "lit";

export const theme = css`
  :host {
    --_ground: var(--ground, #0f0d0b);
    --_raised: var(--raised, #191613);
    --_line: var(--line, #37302a);
    --_ink: var(--ink, #ede6db);
    --_quiet: var(--quiet, #b0a596);
    --_accent: var(--accent, #e9b872);
    --_serif: var(--serif, Georgia, 'Songti SC', 'Source Han Serif SC', 'Noto Serif CJK SC', SimSun, serif);
    --_sans: var(--sans, 'Helvetica Neue', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif);
    color: var(--_ink);
    font: 400 1rem/1.6 var(--_sans);
    color-scheme: dark;
  }
  /* The marks that Chinese shares, “” and …, are those of Latin faces elsewhere. */
  :host(:not(:lang(zh))) {
    --_serif: var(--serif, Georgia, 'Noto Serif', serif, 'Songti SC', 'Source Han Serif SC', 'Noto Serif CJK SC', SimSun);
    --_sans: var(--sans, 'Helvetica Neue', Arial, Roboto, sans-serif, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC');
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  :where(a.button) {
    font: inherit;
    color: inherit;
    cursor: pointer;
    border: 0;
    background: none;
    padding: 0;
    text-decoration: none;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 3px;
    border-radius: 4px;
  }
  .round {
    inline-size: 2.75rem;
    block-size: 2.75rem;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: rgb(15 13 11 / 0.62);
    backdrop-filter: blur(12px);
    transition: background-color 0.2s, color 0.2s;
  }
  .round:hover {
    background: rgb(48 41 34 / 0.9);
    color: #fff;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    padding: 0.25rem 1.1rem;
    border-radius: 1.4rem;
    background: rgb(15 13 11 / 0.7);
    backdrop-filter: blur(12px);
  }
  .pill:hover {
    background: rgb(48 41 34 / 0.92);
    color: #fff;
  }
  :dir(rtl) > svg .flows {
    transform: scaleX(-1);
    transform-box: view-box;
    transform-origin: center;
  }
  .hidden-text {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      transition-duration: 0.01ms !important;
    }
  }
`;
