/** The tiles of a panorama: which there are, where each lies on its face, and which one stands in for which. */

export interface PyramidSpec {
  /** Sizes of a face in pixels, coarsest first. */
  levels: readonly number[];
  /** Size of a tile in pixels; the tiles at the right and lower edges may be smaller. */
  tile: number;
  /** Address of a tile with the placeholders {level} {face} {row} {column}. */
  tiles: string;
}

export interface Tile {
  level: number;
  face: number;
  row: number;
  column: number;
}

/** A tile's rectangle on its face, in [-1, 1], y up. */
export interface Rectangle {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

const FACE_LETTERS = "frblud";

/**
 * More than any tile number of a pyramid: multiples of it tell pyramids apart. With `MOST_PYRAMIDS` at a time all numbers stay below 2 ** 30,
 * which engines keep in place: larger ones would be objects, made anew for each question to the store in each frame.
 */
export const PYRAMID_STRIDE = 2 ** 24;
export const MOST_PYRAMIDS = 2 ** 6;

export class TilePyramid {
  readonly depth: number;
  /** Tiles across a face, by level. */
  readonly across: readonly number[];
  /** Number of the first tile of each level. */
  private readonly firsts: readonly number[];

  constructor(readonly spec: PyramidSpec) {
    const { levels, tile } = spec;
    if (levels.length === 0) throw new RangeError("a pyramid has one level at least");
    if (!(tile >= 1)) throw new RangeError(`a tile has one pixel at least, not ${tile}`);
    levels.forEach((size, level) => {
      const before = levels[level - 1] ?? 0;
      if (!(size > before)) throw new RangeError(`level ${level} of ${size} px is not larger than the one before it, ${before} px`);
    });
    this.depth = levels.length;
    this.across = levels.map((size) => Math.ceil(size / tile));
    let count = 0;
    this.firsts = this.across.map((across) => (count += 6 * across * across) - 6 * across * across);
    if (count > PYRAMID_STRIDE) throw new RangeError(`a pyramid has ${PYRAMID_STRIDE} tiles at most, not ${count}`);
  }

  /** Face size in pixels of a level. */
  size(level: number): number {
    return this.spec.levels[level]!;
  }

  /** A number for the tile, unlike that of any other tile of this pyramid. */
  id(level: number, face: number, row: number, column: number): number {
    const across = this.across[level]!;
    return this.firsts[level]! + (face * across + row) * across + column;
  }

  /** The tile of a number; written into `out`. */
  at(id: number, out: Tile): Tile {
    let level = this.depth - 1;
    while (this.firsts[level]! > id) level--;
    const across = this.across[level]!;
    const within = id - this.firsts[level]!;
    const rows = Math.floor(within / across);
    out.level = level;
    out.face = Math.floor(rows / across);
    out.row = rows % across;
    out.column = within % across;
    return out;
  }

  /** Where a tile lies on its face; written into `out`. */
  rectangle(level: number, row: number, column: number, out: Rectangle): Rectangle {
    const size = this.size(level);
    const { tile } = this.spec;
    out.left = (2 * column * tile) / size - 1;
    out.right = (2 * Math.min((column + 1) * tile, size)) / size - 1;
    out.top = 1 - (2 * row * tile) / size;
    out.bottom = 1 - (2 * Math.min((row + 1) * tile, size)) / size;
    return out;
  }

  /** The number of the tile one level coarser that shows the same; -1 at the coarsest level. */
  parent(id: number): number {
    const { level, face, row, column } = this.at(id, parentTile);
    if (level === 0) return -1;
    return this.id(level - 1, face, this.containing(level, row), this.containing(level, column));
  }

  /** First row (or column) one level finer that the tile in `row` shows. */
  firstChild(level: number, row: number): number {
    const finer = level + 1;
    let child = Math.min(row * 2, this.across[finer]! - 1);
    while (child > 0 && this.containing(finer, child - 1) >= row) child--;
    while (child + 1 < this.across[finer]! && this.containing(finer, child) < row) child++;
    return child;
  }

  /** Last row (or column) one level finer that the tile in `row` shows. */
  lastChild(level: number, row: number): number {
    const finer = level + 1;
    let child = this.firstChild(level, row);
    while (child + 1 < this.across[finer]! && this.containing(finer, child + 1) === row) child++;
    return child;
  }

  /** Address of a tile. */
  url(id: number): string {
    const { level, face, row, column } = this.at(id, parentTile);
    return this.spec.tiles
      .replace("{level}", String(level))
      .replace("{face}", FACE_LETTERS[face]!)
      .replace("{row}", String(row))
      .replace("{column}", String(column));
  }

  /** Row (or column) one level coarser whose tile holds the middle of the tile in `row` of `level`. */
  private containing(level: number, row: number): number {
    const { tile } = this.spec;
    const size = this.size(level);
    const middle = (row * tile + Math.min((row + 1) * tile, size)) / 2;
    const coarser = Math.floor((middle * this.size(level - 1)) / size / tile);
    return Math.min(coarser, this.across[level - 1]! - 1);
  }
}

const parentTile: Tile = { level: 0, face: 0, row: 0, column: 0 };
