/**
 * Uploading a panorama: drop it or choose it, and it is sent in parts (tus), so that a lost connection, a closed page or a server that
 * starts anew costs nothing that has arrived.
 */

import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { readAgain } from './unsaved';

const RETRY_DELAYS = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const PART = 16 * 1024 * 1024;

/** Answers of the server after which the same file has no chance. */
const FOR_GOOD = new Set([413, 415, 422]);
const FACES = 6;

export function uploadForm(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) return;
  const scene = form.dataset['scene'] ?? '';
  const half = readHalf(scene);
  form.classList.add('scripted-upload');
  const show = new Progress(form);
  if (half) show.say(fill(form.dataset['textResume'], { name: half }));
  let dragged = 0;
  const take = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    if (files.length > 0) void send(form, scene, files, show);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    form.classList.add('over');
  };
  form.addEventListener('dragenter', (event) => {
    dragged += 1;
    over(event);
  });
  form.addEventListener('dragover', over);
  form.addEventListener('dragleave', () => {
    dragged -= 1;
    if (dragged <= 0) form.classList.remove('over');
  });
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    dragged = 0;
    form.classList.remove('over');
    take(event.dataTransfer?.files);
  });
  input.addEventListener('change', () => take(input.files));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take(input.files);
  });
  // A file dropped beside the zone must not make the browser leave the page.
  for (const kind of ['dragover', 'drop'] as const) window.addEventListener(kind, (event) => event.preventDefault());
}

/** Why an upload stopped; `final` where only another file helps. */
class Stopped extends Error {
  constructor(
    message: string,
    readonly final: boolean,
  ) {
    super(message);
  }
}

/** Sends one panorama, or the six faces of a cube map one after another, and has the scene made of them. */
async function send(form: HTMLFormElement, scene: string, files: File[], show: Progress): Promise<void> {
  if (form.dataset['sending']) return;
  if (files.length !== 1 && (files.length !== FACES || form.dataset['most'] === '1')) {
    another(form, show, form.dataset['textCount'] ?? '');
    return;
  }
  form.dataset['sending'] = 'yes';
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const names = files.map((file) => file.name).join(', ');
  writeHalf(scene, names);
  let cancelled = false;
  let present: Upload | undefined;
  show.begin(fill(form.dataset['textSending'], { name: files[0]?.name ?? '', percent: 0 }), () => {
    cancelled = true;
    void present?.abort(true);
    writeHalf(scene, null);
    delete form.dataset['sending'];
    form.reset();
  });
  try {
    const ids: string[] = [];
    let before = 0;
    for (const file of files) {
      const begun = (upload: Upload): void => {
        present = upload;
      };
      const id = await sendOne(form, scene, file, begun, (sent) => {
        const share = (before + sent) / Math.max(total, 1);
        show.at(share, fill(form.dataset['textSending'], { name: file.name, percent: Math.floor(share * 100) }));
      });
      if (cancelled) return;
      ids.push(id);
      before += file.size;
    }
    show.at(1, form.dataset['textFinishing'] ?? '');
    await finish(form, ids);
    writeHalf(scene, null);
    readAgain();
  } catch (error) {
    if (cancelled) return;
    delete form.dataset['sending'];
    const reason = error instanceof Error ? error.message : '';
    if (error instanceof Stopped && error.final) {
      writeHalf(scene, null);
      another(form, show, reason);
    } else {
      show.offer(fill(form.dataset['textFailed'], { reason }), form.dataset['textRetry'] ?? '', () => {
        void send(form, scene, files, show);
      });
    }
  }
}

function another(form: HTMLFormElement, show: Progress, reason: string): void {
  form.reset();
  show.offer(reason, form.dataset['textAnother'] ?? '', () => form.querySelector<HTMLInputElement>('input[type=file]')?.click());
}

/** Sends a file from wherever an earlier try came to; the upload's id. */
function sendOne(
  form: HTMLFormElement,
  scene: string,
  file: File,
  begun: (upload: Upload) => void,
  moved: (sent: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options: UploadOptions = {
      endpoint: form.dataset['upload'] ?? '/admin/uploads',
      retryDelays: RETRY_DELAYS,
      chunkSize: PART,
      metadata: { filename: file.name, filetype: file.type },
      headers: { Accept: 'application/json' },
      removeFingerprintOnSuccess: true,
      fingerprint: (source) =>
        Promise.resolve(['museum', scene, source.name, source.size, source.lastModified].join('/')),
      onProgress: moved,
      onSuccess: () => resolve(upload.url?.split('/').pop() ?? ''),
      onError: (error) => {
        const answer = error instanceof DetailedError ? error.originalResponse : null;
        reject(new Stopped(answer ? messageIn(answer.getBody()) : '', FOR_GOOD.has(answer?.getStatus() ?? 0)));
      },
    };
    const upload = new Upload(file, options);
    begun(upload);
    void upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
  });
}

async function finish(form: HTMLFormElement, ids: string[]): Promise<void> {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(ids.map((id) => ['upload', id])),
    redirect: 'manual',
    headers: { Accept: 'application/json' },
  });
  if (answer.type !== 'opaqueredirect' && !answer.ok) {
    throw new Stopped(messageIn(await answer.text()), FOR_GOOD.has(answer.status));
  }
}

function messageIn(body: string): string {
  try {
    return (JSON.parse(body) as { error?: { message?: string } }).error?.message ?? '';
  } catch {
    return '';
  }
}

function fill(text: string | undefined, values: Record<string, string | number>): string {
  return (text ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function readHalf(scene: string): string | null {
  try {
    return localStorage.getItem(`museum-upload/${scene}`);
  } catch {
    return null;
  }
}

function writeHalf(scene: string, name: string | null): void {
  try {
    if (name === null) localStorage.removeItem(`museum-upload/${scene}`);
    else localStorage.setItem(`museum-upload/${scene}`, name);
  } catch {
    // Without storage an upload still works; it only does not go on after a reload.
  }
}

/** The bar below the drop zone, with a button that cancels, tries again or takes another file. */
class Progress {
  private readonly words = document.createElement('p');
  private readonly bar = document.createElement('progress');
  private readonly button = document.createElement('button');
  private readonly box = document.createElement('div');
  private act: () => void = () => undefined;

  constructor(private readonly form: HTMLFormElement) {
    this.box.className = 'upload-progress';
    this.box.setAttribute('role', 'status');
    this.box.hidden = true;
    this.button.type = 'button';
    this.bar.max = 1;
    this.button.addEventListener('click', () => this.act());
    this.box.append(this.words, this.bar, this.button);
    form.append(this.box);
  }

  say(text: string): void {
    this.box.hidden = false;
    this.bar.hidden = this.button.hidden = true;
    this.words.textContent = text;
  }

  begin(text: string, cancel: () => void): void {
    this.say(text);
    this.bar.hidden = this.button.hidden = false;
    this.bar.value = 0;
    this.button.textContent = this.form.dataset['textCancel'] ?? '';
    this.act = () => {
      cancel();
      this.box.hidden = true;
    };
  }

  at(share: number, text: string): void {
    this.bar.value = share;
    this.words.textContent = text;
  }

  offer(text: string, words: string, act: () => void): void {
    this.say(text);
    this.button.hidden = false;
    this.button.textContent = words;
    this.act = act;
  }
}
