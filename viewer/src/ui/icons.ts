/** The viewer's own icons: one stroke, 24 × 24. What `flows` points the way that words run: see `theme.ts`. */

import { type SVGTemplateResult, html, svg } from "lit";

function icon(paths: SVGTemplateResult) {
  return html`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.6"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;
}

export const icons = {
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  minus: icon(svg`<path d="M5 12h14"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  fullScreen: icon(svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>`),
  leaveFullScreen: icon(svg`<path d="M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5"/>`),
  plan: icon(svg`<path d="M4 5h16v14H4zM4 12h7M11 5v4M11 15v4M15 12h5"/>`),
  keep: icon(svg`<path d="M7 18.500a4.500 4.500 0 01-.5-9 5.500 5.500 0 0110.800 1 4 4 0 01.7 8M12 11v8M9 16l3 3 3-3"/>`),
  scenes: icon(svg`<rect x="3.500" y="4.500" width="7.500" height="6.500"/><rect x="13" y="4.500" width="7.500" height="6.500"/><rect x="3.500" y="13.500" width="7.500" height="6.500"/><rect x="13" y="13.500" width="7.500" height="6.500"/>`),
  more: icon(svg`<circle cx="5.500" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.500" cy="12" r="1"/>`),
  gyroscope: icon(svg`<rect x="8" y="4" width="8" height="16" rx="1.500"/><path d="M4.500 8a8 8 0 000 8M19.500 8a8 8 0 010 8M11.500 17h1"/>`),
  back: icon(svg`<path class="flows" d="M9 6l-5 5 5 5M4 11h10a6 6 0 010 12"/>`),
  home: icon(svg`<path d="M4 11l8-7 8 7M6.500 9v11h11V9M10 20v-6h4v6"/>`),
  time: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>`),
  portal: icon(svg`<path d="M7 21V10a5 5 0 0110 0v11M4 21h16M10.5 15h3"/>`),
  lens: icon(svg`<circle cx="10.500" cy="10.500" r="6.500"/><path d="M15.300 15.300L20.500 20.500M10.500 7.500v3l2 1.200"/>`),
  wipe: icon(svg`<rect x="3.500" y="5.500" width="17" height="13" rx="1"/><path d="M12 3v18M14.500 9.500L17 12l-2.500 2.500M9.500 9.500L7 12l2.500 2.500"/>`),
  grow: icon(svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 8.500v7M8.500 12h7"/>`),
  shrink: icon(svg`<circle cx="12" cy="12" r="5.500"/><path d="M9.500 12h5"/>`),
  upright: icon(svg`<path d="M12 3v18M8 6l-4 12M20 21H4"/>`),
  whole: icon(svg`<rect x="4" y="6" width="16" height="12"/><path d="M8 10h8v4H8z"/>`),
  rotate: icon(svg`<path d="M19 12a7 7 0 11-2.5-5.4M19 4v4h-4"/>`),
  fold: icon(svg`<path d="M6 9.500l6 6 6-6"/>`),
  download: icon(svg`<path d="M12 4v11M7.500 10.500L12 15l4.500-4.500M5 19.500h14"/>`),
  compare: icon(svg`<rect x="3.500" y="6" width="7.500" height="12"/><rect x="13" y="6" width="7.500" height="12"/>`),
  share: icon(svg`<path d="M12 15V4M8 7.500l4-4 4 4M6 11H5v9h14v-9h-1"/>`),
  link: icon(svg`<path d="M9.500 14.500l5-5M11 7l2-2a4.200 4.200 0 016 6l-2 2M13 17l-2 2a4.200 4.200 0 01-6-6l2-2"/>`),
  play: icon(svg`<path d="M8 5.500v13l10.500-6.500z"/>`),
  pause: icon(svg`<path d="M8.500 5.500v13M15.500 5.500v13"/>`),
  previous: icon(svg`<path class="flows" d="M14.500 5l-7 7 7 7"/>`),
  next: icon(svg`<path class="flows" d="M9.500 5l7 7-7 7"/>`),
  artifact: icon(svg`<path d="M9 4h6M9.5 4c0 3-3.5 4-3.5 8.500 0 4 2.500 7.500 6 7.500s6-3.500 6-7.500C18 8 14.500 7 14.500 4"/>`),
  help: icon(svg`<path d="M8.500 9a3.500 3.500 0 117 0c0 2.500-3.500 2.700-3.500 5.500M12 18v.2"/>`),
  image: icon(svg`<rect x="4" y="5" width="16" height="14"/><path d="M4 16l5-5 4 4 3-2.500 4 3.500"/>`),
  model: icon(svg`<path d="M12 3l8 4.500v9L12 21l-8-4.500v-9zM4 7.500l8 4.500 8-4.500M12 12v9"/>`),
  text: icon(svg`<path d="M6 6h12M6 11h12M6 16h8"/>`),
  audio: icon(svg`<path d="M5 10v4h3l4 4V6l-4 4zM16 9a4 4 0 010 6M18.500 6.500a8 8 0 010 11"/>`),
  video: icon(svg`<rect x="4" y="6" width="16" height="12"/><path d="M10.500 9.500v5l4-2.500z"/>`),
  exhibition: icon(svg`<path d="M4 20V8l8-4 8 4v12M4 20h16M9 20v-7h6v7"/>`),
  headset: icon(svg`<path d="M4 8.500h16a1.500 1.500 0 011.500 1.500v6a1.500 1.500 0 01-1.500 1.500h-4.500L12 14.500l-3.500 3H4A1.500 1.500 0 012.500 16v-6A1.500 1.500 0 014 8.500zM7 8.500C8 5.500 16 5.500 17 8.500"/>`),
  turntable: icon(svg`<ellipse cx="12" cy="16" rx="8.500" ry="3.500"/><path d="M12 4.500v7M17.500 20.500l3-2.500-3.500-1.500"/><circle cx="12" cy="8" r="3.500"/>`),
  light: icon(svg`<path d="M9 17.500h6M10 20.500h4M9.500 17.500c0-2.500-3-3.800-3-7.500a5.500 5.500 0 0111 0c0 3.700-3 5-3 7.500"/>`),
  cut: icon(svg`<path d="M12 3l8 4.500v9L12 21l-8-4.500v-9z"/><path d="M4 7.500l16 9" stroke-dasharray="2.500 2.500"/>`),
  measure: icon(svg`<path d="M3.500 15.500l12-12 5 5-12 12zM7 12l2 2M10 9l2.500 2.500M13 6l2 2"/>`),
  reset: icon(svg`<path d="M5 12a7 7 0 107-7c-2.500 0-4.500 1-6 3M5.500 3.500V8H10"/>`),
  room: icon(svg`<path d="M3.500 8V4H8M20.500 8V4H16M3.500 16v4H8M20.500 16v4H16M12 7l4.500 2.500v5L12 17l-4.500-2.500v-5zM7.500 9.500L12 12l4.500-2.500M12 12v5"/>`),
  notes: icon(svg`<path d="M5 5h14v11h-8l-4 3.500V16H5zM8.500 9h7M8.500 12h4"/>`),
  keys: icon(svg`<rect x="3" y="6.500" width="18" height="11" rx="1.500"/><path d="M7 10.500h.1M11 10.500h.1M15 10.500h.1M7 14h.1M10 14h5M17.500 14h.1"/>`),
  web: icon(svg`<circle cx="12" cy="12" r="8.500"/><path d="M3.500 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17"/>`),
};

export type IconName = keyof typeof icons;

/** The way ahead, as it lies on the floor. */
export const chevron = html`<svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true" focusable="false">
  <path class="edge" d="M12 44 32 22 52 44" fill="none" stroke-width="15" stroke-linejoin="round" stroke-linecap="round"/>
  <path class="face" d="M12 44 32 22 52 44" fill="none" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"/>
</svg>`;
