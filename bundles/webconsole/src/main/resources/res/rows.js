// Lists that keep their elements while what they show changes, so that focus and open details survive each look.

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value; else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function setText(target, text) {
  const words = String(text);
  if (target.textContent !== words) target.textContent = words;
}

export function setBadge(target, word, kind) {
  setText(target, word);
  target.className = 'badge ' + kind;
}

export class Rows {
  #rows = new Map();

  // make(item) gives {root, show(item)}
  constructor(container, key, make, emptyText) {
    this.container = container;
    this.key = key;
    this.make = make;
    this.empty = element('p', {className: 'empty'}, emptyText);
  }

  show(items, words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const seen = new Set();
    let shown = 0;
    for (const item of items) {
      const key = this.key(item);
      if (seen.has(key)) continue;
      seen.add(key);
      let row = this.#rows.get(key);
      if (!row) {
        row = this.make(item);
        this.#rows.set(key, row);
        this.container.append(row.root);
      }
      row.show(item);
      const text = JSON.stringify(Object.values(item).filter(value => typeof value !== 'number')).toLowerCase();
      row.root.hidden = !wanted.every(word => text.includes(word));
      if (!row.root.hidden) shown++;
    }
    for (const [key, row] of this.#rows) {
      if (!seen.has(key)) {
        row.root.remove();
        this.#rows.delete(key);
      }
    }
    if (shown === 0) this.container.append(this.empty); else this.empty.remove();
    return shown;
  }
}

export function facts(target, pairs) {
  const key = JSON.stringify(pairs.map(pair => pair[0]));
  if (target.dataset.key !== key) {
    target.dataset.key = key;
    target.replaceChildren(...pairs.flatMap(([name]) => [element('dt', {}, name), element('dd')]));
  }
  pairs.forEach(([, value, kind], index) => {
    const shown = target.children[2 * index + 1];
    setText(shown, value);
    shown.className = kind || '';
  });
}
