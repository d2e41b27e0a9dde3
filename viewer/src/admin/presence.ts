/** Who else has this record's page open: said while it is looked at, so that two people don't write the same text. */

const EVERY = 20_000;

async function say(place: HTMLElement): Promise<void> {
  const address = place.dataset['presence'];
  if (!address || document.hidden) return;
  try {
    const answer = await fetch(address, { method: 'POST', headers: { Accept: 'application/json' } });
    if (!answer.ok) return;
    const { words } = (await answer.json()) as { words: string };
    if (place.textContent !== words) place.textContent = words;
    place.hidden = words === '';
  } catch {
    // Offline for a moment: the next time will do.
  }
}

/** Tells the server that this page is open, and shows who else has it so. */
export function followPresence(place: HTMLElement): void {
  const stop = new AbortController();
  const again = (): void => {
    if (place.isConnected) void say(place);
    else stop.abort();
  };
  again();
  const timer = setInterval(again, EVERY);
  document.addEventListener('visibilitychange', again, { signal: stop.signal });
  stop.signal.addEventListener('abort', () => clearInterval(timer));
}
