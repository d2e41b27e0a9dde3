/** Sends many files side by side (tus). A lost connection, a sleeping laptop or a server that starts anew costs nothing that arrived. */

import { DetailedError, Upload } from 'tus-js-client';

const PARALLEL = 3;
const PART = 16 * 1024 * 1024;
const RETRY_DELAYS = [0, 1000, 3000, 5000, 10000];
/** Between tries while there is no connection, in milliseconds; coming online again ends the wait. */
const WAIT = 10000;
/** Answers after which the same file has no chance. */
const FOR_GOOD = new Set([413, 415, 422]);
/** Answers after which no file has one: logged out, not allowed, no room. */
const FOR_ALL = new Set([401, 403, 507]);

export interface Task {
  position: number;
  file: File;
  /** Where it goes on; null for one that has not begun. */
  address: string | null;
}

export interface Listener {
  moved(position: number, sent: number): void;
  arrived(position: number): void;
  failed(position: number, message: string): void;
  /** Nothing more is sent until `resume`. */
  stopped(message: string): void;
  offline(yes: boolean): void;
}

export class Sender {
  private readonly waiting: Task[] = [];
  private readonly under = new Map<number, { task: Task; upload: Upload }>();
  private paused = false;

  constructor(
    private readonly batch: string,
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
      metadata: { filename: file.name, filetype: file.type, batch: this.batch, position: String(position) },
      headers: { Accept: 'application/json' },
      storeFingerprintForResuming: false,
      onProgress: (sent) => {
        this.listener.offline(false);
        this.listener.moved(position, sent);
      },
      onSuccess: () => {
        this.under.delete(position);
        this.listener.arrived(position);
        this.fill();
      },
      onError: (error) => this.onError(task, upload, error),
    });
    this.under.set(position, { task, upload });
    upload.start();
  }

  private onError(task: Task, upload: Upload, error: Error): void {
    const answer = error instanceof DetailedError ? error.originalResponse : null;
    const status = answer?.getStatus() ?? 0;
    const message = answer ? messageIn(answer.getBody()) : '';
    if (FOR_ALL.has(status)) {
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

export function messageIn(body: string): string {
  try {
    return (JSON.parse(body) as { error?: { message?: string } }).error?.message ?? '';
  } catch {
    return '';
  }
}
