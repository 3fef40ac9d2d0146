// The input: sending that survives a lost connection, history, drafts, and completion by the gateway's own grammar.
import { $, $$, make, newId, store, toast } from './util.js';
import { forget, outbox, scrollToEnd, showUnsent, startStream } from './stream.js';
import { on } from './live.js';

const longest = 64 * 1024, remembered = 100, pause = 90;
const form = $('#composer'), input = $('#input'), list = $('#complete'), help = $('#composer-help');
const person = document.body.dataset.person;
const draftKey = `draft:${person}:${document.body.dataset.chat}`, historyKey = `history:${person}`;
let items = [], chosen = -1, asked = 0, timer, at = null, sending = false;

// Typing

function grow() {
  input.style.height = ''; // set through the object model, which the content policy allows; inline attributes it does not
  input.style.height = `${Math.min(240, input.scrollHeight)}px`;
  input.classList.toggle('command', !!form.dataset.prefix || input.value.startsWith('/'));
}

function set(text, cursor = text.length) {
  input.value = text;
  input.setSelectionRange(cursor, cursor);
  grow();
  store.set(draftKey, text || null);
}

// Sending

function submit() {
  const typed = input.value.trim();
  if (!typed) return;
  if (typed.length > longest) { toast(`The message has ${typed.length} characters; at most ${longest} are accepted. Shorten it, or put it in a file.`, true); return; }
  const text = (form.dataset.prefix ?? '') + typed + (form.dataset.suffix ?? '');
  const message = { clientId: newId(), kind: 'text', text };
  outbox.set([...outbox.all(), message]);
  const history = store.get(historyKey, []).filter(line => line !== typed);
  store.set(historyKey, [...history, typed].slice(-remembered));
  at = null;
  set('');
  close();
  showUnsent(message, 'sending');
  scrollToEnd();
  flush();
}

/** Sends a message or a button press once; the same client id is accepted once, so trying again is safe. */
export async function deliver(message) {
  const response = await fetch(`/chat/${document.body.dataset.chat}/messages`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(message),
  });
  if (response.status === 401) { location.reload(); throw new Error('signed out'); }
  if (response.status >= 500) throw new Error('not now');
  return response.json();
}

async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let next; (next = outbox.all().find(m => !m.problem));) {
      const answer = await deliver(next);
      if (answer.accepted) {
        forget(next.clientId);
        const entry = $$('[data-client]').find(e => e.dataset.client === next.clientId);
        if (entry) { const state = $('.entry-state', entry); if (state) state.textContent = 'accepted'; }
        begun();
      } else {
        const problem = answer.message ?? 'The gateway refused it.';
        outbox.set(outbox.all().map(m => m.clientId === next.clientId ? { ...m, problem } : m));
        showUnsent(next, 'not sent', problem);
      }
    }
  } catch {
    for (const message of outbox.all().filter(m => !m.problem)) showUnsent(message, 'waiting for the connection');
    setTimeout(flush, 3000);
  } finally {
    sending = false;
  }
}

/** A conversation gets its title with its first message: heading and list are read again. */
async function begun() {
  const name = $('#chat-name');
  if (!name || name.dataset.started) return;
  name.dataset.started = 'yes';
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    $('.page-title').replaceWith(document.adoptNode($('.page-title', page)));
    for (const list of ['.rail .chats', '#chats']) $(list).replaceWith(document.adoptNode($(list, page)));
    document.title = page.title;
  } catch { /* the next page load shows it */ }
}

// Completion

function close() { items = []; chosen = -1; list.hidden = true; list.replaceChildren(); input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); help.textContent = ''; }

