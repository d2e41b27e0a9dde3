/** What a headset can take in one frame: it draws everything twice, and what is late makes people ill. Pure. */

/** Draw calls for both eyes together. */
export const CALLS = 100;
/** Texture memory that tiles may take: a headset has less of it than a desk, and dies of too much. */
export const TILE_BYTES = 64 * 1024 * 1024;
/** Texture memory of all that is not a panorama: boards, icons, one picture looked at closely. */
export const BOARD_BYTES = 24 * 1024 * 1024;
/** First paints of the two panoramas that may be in one picture. */
const FIRST_PAINTS = 2;
/** Fewer tiles than this are no picture. */
const LEAST_TILES = 14;

/** How many tiles both panoramas may show together, while `others` more things are drawn for each eye. */
export function tilesBeside(others: number): number {
  return Math.max(CALLS / 2 - FIRST_PAINTS - others, LEAST_TILES);
}
