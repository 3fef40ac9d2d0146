// Tools of preformatted text: wrap, copy, download. They work on exactly the text that is shown (folded lines included).
import { $$, copy, save } from './util.js';

const textOf = box => $$('pre:not(.code-none)', box).map(pre => pre.textContent).join('');

export function startCode() {
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-code-wrap], [data-code-copy], [data-code-download], [data-copy]');
    if (!button) return;
    const box = button.closest('[data-code]');
    if ('copy' in button.dataset) { event.preventDefault(); copy(button.dataset.copy); }
    else if ('codeWrap' in button.dataset) button.setAttribute('aria-pressed', String(box.classList.toggle('wrapped')));
    else if ('codeCopy' in button.dataset) copy(textOf(box));
    else {
      save(new Blob([textOf(box)], { type: 'text/plain;charset=utf-8' }), `${box.dataset.name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60) || 'output'}.txt`);
    }
  });
}
