// The keyboard: Ctrl/⌘+K everywhere; j/k/Enter/a/d where nothing is being typed.
import { $, $$ } from './util.js';
import { openPalette } from './palette.js';
import { pressKey } from './actions.js';

const stops = () => {
  const cards = $$('main .card[tabindex], main a.row, main a.mini');
  return cards.length ? cards : $$('main a.nav-row');
};

function move(step) {
  const all = stops();
  if (!all.length) return;
  const here = all.findIndex(e => e.contains(document.activeElement));
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step))];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

export function startKeys() {
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') { event.preventDefault(); openPalette(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    const typing = event.target.closest('input, textarea, select');
    if (event.key === 'Escape' && typing && typing.id !== 'palette-input') { typing.blur(); return; }
    if (typing) return;
    const card = document.activeElement?.closest?.('.card');
    switch (event.key) {
      case 'j': event.preventDefault(); move(1); break;
      case 'k': event.preventDefault(); move(-1); break;
      case 'a': case 'd': if (card) { event.preventDefault(); pressKey(card, event.key); } break;
      case 'Enter': if (card && document.activeElement === card) { event.preventDefault(); $('.card-link', card)?.click(); } break;
      case '/': if ($('#input')) { event.preventDefault(); $('#input').focus(); } else if ($('form[data-filter] input')) { event.preventDefault(); $('form[data-filter] input').focus(); } break;
    }
  });
}
