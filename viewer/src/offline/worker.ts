/**
 * The service worker of visitors who keep halls. It keeps nothing by itself: the page fills the caches, this answers from them.
 *
 * Pages and JSON come from the network as long as there is one, whatever it says, so that nothing withdrawn or outdated is shown; what the
 * museum says is gone is forgotten here too. Files whose address is their content come from the caches first. Whatever is not the
 * visitors' is left alone.
 */

/// <reference lib="webworker" />

// As in `names.ts`. A service worker is one file: what it imported, even a constant, would become a file of its own.
const HALL_CACHE = "museum-hall-";
const DESCRIPTION = "/offline/kept/";
const KEPT_PAGE = "/offline";

const worker = self as unknown as ServiceWorkerGlobalScope;

const IMMUTABLE = /^\/(tiles|files|models|recordings|static\/build\/assets)\//;
const NOT_VISITORS = /^\/(admin|preview|healthz|readyz|metrics|service-worker\.js)/;
const GONE = new Set([404, 410]);

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin || NOT_VISITORS.test(url.pathname)) return;
  event.respondWith(IMMUTABLE.test(url.pathname) ? immutable(request) : fresh(request, url));
});

async function immutable(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return asked(request, kept);
  // Without a network a finer tile is not there, which is soon said; with one, what fails is tried again.
  if (!worker.navigator.onLine) return new Response(null, { status: 404 });
  return fetch(request);
}

/** The part of a file that was asked for: players of sounds and films ask for pieces. RFC 9110, 14. */
async function asked({ headers }: Request, kept: Response): Promise<Response> {
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.get("Range") ?? "");
  if (!range) return kept;
  const whole = await kept.blob();
  const [, first, last] = range;
  const from = first ? Number(first) : Math.max(whole.size - Number(last), 0);
  const to = first && last ? Math.min(Number(last), whole.size - 1) : whole.size - 1;
  const said = new Headers(kept.headers);
  if (from > to) {
    said.set("Content-Range", `bytes */${whole.size}`);
    return new Response(null, { status: 416, headers: said });
  }
  said.set("Content-Range", `bytes ${from}-${to}/${whole.size}`);
  said.set("Content-Length", String(to - from + 1));
  return new Response(whole.slice(from, to + 1), { status: 206, headers: said });
}

async function fresh(request: Request, url: URL): Promise<Response> {
  const page = request.mode === "navigate";
  const options = { ignoreVary: true, ignoreSearch: isPage(request) };
  try {
    const answer = await fetch(request);
    if (GONE.has(answer.status)) await forget(request, options);
    return answer;
  } catch (error) {
    const kept = await caches.match(request, options);
    if (kept) return kept;
    const list = page && url.pathname !== KEPT_PAGE ? await caches.match(KEPT_PAGE, { ignoreVary: true }) : undefined;
    if (list) return list;
    throw error;
  }
}

/** A view, a language and an open exhibit in a page's address change nothing that is kept. */
function isPage({ mode, headers }: Request): boolean {
  return mode === "navigate" || (headers.get("Accept") ?? "").startsWith("text/html");
}

async function forget(request: Request, options: CacheQueryOptions): Promise<void> {
  if (new URL(request.url).pathname.startsWith(DESCRIPTION)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(HALL_CACHE)) await (await caches.open(name)).delete(request, options);
  }
}

export {};
