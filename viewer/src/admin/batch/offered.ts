/** What a browser can tell of a file before it sends it. */

/** As the server takes it; `head` in base64, `digest` is the SHA-256 in hexadecimal, empty where the browser may not or should not. */
export interface Offered {
  name: string;
  bytes: number;
  head: string;
  digest: string;
}

const HEAD = 512;
/** Digesting takes the whole file into memory; larger ones are recognised once they have arrived. */
const LARGEST_DIGESTED = 128 * 1024 * 1024;
const SHEET = /\.(csv|tsv|xlsx|xlsm|xls|ods)$/i;
/** What operating systems leave in folders. */
const LEFT = /^(\.|thumbs\.db$|desktop\.ini$)/i;

export function isSheet(file: File): boolean {
  return SHEET.test(file.name) || file.type === 'text/csv';
}

const READ = new WeakMap<File, Offered>();

/** Reads a file once, however often a plan is made of it. */
export async function offer(file: File): Promise<Offered> {
  const read = READ.get(file) ?? (await look(file));
  READ.set(file, read);
  return read;
}

async function look(file: File): Promise<Offered> {
  return { name: file.name, bytes: file.size, head: await headOf(file), digest: await digestOf(file) };
}

/** The first bytes of a file in base64, by which the server tells what it is. */
export async function headOf(file: File): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD).arrayBuffer())));
}

async function digestOf(file: File): Promise<string> {
  // Only pages that came by TLS, or from this machine, may use the browser's own cryptography.
  if (!('subtle' in crypto) || file.size > LARGEST_DIGESTED) return '';
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The files that were dropped, those in dropped folders included, in the order of their names. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...transfer.files];
  const found: File[] = [];
  if (entries.some((entry) => entry?.isDirectory)) {
    for (const entry of entries) if (entry) await collect(entry, found);
  } else {
    found.push(...plain);
  }
  return inOrder(found);
}

export function inOrder(files: File[]): File[] {
  const collator = new Intl.Collator(undefined, { numeric: true });
  return files.filter((file) => !LEFT.test(file.name)).sort((a, b) => collator.compare(a.name, b.name));
}

async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (entry.isFile) {
    found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await collect(one, found);
  }
}
