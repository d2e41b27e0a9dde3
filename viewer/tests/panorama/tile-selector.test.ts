import { describe, expect, it } from "vitest";
import { faceAt } from "../../src/panorama/faces";
import { TilePyramid, type Tile } from "../../src/panorama/tile-pyramid";
import { TileSelector } from "../../src/panorama/tile-selector";
import { directionOf } from "../../src/panorama/faces";
import { axesOf, createAxes, unproject } from "../../src/panorama/view";

const pyramid = new TilePyramid({ levels: [512, 1024, 2048, 4096], tile: 512, tiles: "" });
const camera = (yaw: number, pitch: number, fov = 75, width = 1440, height = 900) => ({
  ...{ yaw, pitch, fov, width, height },
  axes: axesOf(yaw, pitch, createAxes()),
});
const select = (view: ReturnType<typeof camera>, most = 200): number[] =>
  new TileSelector().select(pyramid, view, { tiles: [] }, most).tiles;

/** The tile of a selection that shows a direction. */
function covering(tiles: readonly number[], yaw: number, pitch: number): Tile | undefined {
  const { face, x, y } = faceAt(directionOf(yaw, pitch, [0, 0, 0]));
  for (const id of tiles) {
    const tile = pyramid.at(id, { level: 0, face: 0, row: 0, column: 0 });
    const { left, right, bottom, top } = pyramid.rectangle(tile.level, tile.row, tile.column, { left: 0, right: 0, bottom: 0, top: 0 });
    if (tile.face === face && x >= left - 1e-9 && x <= right + 1e-9 && y >= bottom - 1e-9 && y <= top + 1e-9) return tile;
  }
  return undefined;
}

describe("TileSelector", () => {
  it("covers every pixel of the view, wherever it looks", () => {
    for (const [yaw, pitch] of [[0, 0], [45, 0], [123, 30], [-90, -60], [10, 89], [-170, -89]] as const) {
      const view = camera(yaw, pitch);
      const tiles = select(view);
      for (let x = 0; x <= view.width; x += 120) {
        for (let y = 0; y <= view.height; y += 100) {
          const direction = unproject(view, x, y, view.width, view.height);
          expect(covering(tiles, direction.yaw, direction.pitch), `pixel ${x}, ${y} at ${yaw}, ${pitch}`).toBeDefined();
        }
      }
    }
  });

  it("asks for as much detail as the screen can show", () => {
    // 900 px over 75° are 586 px per radian in the middle; a face of 2048 has 1024, one of 1024 has 512.
    expect(covering(select(camera(0, 0)), 0, 0)!.level).toBe(1);
    expect(covering(select(camera(0, 0, 75, 2880, 1800)), 0, 0)!.level).toBe(2);
    expect(covering(select(camera(0, 0, 20)), 0, 0)!.level).toBe(3);
  });

  it("leaves out what is behind", () => {
    expect(covering(select(camera(0, 0, 60)), 180, 0)).toBeUndefined();
  });

  it("puts the middle of the view first", () => {
    const [first] = select(camera(37, 8, 30));
    expect(covering([first!], 37, 8)).toBeDefined();
  });

  it("keeps to the most tiles allowed by asking for less detail", () => {
    const tiles = select(camera(45, 30, 100, 3840, 2160), 24);
    expect(tiles.length).toBeLessThanOrEqual(24);
    expect(covering(tiles, 45, 30)).toBeDefined();
  });

  it("never asks for a tile and for its parent", () => {
    for (let yaw = -180; yaw < 180; yaw += 23) {
      const tiles = select(camera(yaw, yaw / 3, 70));
      const chosen = new Set(tiles);
      expect(chosen.size).toBe(tiles.length);
      for (const id of tiles) for (let up = pyramid.parent(id); up >= 0; up = pyramid.parent(up)) expect(chosen.has(up)).toBe(false);
    }
  });

  it("leaves out what lies beside the picture", () => {
    for (const [yaw, pitch] of [[20, -5], [-65, 20], [130, -50]] as const) {
      const view = camera(yaw, pitch, 75, 1920, 1080);
      const seen = new Set<string>();
      for (let x = 0; x <= view.width; x += 8) {
        for (let y = 0; y <= view.height; y += 8) {
          const direction = unproject(view, x, y, view.width, view.height);
          const { face, x: across, y: up } = faceAt(directionOf(direction.yaw, direction.pitch, [0, 0, 0]));
          // Tiles of the two finest levels, as fine as they get at this size.
          for (const level of [2, 3]) {
            const size = pyramid.across[level]!;
            const [column, row] = [Math.min(Math.floor(((across + 1) / 2) * size), size - 1), Math.min(Math.floor(((1 - up) / 2) * size), size - 1)];
            seen.add(`${level} ${face} ${row} ${column}`);
          }
        }
      }
      for (const id of select(view)) {
        const { level, face, row, column } = pyramid.at(id, { level: 0, face: 0, row: 0, column: 0 });
        if (level >= 2) expect(seen, `tile ${level} ${face} ${row} ${column} at ${yaw}, ${pitch}`).toContain(`${level} ${face} ${row} ${column}`);
      }
    }
  });
});
