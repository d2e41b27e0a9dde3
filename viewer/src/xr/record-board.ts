/** What a museum's label says, beside what is looked at: kind, title, what is known, the text, a page at a time; and what one can do. */

import { say } from "../i18n/catalog";
import { type Language, pick } from "../i18n/languages";
import { type CollectionRecord, recordRows, textOf } from "../hotspots/record";
import { hotspotKind } from "../hotspots/registry";
import type { TourHotspot } from "../tour/types";
import type { IconName } from "../ui/icons";
import { Board } from "./board";
import { COLOUR } from "./colours";
import type { Pen } from "./pen";

export interface RecordState {
  hotspot: TourHotspot;
  record: CollectionRecord | undefined;
  language: Language;
  /** What one can do with what is shown, in rows. */
  tools: readonly Tool[];
  /** What is wrong, if anything is. */
  trouble: string;
  /** What is being said or heard. */
  caption: string;
}

export interface Tool {
  icon: IconName;
  /** What it says where it has no room for words: it is known by it. */
  text: string;
  on?: boolean;
  act(): void;
}

const WIDTH = 800;
const HEIGHT = 1080;
const METRES = 0.42;
const EDGE = 52;
const ROW = 96;
const GAP = 18;
const SIZE = 32;

export class RecordBoard extends Board {
  private page = 0;

  constructor(
    private readonly state: () => RecordState | undefined,
    private readonly close: () => void,
  ) {
    super(WIDTH, HEIGHT, METRES);
  }

  /** Another thing: from its first page. */
  reset(): void {
    this.page = 0;
    this.change();
  }

  protected draw(pen: Pen): void {
    const state = this.state();
    pen.ground();
    if (!state) return;
    const { hotspot, record, language, tools, caption } = state;
    const kind = hotspotKind(hotspot.kind);
    pen.button({ x: WIDTH - EDGE - ROW + 8, y: 36, width: ROW, height: ROW, icon: "close", text: say(language, "close"), bare: true, act: this.close });
    pen.line(kind ? say(language, kind.label) : "", EDGE, 68, WIDTH - 2 * EDGE - ROW - 20, 28, "sans", COLOUR.accent);
    const title = pick(hotspot.title, language) || (record ? textOf(record, "title", language) : "");
    const top = pen.text(title, EDGE, 104, WIDTH - 2 * EDGE - ROW, 48, 2, "serif") + 20;
    const foot = this.drawTools(pen, tools) - (caption ? SIZE * 2 : 0);
    if (caption) pen.line(caption, EDGE, foot + SIZE * 0.7, WIDTH - 2 * EDGE, SIZE, "sans", COLOUR.accent);
    this.drawWords(pen, state, top, foot);
  }

  private drawTools(pen: Pen, tools: readonly Tool[]): number {
    const y = HEIGHT - ROW - 40;
    const width = (WIDTH - 2 * EDGE - GAP * (tools.length - 1)) / Math.max(tools.length, 1);
    tools.forEach((tool, i) => pen.button({ ...tool, bare: width < 200, x: EDGE + i * (width + GAP), y, width: Math.min(width, 340), height: ROW }));
    return tools.length > 0 ? y - 20 : HEIGHT - 40;
  }

  /** All that there is to read, in pages of as many lines as there is room for. */
  private drawWords(pen: Pen, { hotspot, record, language, trouble }: RecordState, top: number, foot: number): void {
    const width = WIDTH - 2 * EDGE;
    const lines: { label: string; text: string }[] = [];
    if (trouble) lines.push(...pen.lines(trouble, width, SIZE).map((text) => ({ label: "", text })));
    for (const { label, value } of record ? recordRows(record, language) : []) {
      pen.lines(value, width - 190, SIZE).forEach((text, i) => lines.push({ label: i === 0 ? label : " ", text }));
    }
    const own = pick(hotspot.description, language);
    const known = record ? textOf(record, "description", language) || textOf(record, "caption", language) : "";
    for (const words of new Set([own, known])) {
      if (!words) continue;
      if (lines.length > 0) lines.push({ label: "", text: "" });
      lines.push(...pen.lines(words, width, SIZE).map((text) => ({ label: "", text })));
    }
    const step = SIZE * 1.62;
    const fits = Math.floor((foot - top) / step);
    const paged = lines.length > fits;
    const room = paged ? Math.floor((foot - top - ROW) / step) : fits;
    const pages = Math.max(Math.ceil(lines.length / Math.max(room, 1)), 1);
    this.page = Math.min(this.page, pages - 1);
    lines.slice(this.page * room, (this.page + 1) * room).forEach(({ label, text }, i) => {
      const y = top + step * (i + 0.5);
      if (label.trim()) pen.line(label, EDGE, y, 176, SIZE - 4, "sans", COLOUR.quiet);
      pen.line(text, label ? EDGE + 190 : EDGE, y, label ? width - 190 : width, SIZE);
    });
    if (!paged) return;
    const y = foot - ROW + 16;
    const leaf = (by: number) => (): void => {
      this.page = (this.page + by + pages) % pages;
      this.change();
    };
    pen.button({ x: EDGE, y, width: 120, height: ROW - 24, icon: "previous", text: say(language, "xrPageBefore"), bare: true, act: leaf(-1) });
    pen.word(`${this.page + 1} / ${pages}`, WIDTH / 2, y + (ROW - 24) / 2, "400 30px sans-serif", COLOUR.quiet, "center");
    pen.button({ x: WIDTH - EDGE - 120, y, width: 120, height: ROW - 24, icon: "next", text: say(language, "xrPageNext"), bare: true, act: leaf(1) });
  }
}
