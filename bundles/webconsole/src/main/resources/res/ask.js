import {setText} from './rows.js';

const dialog = document.getElementById('ask');
const field = document.getElementById('ask-value');
const label = document.getElementById('ask-label');

// Asks in a dialog of the page. Gives the words, or true where none are asked for, or null for no.
export function ask({title, text = '', label: words, value = '', ok}) {
  setText(document.getElementById('ask-title'), title);
  setText(document.getElementById('ask-text'), text);
  setText(document.getElementById('ask-ok'), ok);
  label.hidden = words === undefined;
  setText(label.querySelector('span'), words || '');
  field.value = value;
  dialog.returnValue = 'cancel';
  dialog.showModal();
  (words === undefined ? document.getElementById('ask-ok') : field).focus();
  field.select();
  return new Promise(resolve => {
    dialog.onclose = () => resolve(dialog.returnValue === 'ok' ? (words === undefined ? true : field.value.trim()) : null);
  });
}

// Enter in the field means yes, whichever button comes first.
field.addEventListener('keydown', event => {
  if (event.key === 'Enter') {
    event.preventDefault();
    dialog.close('ok');
  }
});
