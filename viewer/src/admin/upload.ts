/**
 * Uploading a panorama: drop it or choose it, and it is sent in parts (tus), so that a lost connection, a closed page or a server that
 * starts anew costs nothing that has arrived.
 */

import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';

const RETRY_DELAYS = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const PART = 16 * 1024 * 1024;

export function uploadForm(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) return;
  const scene = form.dataset['scene'] ?? '';
  const half = readHalf(scene);
  form.classList.add('scripted-upload');
  const show = new Progress(form);
  if (half) show.say(fill(form.dataset['textResume'], { name: half }));
  let dragged = 0;
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
    const file = event.dataTransfer?.files[0];
    if (file) void send(form, scene, file, show);
  });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void send(form, scene, file, show);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const file = input.files?.[0];
    if (file) void send(form, scene, file, show);
  });
  // A file dropped beside the zone must not make the browser leave the page.
  for (const kind of ['dragover', 'drop'] as const) window.addEventListener(kind, (event) => event.preventDefault());
}

async function send(form: HTMLFormElement, scene: string, file: File, show: Progress): Promise<void> {
  if (form.dataset['sending']) return;
  form.dataset['sending'] = 'yes';
  writeHalf(scene, file.name);
  const options: UploadOptions = {
    endpoint: form.dataset['upload'] ?? '/admin/uploads',
    retryDelays: RETRY_DELAYS,
    chunkSize: PART,
    metadata: { filename: file.name, filetype: file.type },
    headers: { Accept: 'application/json' },
    removeFingerprintOnSuccess: true,
    fingerprint: (source) =>
      Promise.resolve(['museum', scene, source.name, source.size, source.lastModified].join('/')),
    onProgress: (sent, total) => {
      const percent = total ? Math.floor((sent / total) * 100) : 0;
      show.at(sent / Math.max(total ?? sent, 1), fill(form.dataset['textSending'], { name: file.name, percent }));
    },
    onSuccess: () => void finish(form, scene, upload, show),
    onError: (error) => {
      delete form.dataset['sending'];
      show.failed(fill(form.dataset['textFailed'], { reason: reasonOf(error) }), () => void send(form, scene, file, show));
    },
  };
  const upload = new Upload(file, options);
  show.begin(fill(form.dataset['textSending'], { name: file.name, percent: 0 }), () => {
    void upload.abort(true);
    writeHalf(scene, null);
    delete form.dataset['sending'];
    form.reset();
  });
  const [previous] = await upload.findPreviousUploads();
  if (previous) upload.resumeFromPreviousUpload(previous);
  upload.start();
}

async function finish(form: HTMLFormElement, scene: string, upload: Upload, show: Progress): Promise<void> {
  show.at(1, form.dataset['textFinishing'] ?? '');
  const id = upload.url?.split('/').pop() ?? '';
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams({ upload: id }),
      redirect: 'manual',
      headers: { Accept: 'application/json' },
    });
    if (answer.type !== 'opaqueredirect' && !answer.ok) throw new Error(messageIn(await answer.text()));
  } catch (error) {
    delete form.dataset['sending'];
    const reason = error instanceof Error ? error.message : '';
    show.failed(fill(form.dataset['textFailed'], { reason }), () => void finish(form, scene, upload, show));
    return;
  }
  writeHalf(scene, null);
  location.reload();
}

function reasonOf(error: Error): string {
  return error instanceof DetailedError && error.originalResponse ? messageIn(error.originalResponse.getBody()) : '';
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

/** The bar below the drop zone, with a button that cancels or tries again. */
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

  failed(text: string, again: () => void): void {
    this.say(text);
    this.button.hidden = false;
    this.button.textContent = this.form.dataset['textRetry'] ?? '';
    this.act = again;
  }
}
