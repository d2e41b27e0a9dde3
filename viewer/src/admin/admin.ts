// What scripts add to the curators' pages. Everything here works without them too, but for resuming an upload and clicking
// into the panorama.
import './admin.css';
import { loadSerifWhereMissing } from '../site/serif';
import { alignEras } from './align';
import { batchUpload } from './batch/batch';
import { tellOfLongWork } from './long-work';
import { pictureUpload } from './pictures';
import { sayWhatIsAsked } from './own-words';
import { passkeyForms } from './passkeys';
import { followPresence } from './presence';
import { followJobs, followProduction } from './progress';
import { chooseMany } from './bulk';
import { shortcuts } from './shortcuts';
import { quietForms } from './quiet-forms';
import { awaitCounts } from './counting';
import { keepUnsaved } from './unsaved';
import { uploadForm } from './upload';

void loadSerifWhereMissing(document.documentElement.lang);
forgetRefusal();
quietForms(document);
tellOfLongWork(document);
sayWhatIsAsked(document);
for (const form of document.querySelectorAll<HTMLFormElement>('[data-bulk]')) chooseMany(form);
for (const dialog of document.querySelectorAll<HTMLDialogElement>('[data-shortcuts]')) shortcuts(dialog);
passkeyForms(document);
enliven(document);
keepUnsaved(document);
void awaitCounts();
// On a phone the menu scrolls: where one is stands in sight.
document.querySelector('.admin-places [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
if (document.querySelector('[data-jobs] [data-job]')) void followJobs();
if (document.querySelector('model-desk')) void import('./model-desk/desk');
const editor = document.querySelector<HTMLElement>('[data-editor]');
if (editor) void import('../editor/editor').then(({ openEditor }) => openEditor(editor, (part) => enliven(part)));
const plan = document.querySelector<HTMLElement>('[data-floor-plan]');
if (plan) void import('../plan/plan').then(({ openPlan }) => openPlan(plan));

/** Takes from the address what told this tab's refused form from those of others: it is filled once. */
function forgetRefusal(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('refused')) return;
  address.searchParams.delete('refused');
  history.replaceState(history.state, '', address);
}

/** Gives the parts within `root` what they do. */
function enliven(root: ParentNode): void {
  for (const form of within<HTMLFormElement>(root, 'form[data-upload]')) uploadForm(form);
  for (const place of within<HTMLElement>(root, '[data-align]')) alignEras(place);
  for (const place of within<HTMLElement>(root, '[data-batch-upload]')) batchUpload(place);
  for (const form of within<HTMLFormElement>(root, 'form[data-pictures]')) pictureUpload(form);
  for (const panel of within<HTMLElement>(root, '[data-production]')) void followProduction(panel);
  for (const place of within<HTMLElement>(root, '[data-presence]')) followPresence(place);
  if (within(root, '[data-choose], [data-stop-editor], [data-takes-view]').length === 0) return;
  void import('./tours').then(({ chooseByPicture, takeViews }) => {
    chooseByPicture(root);
    takeViews(root);
  });
}

function within<E extends Element>(root: ParentNode, selector: string): E[] {
  const found = [...root.querySelectorAll<E>(selector)];
  return root instanceof Element && root.matches(selector) ? [root as unknown as E, ...found] : found;
}
