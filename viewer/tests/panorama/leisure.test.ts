import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Leisure, type SyncContext } from "../../src/panorama/leisure";

const TIMEOUT_EXPIRED = 0x911b;
const SIGNALED = 0x911a;

/** A GPU that is done with a picture when it is told so. */
class SlowGpu implements SyncContext {
  readonly SYNC_GPU_COMMANDS_COMPLETE = 0x9117;
  readonly TIMEOUT_EXPIRED = TIMEOUT_EXPIRED;
  done = false;
  syncs = 0;
  fenceSync(): WebGLSync | null {
    this.syncs++;
    return {} as WebGLSync;
  }
  clientWaitSync(): number {
    return this.done ? SIGNALED : TIMEOUT_EXPIRED;
  }
  deleteSync(sync: WebGLSync | null): void {
    if (sync) this.syncs--;
  }
  flush(): void {
    return;
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("begins once the GPU has drawn, and later where that took long", () => {
  const gpu = new SlowGpu();
  const began = vi.fn();
  const leisure = new Leisure(gpu, began);
  leisure.await();
  leisure.await();
  vi.advanceTimersByTime(1000);
  expect(leisure.isThere).toBe(false);
  gpu.done = true;
  vi.advanceTimersByTime(2000);
  expect(leisure.isThere).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(leisure.isThere).toBe(true);
  expect(began).toHaveBeenCalledTimes(1);
  expect(gpu.syncs).toBe(0);
});

test("does not begin when the picture has changed meanwhile", () => {
  const gpu = new SlowGpu();
  gpu.done = true;
  const began = vi.fn();
  const leisure = new Leisure(gpu, began);
  leisure.await();
  vi.advanceTimersByTime(100);
  leisure.end();
  vi.advanceTimersByTime(5000);
  expect(began).not.toHaveBeenCalled();
  expect(gpu.syncs).toBe(0);
  leisure.await();
  vi.advanceTimersByTime(1000);
  expect(leisure.isThere).toBe(true);
});

test("a lost context makes nobody wait for ever", () => {
  const gpu = new SlowGpu();
  gpu.fenceSync = () => null;
  const leisure = new Leisure(gpu, () => undefined);
  leisure.await();
  vi.advanceTimersByTime(1000);
  expect(leisure.isThere).toBe(true);
});
