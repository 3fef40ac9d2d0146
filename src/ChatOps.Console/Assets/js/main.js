// Starts the page. Everything here makes pages quicker to use; what they show was rendered by the server.
import { $, $$, refreshTimes } from './util.js';
import { morphInside, parse } from './morph.js';
import { connect, on } from './live.js';
import { startComposer } from './composer.js';
import { startDialogs } from './dialogs.js';
import { startActions } from './actions.js';
import { startCode } from './code.js';
import { startPage } from './page.js';
import { startPalette } from './palette.js';
import { startKeys } from './keys.js';

const themes = ['auto', 'light', 'dark'];
const year = 31536000;

function startTheme() {
  document.addEventListener('click', event => {
    if (!event.target.closest('[data-theme-switch]')) return;
    const theme = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length];
    document.documentElement.dataset.theme = theme;
    document.cookie = `chatops-theme=${theme}; Path=/; SameSite=Strict; Max-Age=${theme === 'auto' ? 0 : year}`;
    for (const button of $$('[data-theme-switch]')) { button.title = `Theme: ${theme}`; $('.sr', button).textContent = `Theme: ${theme}. Change`; }
  });
}

function startPanes() {
  on('panes', message => {
    for (const [id, html] of [['#pane-needs', message.needs], ['#pane-running', message.running], ['#halts', message.halts]]) {
      const pane = $(id);
      if (!pane) continue;
      morphInside(pane, parse(html));
      refreshTimes(pane);
    }
    for (const badge of $$('[data-needs-count]')) { badge.textContent = message.count; badge.hidden = message.count === 0; }
    document.title = document.title.replace(/^\(\d+\) /, '').replace(/^/, message.count ? `(${message.count}) ` : '');
  });
}

startTheme();
startPanes();
startDialogs();
startActions();
startCode();
startPage();
startPalette();
startKeys();
startComposer();
refreshTimes();
setInterval(refreshTimes, 15000);
connect();
