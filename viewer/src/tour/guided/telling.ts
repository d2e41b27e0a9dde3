/** What is told at a stop, in pieces: sentences, and how long they take; captions of a recording. Pure. */

export interface Cue {
  /** Seconds from the beginning of the recording. */
  from: number;
  to: number;
  text: string;
}

/** Sentences of a text, in Chinese or Latin letters, each with what ends it. */
export function sentencesOf(text: string): string[] {
  const found = text.match(/[^。！？!?.…\n]+(?:[。！？!?…]+|\.(?=\s|$|[”"’')])|\.|$)*[”"’'」』）)]*/g) ?? [];
  const joined: string[] = [];
  for (const piece of found) {
    // A full stop within a number or a name ends nothing.
    const last = joined.at(-1);
    if (last !== undefined && /\.$/.test(last) && !/^\s/.test(piece)) joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

/** About how many seconds it takes to read a text. */
export function readingSeconds(text: string): number {
  const han = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const words = text.match(/[A-Za-z0-9'’]+/g)?.length ?? 0;
  return Math.max(2.5, han / 4.5 + words / 2.6 + 0.6);
}

/** Cues of a WebVTT file, without what it says about looks. https://www.w3.org/TR/webvtt1/ */
export function parseCaptions(file: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of file.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => line.includes("-->"));
    const times = at < 0 ? null : /^\s*([\d:.]+)\s+-->\s+([\d:.]+)/.exec(lines[at]!);
    if (!times) continue;
    const [from, to] = [secondsOf(times[1]!), secondsOf(times[2]!)];
    const text = lines.slice(at + 1).join(" ").replace(/<[^>]*>/g, "").trim();
    if (text && from !== undefined && to !== undefined && to > from) cues.push({ from, to, text });
  }
  return cues;
}

/** The words at a moment of the recording; '' between cues. */
export function captionAt(cues: readonly Cue[], seconds: number): string {
  return cues.find((cue) => cue.from <= seconds && seconds < cue.to)?.text ?? "";
}

function secondsOf(time: string): number | undefined {
  const parts = time.split(":").map(Number);
  if (parts.length < 2 || parts.length > 3 || parts.some((part) => !Number.isFinite(part))) return undefined;
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}
