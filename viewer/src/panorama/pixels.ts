/** How many pixels a picture gets, and how much of a visitor's data. */

/** Pixels of the drawing buffer at most. */
const PIXELS = 5_000_000;
const DPR = 2;

/** Whether the visitor has asked to save data: no finer pixels than the page's, and nothing fetched ahead. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return Boolean(connection?.saveData) || matchMedia("(prefers-reduced-data: reduce)").matches;
}

/** Device pixels to each CSS pixel in a picture of this size. */
export function pixelRatio(width: number, height: number): number {
  return Math.min(window.devicePixelRatio, savesData() ? 1 : DPR, Math.sqrt(PIXELS / (width * height)));
}