async function suggest() {
  const prefix = form.dataset.prefix ?? '', suffix = form.dataset.suffix ?? '';
  const text = prefix + input.value;
  if (!text.startsWith('/') || (prefix && suffix)) { close(); return; }
  const mine = ++asked;
  try {
    const response = await fetch(`/complete?text=${encodeURIComponent(text)}&cursor=${prefix.length + input.selectionStart}`);
    if (!response.ok || mine !== asked || document.activeElement !== input) return;
    items = await response.json();
  } catch { return; }
  chosen = -1;
  list.replaceChildren(...items.map((item, i) => make('li', { role: 'option', id: `complete-${i}`, 'aria-selected': 'false' },
    make('code', { textContent: item.label }), make('span', { textContent: item.help }))));
  list.hidden = items.length === 0;
  input.setAttribute('aria-expanded', String(items.length > 0));
  help.textContent = items.length ? `${items[0].label}: ${items[0].help}   ⇥ to complete` : '';
}

function choose(index) {
  chosen = items.length ? (index + items.length) % items.length : -1;
  [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
  if (chosen < 0) return;
  list.children[chosen].scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', `complete-${chosen}`);
  help.textContent = `${items[chosen].label}: ${items[chosen].help}`;
}

function take(item) {
  const before = input.value.slice(0, item.start), after = input.value.slice(item.start + item.length);
  const insert = after || /[\s=,]$/.test(item.insert) ? item.insert : item.insert + ' ';
  set(before + insert + after, before.length + insert.length);
  close();
  later();
}

function later() { clearTimeout(timer); timer = setTimeout(suggest, pause); }

// History

function recall(step) {
  const history = store.get(historyKey, []);
  if (at === null) { if (step > 0 || !history.length) return false; at = history.length; }
  at += step;
  if (at >= history.length) { at = null; set(''); return true; }
  at = Math.max(0, at);
  set(history[at]);
  return true;
}

function key(event) {
  if (event.isComposing) return;
  const open = !list.hidden;
  const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === 'Enter' && plain) { event.preventDefault(); if (open && chosen >= 0) take(items[chosen]); else submit(); return; }
  if (event.key === 'Tab' && plain && open) { event.preventDefault(); take(items[Math.max(0, chosen)]); return; }
  if (event.key === 'Escape' && open) { event.preventDefault(); event.stopPropagation(); close(); return; }
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const step = event.key === 'ArrowUp' ? -1 : 1;
    if (open && plain && at === null && (chosen >= 0 || step > 0)) { event.preventDefault(); choose(chosen < 0 ? (step > 0 ? 0 : -1) : chosen + step); return; }
    const oneLine = !input.value.includes('\n');
    if (plain && (at !== null || !input.value || oneLine && step < 0) && recall(step)) { event.preventDefault(); close(); }
    return;
  }
  at = null;
}

/** Puts a command into the input, ready to be sent or completed. */
export function fill(text) { set(text); input.focus(); later(); }

export function startComposer() {
  if (!form) return false;
  startStream();
  const wanted = new URL(location.href).searchParams.get('fill');
  set(wanted ?? store.get(draftKey, ''));
  if (wanted) { history.replaceState(null, '', location.pathname); }
  if (matchMedia('(hover: hover)').matches) input.focus();
  for (const message of outbox.all()) showUnsent(message, message.problem ? 'not sent' : 'sending', message.problem);
  flush();
  on('open', flush);
  form.addEventListener('submit', event => { event.preventDefault(); submit(); });
  input.addEventListener('input', () => { grow(); store.set(draftKey, input.value || null); later(); });
  input.addEventListener('keydown', key);
  input.addEventListener('blur', () => setTimeout(close, 150));
  list.addEventListener('mousedown', event => { event.preventDefault(); const row = event.target.closest('li'); if (row) take(items[[...list.children].indexOf(row)]); });
  document.addEventListener('click', event => {
    const tried = event.target.closest('[data-try]');
    if (tried) fill(tried.dataset.try);
    const edit = event.target.closest('[data-unsent-edit]')?.dataset.unsentEdit, drop = event.target.closest('[data-unsent-drop]')?.dataset.unsentDrop;
    if (!edit && !drop) return;
    const message = outbox.all().find(m => m.clientId === (edit ?? drop));
    forget(edit ?? drop);
    event.target.closest('.entry').remove();
    if (edit && message) set(message.text);
  });
  return true;
}
