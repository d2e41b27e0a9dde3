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
  void say(place);
  setInterval(() => void say(place), EVERY);
  document.addEventListener('visibilitychange', () => void say(place));
}
