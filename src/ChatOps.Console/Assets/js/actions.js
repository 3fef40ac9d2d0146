// Buttons: those of cards (a stored action, or a decision by id), and those that post a change.
import { $, newId, post, report, toast } from './util.js';
import { ask, confirm } from './dialogs.js';
import { deliver } from './composer.js';
import { refresh } from './page.js';

const cardTitle = button => $('h3', button.closest('.card'))?.textContent ?? '';

/** A card in a conversation: the press goes the way of every message. */
async function press(button, always) {
  const { token, confirm: text, asksReason } = button.dataset;
  const plain = !button.classList.contains('primary') && !button.classList.contains('danger');
  let reason = '';
  // A mouse on a harmless button decides at once; keys, declining and dangerous things ask first.
  if (always || text || (asksReason && plain)) {
    const answer = await confirm({
      title: cardTitle(button) || button.textContent, text: text ?? '', yes: button.textContent.trim(), danger: button.classList.contains('danger'), reason: !!asksReason,
    });
    if (!answer) return;
    reason = answer.reason;
  }
  await busy(button, async () => {
    try {
      const answer = await deliver({ clientId: newId(), kind: 'action', text: reason ? `${token} ${reason}` : token });
      if (!answer.accepted) toast(answer.message ?? 'The gateway refused it.', true);
    } catch {
      toast('The gateway cannot be reached. Nothing was decided; press again when the connection is back.', true);
    }
  });
}

/** A card on the approvals page: the decision goes through the gate by id, bound to the revision and plan that this page shows. */
async function decide(button, always) {
  const { decide: url, confirm: text, revision, hash, grantFor } = button.dataset;
  const deny = button.dataset.key === 'd';
  let reason = '';
  if (always || text || deny) {
    const answer = await confirm({ title: cardTitle(button), text: text ?? '', yes: button.textContent.trim(), danger: button.classList.contains('danger'), reason: true });
    if (!answer) return;
    reason = answer.reason;
  }
  await busy(button, async () => { report(await post(url, { revision: Number(revision), hash, reason: reason || null, grantFor: grantFor ?? null })); await refresh(); });
}

async function busy(button, work) {
  const card = button.closest('.card');
  const buttons = card ? [...card.querySelectorAll('.actions .button')] : [button];
  for (const b of buttons) b.disabled = true;
  card?.classList.add('pending');
  try { await work(); } finally {
    // A card that was decided is redrawn without its buttons; if nothing came, they can be pressed again.
    setTimeout(() => { for (const b of buttons) b.disabled = false; card?.classList.remove('pending'); }, card ? 1200 : 0);
  }
}

/** Presses a card's button from the keyboard: always asks first. */
export function pressKey(card, key) {
  const button = $(`[data-key="${key}"]`, card);
  if (button && !button.disabled) activate(button, true);
}

function activate(button, always) { if (button.dataset.token) press(button, always); else if (button.dataset.decide) decide(button, always); }

async function change(button) {
  if (button.dataset.confirm && !await confirm({ title: button.dataset.confirm, text: button.dataset.confirmText ?? '', yes: button.textContent.trim() || 'Yes', danger: button.classList.contains('danger') })) return;
  await busy(button, async () => { report(await post(button.dataset.post)); if (button.dataset.refresh !== undefined) await refresh(); });
}

async function rename() {
  const name = $('#chat-name');
  const title = await ask('Rename this conversation', name.textContent);
  if (!title) return;
  const answer = await post(`/chat/${document.body.dataset.chat}/title`, { title });
  if (answer.ok) { name.textContent = title; const link = $('.chat-link.current .chat-title'); if (link) link.textContent = title; } else report(answer);
}

export function startActions() {
  document.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button || button.disabled) return;
    if (button.dataset.token || button.dataset.decide) activate(button, event.detail === 0 && button.dataset.key !== undefined);
    else if (button.dataset.post) change(button);
    else if ('stop' in button.dataset) { button.disabled = true; post(`/chat/${document.body.dataset.chat}/stop`).then(report).finally(() => { button.disabled = false; }); }
    else if ('rename' in button.dataset) rename();
  });
}
