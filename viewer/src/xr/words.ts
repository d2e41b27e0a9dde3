/** Text broken into lines, as it is drawn onto boards. Pure. */

/** Width of a text in pixels. */
export type Measure = (text: string) => number;

/** Closing marks that no line begins with. */
const CLOSING = /^[，。、；：？！）」』》〉”’…,.;:?!)\]]/;
/** What stays together: a word with its space, or one Han character. */
const PIECE = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\s+/gu;

/** Whether a text runs from right to left: its first letter says so, as in HTML's `dir=auto`. */
export function runsLeft(text: string): boolean {
  return /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);
}

/** Lines of `width` pixels at most. Han characters break anywhere but before closing marks, words between each other. */
export function linesOf(text: string, width: number, measure: Measure): string[] {
  return text.split("\n").flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

/** `count` lines at most; the last one says by … that there is more. */
export function firstLines(text: string, width: number, count: number, measure: Measure): string[] {
  const lines = linesOf(text, width, measure);
  if (lines.length <= count) return lines;
  const kept = lines.slice(0, count);
  kept[count - 1] = shortened(`${kept[count - 1]!.trimEnd()}…`, width, measure);
  return kept;
}

/** The text in one line, cut to end in … where it is too long. */
export function shortened(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const letters = [...text.replace(/…$/, "")];
  while (letters.length > 1 && measure(`${letters.join("")}…`) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function breakParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of paragraph.match(PIECE) ?? []) {
    if (line === "" || measure((line + piece).trimEnd()) <= width) {
      line += piece;
    } else if (CLOSING.test(piece)) {
      // The mark takes the character before it along.
      const letters = [...line];
      const last = letters.pop() ?? "";
      lines.push(letters.join("").trimEnd());
      line = last + piece;
    } else {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    }
    while (measure(line.trimEnd()) > width && [...line].length > 1) {
      const letters = [...line];
      let fits = 1;
      while (fits < letters.length && measure(letters.slice(0, fits + 1).join("")) <= width) fits++;
      lines.push(letters.slice(0, fits).join(""));
      line = letters.slice(fits).join("");
    }
  }
  lines.push(line.trimEnd());
  return lines;
}
