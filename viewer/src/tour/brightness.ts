/** Whether a drawing is dark lines on light ground, as most plans are: at night that glares. */

const SIDE = 24;
/** Of 255; a photograph or a drawing on grey stays below. */
const LIGHT = 168;

/** Resolves with false also where the picture can't be had, or not be read. */
export async function isLight(address: string): Promise<boolean> {
  const picture = new Image();
  picture.crossOrigin = "anonymous";
  picture.src = address;
  try {
    await picture.decode();
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.drawImage(picture, 0, 0, SIDE, SIDE);
    return meanOf(context.getImageData(0, 0, SIDE, SIDE).data) > LIGHT;
  } catch {
    return false;
  }
}

/** The mean brightness of pixels, 0 to 255; what is transparent shows the dark ground. */
export function meanOf(pixels: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    sum += ((0.2126 * pixels[i]! + 0.7152 * pixels[i + 1]! + 0.0722 * pixels[i + 2]!) * pixels[i + 3]!) / 255;
  }
  return sum / (pixels.length / 4);
}
