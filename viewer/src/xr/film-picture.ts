/** The moving picture of a player as a texture: as large as an eye can tell, and no larger. */

import { CanvasTexture, LinearFilter, type Texture, VideoTexture } from "three";
import { MOST_PIXELS } from "./picture-window";

export class FilmPicture {
  readonly texture: Texture;
  private readonly canvas: HTMLCanvasElement | undefined;
  private readonly width: number;
  private readonly height: number;
  private asked: number | undefined;

  /** `player` knows already how large its picture is. */
  constructor(private readonly player: HTMLVideoElement) {
    const { videoWidth, videoHeight } = player;
    const share = Math.min(MOST_PIXELS / Math.max(videoWidth, videoHeight, 1), 1);
    this.width = Math.max(Math.round(videoWidth * share), 1);
    this.height = Math.max(Math.round(videoHeight * share), 1);
    if (share < 1) {
      // A film of 4K would take 33 MB for each of its frames.
      this.canvas = document.createElement("canvas");
      this.canvas.width = this.width;
      this.canvas.height = this.height;
      this.texture = new CanvasTexture(this.canvas);
      this.copy();
    } else {
      this.texture = new VideoTexture(player);
    }
    this.texture.generateMipmaps = false;
    this.texture.minFilter = this.texture.magFilter = LinearFilter;
  }

  get bytes(): number {
    return this.width * this.height * 4;
  }

  dispose(): void {
    if (this.asked !== undefined) this.player.cancelVideoFrameCallback(this.asked);
    this.texture.dispose();
  }

  private copy(): void {
    this.canvas!.getContext("2d")!.drawImage(this.player, 0, 0, this.width, this.height);
    this.texture.needsUpdate = true;
    this.asked = this.player.requestVideoFrameCallback(() => this.copy());
  }
}
