// Changes a piece of the page into newly rendered HTML with as few changes as possible, so that focus, selection, open folds,
// scroll positions and what was typed survive.

/** The one element in a piece of HTML that our own server rendered. */
export function parse(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

export function morph(from, to) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) { from.replaceWith(to); return to; }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return from;
  }
  if (from.isEqualNode(to) || from.hasAttribute('data-keep')) return from;
  attributes(from, to);
  children(from, to);
  return from;
}

/** Changes only what is inside. */
export function morphInside(element, content) {
  const copy = element.cloneNode(false);
  copy.append(content);
  children(element, copy);
}

const kept = { DETAILS: ['open'], DIALOG: ['open'], INPUT: ['value', 'checked'], TEXTAREA: [], PROGRESS: [] };

function attributes(from, to) {
  const keep = kept[from.nodeName] ?? [];
  for (const { name, value } of [...to.attributes]) if (!keep.includes(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  for (const { name } of [...from.attributes]) if (!keep.includes(name) && !to.hasAttribute(name) && !(name === 'class' && from.classList.contains('wrapped'))) from.removeAttribute(name);
}

function children(from, to) {
  if (from.nodeName === 'TEXTAREA' || from === document.activeElement && from.nodeName === 'SELECT') return;
  const named = new Map();
  for (const child of from.children) if (child.id || child.dataset.card) named.set(child.id || child.dataset.card, child);
  let place = from.firstChild;
  for (const next of [...to.childNodes]) {
    const name = next.id || next.dataset?.card;
    const same = name && named.get(name);
    if (same) {
      if (same !== place) from.insertBefore(same, place);
      else place = place.nextSibling;
      morph(same, next);
    } else if (place && !(place.id || place.dataset?.card) && place.nodeName === next.nodeName) {
      const current = place;
      place = place.nextSibling;
      morph(current, next);
    } else {
      from.insertBefore(next, place);
    }
  }
  while (place) { const gone = place; place = place.nextSibling; gone.remove(); }
}
