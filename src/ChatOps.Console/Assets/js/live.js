// The page's one live connection: it comes back by itself, and says so while it is away.
import { $, refreshTimes } from './util.js';

const silence = 35000; // the server says something at least every 10 seconds
const longest = 15000;
const listeners = new Map();
let socket, wait = 500, watchdog, closing = false, everOpen = false;

export function on(op, listener) { listeners.set(op, [...(listeners.get(op) ?? []), listener]); }
function tell(op, message) { for (const listener of listeners.get(op) ?? []) listener(message); }

export const isUp = () => document.body.dataset.net === 'up';

function show(state, text) {
  document.body.dataset.net = state;
  const word = $('[data-online]');
  if (word) word.textContent = state === 'up' ? 'live' : 'reconnecting';
  const bar = $('#net');
  if (!bar) return;
  bar.hidden = !text;
  bar.textContent = text ?? '';
}

export function connect() {
  clearTimeout(watchdog);
  const chat = document.body.dataset.chat;
  const url = new URL('/live', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  if (chat) url.searchParams.set('chat', chat);
  socket = new WebSocket(url);
  socket.onopen = () => { wait = 500; everOpen = true; show('up'); alive(); tell('open'); };
  socket.onmessage = event => { alive(); const message = JSON.parse(event.data); tell(message.op, message); };
  socket.onclose = lost;
}

function alive() {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => socket.close(), silence);
}

async function lost() {
  clearTimeout(watchdog);
  if (closing) return;
  // A moment without a connection is not worth a bar.
  setTimeout(() => { if (socket.readyState !== WebSocket.OPEN && !closing) show('down', 'No connection. What you type is kept and will be sent.'); }, everOpen ? 1500 : 3000);
  setTimeout(connect, wait + Math.random() * 300);
  wait = Math.min(longest, wait * 1.7);
  // Refused for good? Then the page itself says why (signed out).
  if (wait > 2000) {
    try { if ((await fetch(location.href, { method: 'GET', headers: { Accept: 'text/html' } })).status === 401) location.reload(); } catch { /* still away */ }
  }
}

on('ended', () => { closing = true; location.reload(); });
addEventListener('pagehide', () => { closing = true; socket?.close(); });
addEventListener('pageshow', event => { if (event.persisted) { closing = false; connect(); } });
addEventListener('online', () => { wait = 500; });
document.addEventListener('visibilitychange', () => { if (!document.hidden) { refreshTimes(); if (socket?.readyState === WebSocket.CLOSED && !closing) connect(); } });
