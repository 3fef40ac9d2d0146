// Ctrl/⌘+K: pages, commands, nodes, people and conversations in one list.
import { $, $$, make } from './util.js';
import { fill } from './composer.js';

let items = [], chosen = 0, asked = 0, timer, shown = '';

function show() {
  const list = $('#palette-list');
  list.replaceChildren(...items.map((item, i) => make('li', { role: 'option', id: `palette-${i}`, 'aria-selected': String(i === chosen) },
    make('b', { textContent: item.label }), make('span', { textContent: item.hint ?? '' }), make('em', { textContent: item.kind }))));
  if (!items.length) list.append(make('li', { class: 'none', textContent: 'Nothing found. Try a command, a node or a page.' }));
  if (items.length) $('#palette-input').setAttribute('aria-activedescendant', `palette-${chosen}`);
}

async function search() {
  clearTimeout(timer);
  const mine = ++asked, wanted = $('#palette-input').value;
  try {
    const response = await fetch(`/palette?q=${encodeURIComponent(wanted)}`);
    if (!response.ok || mine !== asked) return;
    items = await response.json();
  } catch { items = []; }
  shown = wanted;
  chosen = 0;
  show();
}

function go(item) {
  if (!item) return;
  $('#palette').close();
  if (item.fill && $('#composer') && !$('#composer').dataset.prefix) fill(item.fill);
  else location.href = item.fill ? `/chat/new?fill=${encodeURIComponent(item.fill)}` : item.href;
}

/** Takes what was typed, not what an earlier letter had found. */
async function enter() {
  if (shown !== $('#palette-input').value) await search();
  if (shown === $('#palette-input').value) go(items[chosen]);
}

function move(step) {
  if (!items.length) return;
  chosen = (chosen + step + items.length) % items.length;
  $$('#palette-list li').forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
  $(`#palette-${chosen}`).scrollIntoView({ block: 'nearest' });
  $('#palette-input').setAttribute('aria-activedescendant', `palette-${chosen}`);
}

export function openPalette() {
  const palette = $('#palette');
  if (!palette || palette.open) return;
  for (const sheet of $$('[popover]')) if (sheet.matches(':popover-open')) sheet.hidePopover();
  $('#palette-input').value = '';
  palette.showModal();
  $('#palette-input').focus();
  search();
}

export function startPalette() {
  const palette = $('#palette');
  if (!palette) return;
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of $$('[data-mod]')) key.textContent = '⌘K';
  document.addEventListener('click', event => { if (event.target.closest('[data-palette]')) openPalette(); });
  palette.addEventListener('click', event => { if (event.target === palette) palette.close(); });
  $('#palette-input').addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 60); });
  $('#palette-input').addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') { event.preventDefault(); move(1); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); move(-1); }
    else if (event.key === 'Enter') { event.preventDefault(); enter(); }
  });
  $('#palette-list').addEventListener('click', event => { const row = event.target.closest('li'); if (row) go(items[$$('#palette-list li').indexOf(row)]); });
}
