// The stream of a conversation: entries arrive, change and go; the view stays where the reader is.
import { $, $$, make, refreshTimes, store } from './util.js';
import { morph, parse } from './morph.js';
import { on } from './live.js';

const near = 80; // pixels from the end that still count as "at the end"
const stream = $('#stream'), inner = $('#stream-inner'), toEnd = $('#to-end');

const atEnd = () => stream.scrollHeight - stream.scrollTop - stream.clientHeight < near;
export function scrollToEnd() { stream.scrollTop = stream.scrollHeight; if (toEnd) toEnd.hidden = true; }

/** Does something to the stream and keeps the reader's place: at the end, or exactly where they were. */
function keepingPlace(change) {
  const stick = atEnd();
  const fresh = change();
  if (stick) scrollToEnd();
  else if (fresh && toEnd) toEnd.hidden = false;
}

/** Puts an entry in its place by id (ids sort by time); unsent ones stay last. */
export function put(id, html) {
  keepingPlace(() => {
    const entry = parse(html).firstElementChild;
    if (!entry) return false;
    $('#welcome')?.remove();
    const key = entry.dataset.key;
    const present = document.getElementById(entry.id) ?? (key && $$('[data-client]', inner).find(e => key.endsWith(':' + e.dataset.client)));
    refreshTimes(entry);
    if (present) {
      if (present.dataset.client) forget(present.dataset.client);
      present.removeAttribute('data-client');
      if (present.id === entry.id) morph(present, entry);
      else { present.replaceWith(entry); }
      return false;
    }
    const after = $$('.entry', inner).find(e => e.dataset.client || e.dataset.id > id);
    inner.insertBefore(entry, after ?? null);
    return true;
  });
}

// Messages that are not yet committed: kept over a reload, sent again until the gateway has them.
const outboxKey = () => `outbox:${document.body.dataset.person}:${document.body.dataset.chat}`;
export const outbox = { all: () => store.get(outboxKey(), []), set: list => store.set(outboxKey(), list.length ? list : null) };
export function forget(client) { outbox.set(outbox.all().filter(m => m.clientId !== client)); }

export function showUnsent(message, words, problem) {
  keepingPlace(() => {
    $('#welcome')?.remove();
    let entry = $$('[data-client]', inner).find(e => e.dataset.client === message.clientId);
    const isNew = !entry;
    entry ??= make('section', { class: 'entry mine', 'data-client': message.clientId });
    entry.className = problem ? 'entry mine state-unsent' : 'entry mine';
    entry.replaceChildren(
      make('header', { class: 'entry-head' }, make('span', { class: 'entry-who', textContent: 'You' }), make('span', { class: 'entry-state', textContent: words })),
      make('div', { class: 'entry-body' }, make('div', { class: message.text.startsWith('/') ? 'said said-command' : 'said', textContent: message.text })));
    if (problem) {
      entry.lastElementChild.append(make('div', { class: 'entry-problem' },
        make('span', { textContent: problem }),
        make('button', { type: 'button', class: 'button small', 'data-unsent-edit': message.clientId, textContent: 'Edit' }),
        make('button', { type: 'button', class: 'button small', 'data-unsent-drop': message.clientId, textContent: 'Discard' })));
    }
    if (isNew) inner.append(entry);
    return isNew;
  });
}

async function earlier(button) {
  button.disabled = true;
  const response = await fetch(`/chat/${document.body.dataset.chat}/earlier?before=${encodeURIComponent(button.dataset.earlier)}`, { headers: { Accept: 'text/html' } });
  if (!response.ok) { button.disabled = false; return; }
  const height = stream.scrollHeight;
  button.replaceWith(parse(await response.text()));
  refreshTimes(inner);
  stream.scrollTop += stream.scrollHeight - height;
}

export function startStream() {
  if (!stream) return;
  scrollToEnd();
  addEventListener('load', scrollToEnd, { once: true });
  stream.addEventListener('scroll', () => { if (atEnd()) toEnd.hidden = true; }, { passive: true });
  new ResizeObserver(() => { if (toEnd.hidden) scrollToEnd(); }).observe(stream);
  toEnd.onclick = scrollToEnd;
  stream.addEventListener('click', event => { const button = event.target.closest('[data-earlier]'); if (button) earlier(button); });
  on('entry', message => put(message.id, message.html));
  on('remove', message => keepingPlace(() => { document.getElementById(`m-${message.id}`)?.remove(); return false; }));
}
