/**
 * Tells when there is time for what nobody waits for yet.
 *
 * A picture that is whole for the scripts is not on the screen: a slow GPU, or a processor in its place, may still draw it for half a
 * second, and whatever is fetched and decoded meanwhile keeps it waiting. So there is leisure only when the GPU says that it is done
 * (https://registry.khronos.org/webgl/specs/latest/2.0/#3.7.14), and a moment has passed in which the screen could show it: a longer one
 * where the GPU is slow, since then so is what brings its picture to the screen.
 */

/** Milliseconds between two questions to the GPU. */
const ASK_EVERY = 50;
/** Milliseconds after its answer, on top of twice as long again as it took. */
const MOMENT = 500;

export type SyncContext = Pick<
  WebGL2RenderingContext,
  "SYNC_GPU_COMMANDS_COMPLETE" | "TIMEOUT_EXPIRED" | "fenceSync" | "clientWaitSync" | "deleteSync" | "flush"
>;

export class Leisure {
  /** Whether it is there. */
  isThere = false;
  private sync: WebGLSync | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the picture was handed over, on the page's clock in milliseconds. */
  private handed = 0;

  /** `began` is told each time that leisure begins. */
  constructor(
    private readonly gl: SyncContext,
    private readonly began: () => void,
  ) {}

  /** A whole picture has been handed to the GPU. */
  await(): void {
    if (this.isThere || this.timer !== undefined) return;
    this.sync = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
    this.handed = performance.now();
    this.timer = setTimeout(this.ask, ASK_EVERY);
  }

  /** The picture is not whole any more. */
  end(): void {
    this.isThere = false;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.sync) return;
    this.gl.deleteSync(this.sync);
    this.sync = null;
  }

  private readonly ask = (): void => {
    // A context that was lost has no sync to wait for, and answers at once.
    const isDrawn = !this.sync || this.gl.clientWaitSync(this.sync, 0, 0) !== this.gl.TIMEOUT_EXPIRED;
    if (isDrawn) this.timer = setTimeout(this.begin, MOMENT + 2 * (performance.now() - this.handed));
    else this.timer = setTimeout(this.ask, ASK_EVERY);
  };

  private readonly begin = (): void => {
    this.end();
    this.isThere = true;
    this.began();
  };
}
