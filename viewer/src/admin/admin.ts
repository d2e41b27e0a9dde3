// What scripts add to the curators' pages. Everything here works without them too, but for resuming an upload and clicking
// into the panorama.
import './admin.css';
import { loadSerifWhereMissing } from '../site/serif';
import { alignEras } from './align';
import { batchUpload } from './batch/batch';
import { passkeyForms } from './passkeys';
import { followPresence } from './presence';
import { followJobs, followProduction } from './progress';
import { quietForms } from './quiet-forms';
import { uploadForm } from './upload';

void loadSerifWhereMissing(document.documentElement.lang);
quietForms(document);
passkeyForms(document);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) uploadForm(form);
for (const place of document.querySelectorAll<HTMLElement>('[data-align]')) alignEras(place);
for (const place of document.querySelectorAll<HTMLElement>('[data-batch-upload]')) batchUpload(place);
for (const panel of document.querySelectorAll<HTMLElement>('[data-production]')) void followProduction(panel);
if (document.querySelector('[data-jobs] [data-job]')) void followJobs();
if (document.querySelector('model-desk')) void import('./model-desk/desk');
for (const place of document.querySelectorAll<HTMLElement>('[data-presence]')) followPresence(place);
const editor = document.querySelector<HTMLElement>('[data-editor]');
if (editor) void import('../editor/editor').then(({ openEditor }) => openEditor(editor));
if (document.querySelector('[data-choose-scene], [data-stop-editor], [data-takes-view]')) {
  void import('./tours').then(({ chooseScenes, takeViews }) => {
    chooseScenes(document);
    takeViews(document);
  });
}
