// Pages that are lists: refreshed in place, filtered while typing, continued while scrolling.
import { $, $$, post, refreshTimes, report, save } from './util.js';
import { morph, parse } from './morph.js';
import { on } from './live.js';

const pause = 180;
let running = 0, timer;

/** Reads the page at an address again and changes what differs. */
export async function refresh(url = location.href, replace = false) {
  const main = $('main[data-live]');
  if (!main) return;
  const mine = ++running;
  let response;
  try { response = await fetch(url, { headers: { Accept: 'text/html' } }); } catch { return; }
  if (response.status === 401) { location.reload(); return; }
  if (mine !== running) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('main');
  if (!fresh || mine !== running) return;
  refreshTimes(fresh);
  morph($('main[data-live]'), document.adoptNode(fresh));
  if (replace) history.replaceState(null, '', url);
  watchEnd();
}

function addressOf(form) {
  const url = new URL(form.getAttribute('action') ?? location.pathname, location.href);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.set(name, value);
  return url;
}

// A list goes on by itself when its end comes into view.
let watcher;
function watchEnd() {
  const link = $('[data-more]');
  watcher ??= new IntersectionObserver(entries => { for (const entry of entries) if (entry.isIntersecting) more(entry.target); }, { rootMargin: '600px' });
  watcher.disconnect();
  if (link) watcher.observe(link);
}

async function more(link) {
  if (link.dataset.busy) return;
  link.dataset.busy = 'yes';
  try {
    const response = await fetch(link.href, { headers: { Accept: 'text/html' } });
    if (!response.ok) return;
    const page = parse(await response.text());
    const rows = $('[data-rows]', page);
    const next = $('[data-more]', page);
    refreshTimes(rows);
    $('[data-rows]').append(...$$(':scope > .row:not(.row-head)', rows));
    if (next) { link.href = next.href; delete link.dataset.busy; watchEnd(); } else link.remove();
  } catch { delete link.dataset.busy; }
}

async function verify(button) {
  button.disabled = true;
  try {
    const response = await fetch('/audit/verify', { method: 'POST', headers: { Accept: 'text/html' } });
    if (response.ok) $('#verification').replaceChildren(parse(await response.text()));
    else report(await response.json());
  } catch { report({ ok: false, message: 'The gateway cannot be reached. Nothing was verified.' }); }
  button.disabled = false;
}

async function exportRecords(button) {
  button.disabled = true;
  try {
    const since = $('form[data-filter] [name="since"]').value || '30d', format = button.dataset.export;
    const response = await fetch('/audit/export', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ since, format }) });
    if (response.ok) save(await response.blob(), `audit-${since}.${format}`);
    else report(await response.json());
  } catch { report({ ok: false, message: 'The gateway cannot be reached. Nothing was exported.' }); }
  button.disabled = false;
}

export function startPage() {
  const main = $('main[data-live]');
  if (!main) return;
  document.addEventListener('input', event => {
    const form = event.target.closest('form[data-filter]');
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => refresh(addressOf(form), true), pause);
  });
  document.addEventListener('submit', async event => {
    const form = event.target;
    if (form.matches('form[data-filter]')) { event.preventDefault(); refresh(addressOf(form), true); }
    if (form.matches('form[data-send]')) {
      event.preventDefault();
      report(await post(form.getAttribute('action'), Object.fromEntries(new FormData(form))));
      refresh();
    }
  });
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-verify], [data-export]');
    if (button) 'verify' in button.dataset ? verify(button) : exportRecords(button);
  });
  on('panes', () => { if (['approvals', 'job', 'nodes'].includes(main.dataset.live)) refresh(); });
  const seconds = Number(main.dataset.every ?? 0);
  // A longer list than the first page was scrolled for; reading it again would take it away.
  if (seconds) setInterval(() => { if (!document.hidden && $('main[data-live]').scrollTop < 200 && !document.querySelector('dialog[open]')) refresh(); }, seconds * 1000);
  watchEnd();
}
