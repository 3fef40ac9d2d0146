// Small things that every part of the page uses.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with attributes, properties (on…, textContent) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on') || name === 'textContent') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** Says something for a few seconds. */
export function toast(text, bad = false) {
  const box = make('div', { class: bad ? 'toast bad' : 'toast', textContent: text });
  $('#toasts')?.append(box);
  setTimeout(() => box.remove(), bad ? 9000 : 5000);
}

/** Sends a change to the gateway; the answer is { ok, message, href? } whatever happens. */
export async function post(url, body = {}) {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) });
    if (response.status === 401) { location.reload(); return { ok: false, message: 'You are not signed in any more.' }; }
    return await response.json();
  } catch {
    return { ok: false, message: 'The gateway cannot be reached. Nothing was sent; try again in a moment.' };
  }
}

/** Shows what became of a change, and goes where it says. */
export function report(answer) {
  if (answer.href) { location.href = answer.href; return; }
  if (answer.message) toast(answer.message, !answer.ok);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context there is no clipboard interface; a selection still can be copied.
    const area = make('textarea', { class: 'sr', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast('Copied.');
}

/** Offers something for download. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** "40 s ago", "in 12 min": the same words as the server's. */
export function relative(at, now = Date.now()) {
  const seconds = Math.floor(Math.abs(now - at) / 1000);
  if (seconds < 5) return 'now';
  const text = seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : seconds < 172800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
  return now > at ? `${text} ago` : `in ${text}`;
}

/** Keeps relative times right. */
export function refreshTimes(root = document) {
  for (const time of $$('time.when', root)) {
    const text = relative(Date.parse(time.dateTime));
    if (time.textContent !== text) time.textContent = text;
  }
}

/** Random and unguessable enough to name a message once. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
}

export const store = {
  get(key, fallback) { try { return JSON.parse(localStorage.getItem(key)) ?? fallback; } catch { return fallback; } },
  set(key, value) { try { if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: typing must go on */ } },
};
