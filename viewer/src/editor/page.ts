/** The page around the editor: its forms go with what was saved, and become those of another scene when one steps there. */

/** What is to be done to parts of the page that have just come. */
export type Enliven = (root: ParentNode) => void;

/** Lets the page's forms go on from a version that was just saved. Where somebody else's changes came with it, the form with the words keeps
 * its own, so that saving it shows both sides. */
export function renewVersions(version: number, foreign: boolean): void {
  for (const held of document.querySelectorAll<HTMLInputElement>("[data-version]")) {
    if (held.dataset["version"] !== "words" || !foreign) held.value = String(version);
  }
}

/** Lets the form with the words, which also has the heading of the front, go on from what was set in the editor, unless she has typed another. */
export function renewNorth(north: number): void {
  const field = document.querySelector<HTMLInputElement>(".fields input[name=north]");
  if (field && field.value === field.defaultValue) field.value = field.defaultValue = String(north);
}

/** The parts of the page of which the editor has taken the place. */
export function hidePlain(root: ParentNode): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-plain]")) part.hidden = true;
}

/**
 * Puts the page of another scene around the editor, which stays where it is. Whether that could be done: a scene whose panorama is not
 * ready has no editor.
 */
export async function swapPage(editor: HTMLElement, address: string, enliven: Enliven): Promise<boolean> {
  let text: string;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return false;
    text = await answer.text();
  } catch {
    return false;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const other = page.querySelector<HTMLElement>("[data-editor]");
  const [here, there] = [editor.parentElement, other?.parentElement];
  if (!other || !here || !there) return false;
  const fresh = [...there.childNodes];
  const at = fresh.indexOf(other);
  for (const node of [...here.childNodes]) if (node !== editor) node.remove();
  // Moving the editor itself would stop its viewer.
  editor.before(...fresh.slice(0, at).map((node) => document.adoptNode(node)));
  editor.after(...fresh.slice(at + 1).map((node) => document.adoptNode(node)));
  document.title = page.title;
  for (const child of here.children) if (child !== editor) enliven(child);
  hidePlain(document);
  return true;
}
