/**
 * Passkeys: the browser makes one for the account's page, and shows one to log in. What it answers goes back in the page's own form, so
 * that the server says in the usual way what became of it.
 */

interface Begun {
  token: string;
  options: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;
}

/** What the server says against it, in her language. */
class Refused extends Error {}

/** Passkeys are bound to a name: under a bare address, or without https, browsers offer none. */
function possible(): boolean {
  return (
    window.isSecureContext &&
    'PublicKeyCredential' in window &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential &&
    !/^[\d.]+$|^\[/.test(location.hostname)
  );
}

export function passkeyForms(root: Document): void {
  if (!possible()) return;
  for (const note of root.querySelectorAll<HTMLElement>('[data-no-passkeys]')) note.hidden = true;
  for (const form of root.querySelectorAll<HTMLFormElement>('[data-passkey-new]')) {
    form.hidden = false;
    onSubmit(form, (begun) =>
      navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(begun.options) }),
    );
  }
  for (const form of root.querySelectorAll<HTMLFormElement>('[data-passkey-login]')) {
    form.hidden = false;
    const offer = new AbortController();
    onSubmit(form, (begun) => {
      offer.abort();
      return show(begun, {});
    });
    void offerAmongNames(form, offer.signal);
  }
}

function show(begun: Begun, how: CredentialRequestOptions): Promise<Credential | null> {
  return navigator.credentials.get({
    ...how,
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(begun.options),
  });
}

/** Conditional: the browser offers passkeys where it fills in names, and says nothing where it has none. */
async function offerAmongNames(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  try {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const begun = await begin(form);
    const credential = signal.aborted ? null : await show(begun, { mediation: 'conditional', signal });
    if (credential) send(form, begun, credential);
  } catch {
    // Nothing was chosen, or the button was taken instead.
  }
}

function onSubmit(form: HTMLFormElement, act: (begun: Begun) => Promise<Credential | null>): void {
  const problem = form.querySelector<HTMLElement>('[data-problem]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.hasAttribute('aria-busy')) return;
    form.setAttribute('aria-busy', 'true');
    if (problem) problem.hidden = true;
    begin(form)
      .then(async (begun) => {
        const credential = await act(begun);
        if (!credential) throw new Error('none');
        send(form, begun, credential);
      })
      .catch((error: unknown) => {
        form.removeAttribute('aria-busy');
        if (!problem) return;
        problem.textContent = error instanceof Refused ? error.message : (problem.dataset['textRefused'] ?? '');
        problem.hidden = false;
      });
  });
}

async function begin(form: HTMLFormElement): Promise<Begun> {
  const fields = new URLSearchParams();
  const password = form.querySelector<HTMLInputElement>('input[name=password]');
  if (password) fields.set('password', password.value);
  const answer = await fetch(`${form.action}/begin`, {
    method: 'POST',
    body: fields,
    headers: { Accept: 'application/json' },
  });
  const said = (await answer.json()) as Begun & { error?: { message: string } };
  if (!answer.ok) throw new Refused(said.error?.message ?? '');
  return said;
}

function send(form: HTMLFormElement, begun: Begun, credential: Credential): void {
  setField(form, 'token', begun.token);
  setField(form, 'answer', JSON.stringify(credential));
  form.querySelector('input[name=password]')?.removeAttribute('name');
  form.submit();
}

function setField(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
