/** A part marked `data-counting` says that the server is still counting: it is asked again, ever more seldom, until it knows. */

import { renewLive } from './quiet-forms';

const EVERY = 2000;
const SELDOM = 15_000;

export async function awaitCounts(): Promise<void> {
  let pause = EVERY;
  while (document.querySelector('[data-counting]')) {
    await new Promise((done) => setTimeout(done, pause));
    // Nobody waits in a window that is out of sight.
    if (document.hidden) continue;
    await renewLive();
    pause = Math.min(pause * 1.1, SELDOM);
  }
}
