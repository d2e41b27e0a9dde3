/** Sends many files side by side (tus). A lost connection, a sleeping laptop or a server that starts anew costs nothing that arrived. */

import { DetailedError, Upload } from 'tus-js-client';

const PARALLEL = 3;
const PART = 16 * 1024 * 1024;
const RETRY_DELAYS = [0, 1000, 3000, 5000, 10000];
/** Between tries while there is no connection, in milliseconds; coming online again ends the wait. */
const WAIT = 10000;
/** Answers after which the same file has no chance. */
const FOR_GOOD = new Set([400, 404, 410, 413, 415, 422]);
/** Answers after which no file has one: logged out, not allowed, no room, and too many begun and left. */
const FOR_ALL = new Set([401, 403, 507]);
const TOO_MANY = 'uploads-many';
/** Answers of a server that is busy with the file's last part, or that the file came to elsewhere. */
const AT_ONCE = new Set([409, 423]);

export interface Task {
  position: number;
  file: File;
  /** Where it goes on; null for one that has not begun. */
  address: string | null;
}

export interface Listener {
  moved(position: number, sent: number): void;
  /** `address` is the upload's. */
  arrived(position: number, address: string): void;
  failed(position: number, message: string): void;
  /** Nothing more is sent until `resume`. */
  stopped(message: string): void;
  offline(yes: boolean): void;
}

export class Sender {
  private readonly waiting: Task[] = [];
  private readonly under = new Map<number, { task: Task; upload: Upload }>();
  private paused = false;

  /** `told` is what the server is told of each file besides its name and type. */
  constructor(
    private readonly told: (task: Task) => Record<string, string>,
    private readonly listener: Listener,
  ) {}

  add(tasks: Task[]): void {
    this.waiting.push(...tasks);
    this.fill();
  }

  get busy(): boolean {
    return this.under.size > 0 || this.waiting.length > 0;
  }

  pause(): void {
    this.paused = true;
    for (const { task, upload } of this.under.values()) {
      void upload.abort();
      this.waiting.unshift({ ...task, address: upload.url ?? task.address });
    }
    this.under.clear();
  }

  resume(): void {
    this.paused = false;
    this.fill();
  }

  /** Sends nothing more of a file: somebody took it back, or it is here already. */
  leave(position: number): void {
    const at = this.waiting.findIndex((task) => task.position === position);
    if (at >= 0) this.waiting.splice(at, 1);
    const under = this.under.get(position);
    if (!under) return;
    this.under.delete(position);
    void under.upload.abort();
    this.fill();
  }

  private fill(): void {
    while (!this.paused && this.under.size < PARALLEL) {
      const task = this.waiting.shift();
      if (!task) return;
      this.begin(task);
    }
  }

  private begin(task: Task): void {
    const { position, file } = task;
    const upload = new Upload(file, {
      endpoint: '/admin/uploads',
      uploadUrl: task.address,
      chunkSize: PART,
      retryDelays: RETRY_DELAYS,
      metadata: { filename: file.name, filetype: file.type, ...this.told(task) },
      headers: { Accept: 'application/json' },
      storeFingerprintForResuming: false,
      onShouldRetry: (error) => this.shouldRetry(error),
      onProgress: (sent) => {
        this.listener.offline(false);
        this.listener.moved(position, sent);
      },
      onSuccess: () => {
        this.under.delete(position);
        this.listener.arrived(position, addressOf(upload));
        this.fill();
      },
      onError: (error) => this.onError(task, upload, error),
    });
    this.under.set(position, { task, upload });
    upload.start();
  }

  /** Says at once that there is no connection, long before the last try. */
  private shouldRetry(error: Error): boolean {
    const status = (error instanceof DetailedError ? error.originalResponse?.getStatus() : 0) ?? 0;
    if (FOR_ALL.has(status)) return false;
    if (status >= 400 && status < 500) return AT_ONCE.has(status);
    if (!this.paused) this.listener.offline(true);
    return true;
  }

  private onError(task: Task, upload: Upload, error: Error): void {
    if (this.under.get(task.position)?.upload !== upload) return;
    const answer = error instanceof DetailedError ? error.originalResponse : null;
    const status = answer?.getStatus() ?? 0;
    const { message, code } = answer ? errorIn(answer.getBody()) : { message: '', code: '' };
    if (FOR_ALL.has(status) || code === TOO_MANY) {
      this.pause();
      this.listener.stopped(message);
      return;
    }
    if (FOR_GOOD.has(status)) {
      this.under.delete(task.position);
      this.listener.failed(task.position, message);
      this.fill();
      return;
    }
    this.listener.offline(true);
    let again = false;
    const once = (): void => {
      if (again) return;
      again = true;
      window.removeEventListener('online', once);
      if (this.under.get(task.position)?.upload === upload) upload.start();
    };
    window.addEventListener('online', once);
    setTimeout(once, WAIT);
  }
}

/** The path of an upload, as the server names it. */
function addressOf(upload: Upload): string {
  return upload.url ? new URL(upload.url, location.href).pathname : '';
}

/** What the server says of a request that it refuses. */
export function errorIn(body: string): { message: string; code: string } {
  let error: { message?: string; code?: string } | undefined;
  try {
    error = (JSON.parse(body) as { error?: typeof error }).error;
  } catch {
    // A page of some proxy: there are no words to show.
  }
  return { message: error?.message ?? '', code: error?.code ?? '' };
}
