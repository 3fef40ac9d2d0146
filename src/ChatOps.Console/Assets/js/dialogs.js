// Asking before a decision. Closing, Escape and "Back" decide nothing.
import { $ } from './util.js';

/** Resolves to { reason } when confirmed, or null. */
export function confirm({ title, text = '', yes, danger = false, reason = false, required = false }) {
  const dialog = $('#confirm'), field = $('#confirm-reason'), button = $('#confirm-yes');
  $('#confirm-title').textContent = title;
  $('#confirm-text').textContent = text;
  $('#confirm-text').hidden = !text;
  $('#confirm-reason-row').hidden = !reason;
  $('#confirm-reason-hint').textContent = required ? 'required' : 'optional; the requester sees it';
  field.value = '';
  field.required = required;
  button.textContent = yes;
  button.className = danger ? 'button danger' : 'button primary';
  dialog.returnValue = '';
  dialog.showModal();
  (reason ? field : $('button[value="no"]', dialog)).focus();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes' ? { reason: field.value.trim() } : null), { once: true }));
}

/** Asks for one line of text; null when left. */
export function ask(title, value) {
  const dialog = $('#confirm'), field = $('#confirm-reason');
  const answer = confirm({ title, yes: 'Save', reason: true, required: true });
  $('#confirm-reason-hint').textContent = '';
  $('#confirm-reason-row').firstChild.textContent = 'Title ';
  field.value = value;
  field.select();
  dialog.addEventListener('close', () => { $('#confirm-reason-row').firstChild.textContent = 'Reason '; }, { once: true });
  return answer.then(result => result?.reason || null);
}

export function startDialogs() {
  const dialog = $('#confirm');
  if (!dialog) return;
  $('button[value="no"]', dialog).formNoValidate = true;
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close('no'); });
  $('#confirm-reason').addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) $('#confirm-yes').click(); });
}
