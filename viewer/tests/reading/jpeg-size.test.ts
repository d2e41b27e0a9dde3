import { describe, expect, it } from "vitest";
import { jpegSize } from "../../src/reading/jpeg-size";

/** Start of image, an APP0 segment of 16 bytes, fill bytes, then the frame. */
function jpeg(width: number, height: number, frame = 0xc0): Uint8Array {
  const app = [0xff, 0xe0, 0, 16, ...Array<number>(14).fill(0)];
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return Uint8Array.from([0xff, 0xd8, ...app, 0xff, 0xff, frame, 0, 17, 8, ...size, 3, ...Array<number>(9).fill(1)]);
}

describe("jpegSize", () => {
  it("reads the frame, of whatever kind", () => {
    expect(jpegSize(jpeg(512, 300))).toEqual({ width: 512, height: 300 });
    expect(jpegSize(jpeg(65_500, 65_500, 0xc2))).toEqual({ width: 65_500, height: 65_500 });
  });

  it("takes no table for a frame", () => expect(jpegSize(jpeg(512, 512, 0xc4))).toBeUndefined());

  it("knows nothing else", () => {
    for (const bytes of [[], [0xff, 0xd8], [0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]) {
      expect(jpegSize(Uint8Array.from(bytes))).toBeUndefined();
    }
  });

  it("never reads beyond the end", () => {
    const whole = jpeg(512, 512);
    for (let length = 0; length < whole.length; length++) expect(() => jpegSize(whole.subarray(0, length))).not.toThrow();
  });
});
