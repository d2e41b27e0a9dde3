/** A part marked `data-counting` says that the server is still counting: it is asked again until it knows. */

import { renewLive } from './quiet-forms';

const EVERY = 2000;
const TIMES = 60;

export async function awaitCounts(): Promise<void> {
  for (let i = 0; i < TIMES && document.querySelector('[data-counting]'); i++) {
    await new Promise((done) => setTimeout(done, EVERY));
    if (!document.hidden) await renewLive();
  }
}
