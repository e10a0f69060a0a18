import {Rows, element, facts, setBadge, setText} from './rows.js';
import {act, state, upload} from './server.js';
import {ask} from './ask.js';

const LOOK_MS = 1000;
const SLOW_MS = 3000;
const FEW = 6; // rows that nobody needs to search
const BUSY_PER_SECOND = 1000; // fills a meter
const byId = id => document.getElementById(id);
const number = new Intl.NumberFormat('en');
const message = byId('message');
let last = null;
let before = null;
let messageTimer;

function say(text, isBad) {
  message.textContent = text;
  message.className = isBad ? 'bad' : '';
  message.hidden = false;
  clearTimeout(messageTimer);
  if (!isBad) messageTimer = setTimeout(() => { message.hidden = true; }, 8000);
}

async function run(work) {
  try {
    say((await work()).message, false);
  } catch (error) {
    say(error.message, true);
  }
  look();
}

function button(text, name, onclick) {
  return element('button', {type: 'button', onclick, 'aria-label': name}, text);
}

// Rates: counters of two looks, by the server's own clock.
function rate(now, list, match, key = 'events') {
  const old = before && before[list].find(match);
  const ms = before ? last.timeMs - before.timeMs : 0;
  return old && ms > 0 ? Math.max(0, (now[key] - old[key]) * 1000 / ms) : 0;
}

function perSecond(value) {
  return number.format(value < 10 ? Math.round(value * 10) / 10 : Math.round(value)) + '/s';
}

const CONNECTION_WORDS = {active: ['active', 'good'], waiting: ['waiting for a port', 'off'], loop: ['stopped: loop', 'bad']};

const connections = new Rows(byId('connection-rows'), c => c.tap + '\n' + c.source + '\n' + c.destination, first => {
  const name = element('div', {className: 'name'});
  const badge = element('span');
  const figures = element('div', {className: 'figures quiet'});
  const words = element('div', {className: 'quiet wide'});
  let now = first;
  const isTap = first.tap !== 'none';
  const root = element('div', {className: 'row', role: 'group'}, name, element('div', {}, badge), figures,
    element('div', {className: 'actions'},
      isTap ? '' : button('Filter', 'Change filter of ' + first.source + ' to ' + first.destination, async () => {
        const filter = await ask({title: 'Filter of ' + now.source + ' → ' + now.destination,
          text: 'Words such as: ch 1..4 not note noterange 0 35 transp 12. None lets everything pass.',
          label: 'Filter words', value: now.filter, ok: 'Change'});
        if (filter !== null) run(() => act({do: 'filter', source: now.source, destination: now.destination, filter}));
      }),
      button(isTap ? 'End tap' : 'Disconnect', 'Disconnect ' + first.source + ' from ' + first.destination,
        () => run(() => act(isTap ? {do: 'untap', of: now.tap.slice(3), source: now.source, destination: now.destination}
          : {do: 'disconnect', source: now.source, destination: now.destination})))), words);
  return {root, show(c) {
    now = c;
    setText(name, (isTap ? 'tap: ' : '') + c.source + ' → ' + c.destination);
    setBadge(badge, ...(CONNECTION_WORDS[c.state] || [c.state, 'warn']));
    setText(figures, perSecond(rate(c, 'connections', o => o.id === c.id)) + ', ' + number.format(c.events)
      + ' delivered, ' + number.format(c.filtered) + ' filtered, ' + number.format(c.dropped) + ' dropped');
    setText(words, c.filter ? 'filter: ' + c.filter : '');
    words.hidden = !c.filter;
  }};
}, 'No connections. Choose a source and a destination above.');

const ports = new Rows(byId('port-rows'), p => p.direction + '\n' + p.name, () => {
  const name = element('div', {className: 'name'});
  const badge = element('span');
  const owner = element('div', {className: 'quiet'});
  const speed = element('div');
  const meter = element('i');
  const figures = element('div', {className: 'figures quiet'}, speed,
    element('div', {className: 'meter', 'aria-hidden': 'true'}, meter));
  const drops = element('div', {className: 'quiet figures'});
  const root = element('div', {className: 'row', role: 'group'}, element('div', {}, name, owner), element('div', {}, badge),
    figures, drops);
  return {root, show(p) {
    const events = rate(p, 'ports', o => o.id === p.id);
    setText(name, p.name);
    setText(owner, 'of ' + p.owner + (p.forwards ? ', forwarded by the server' : ''));
    setBadge(badge, p.direction === 'source' ? 'source →' : '→ destination', '');
    setText(speed, perSecond(events) + ', ' + number.format(p.events) + ' events');
    meter.style.width = Math.min(100, Math.log1p(events) / Math.log1p(BUSY_PER_SECOND) * 100) + '%';
    setText(drops, number.format(p.dropped) + ' dropped');
    drops.className = p.dropped ? 'figures bad' : 'figures quiet';
  }};
}, 'No ports. Plug a device in, or make a loopback port under Configuration.');

const DEVICE_WORDS = {open: 'good', busy: 'warn', failed: 'bad', absent: 'off'};

// Devices that drivers see, and those that are only remembered.
function devicesOf(now) {
  const open = now.devices.map(device => ({...device, alias: (now.remembered.find(r => r.shownName === device.name) || {}).alias || ''}));
  const known = new Set(open.map(device => device.name));
  return open.concat(now.remembered.filter(r => !known.has(r.shownName)).map(r => ({driver: '', name: r.shownName,
    alias: r.alias, address: '', state: r.present ? 'seen' : 'absent', doubt: '', reason: '', evidence: r.evidence, counters: {}})));
}

const devices = new Rows(byId('device-rows'), d => d.driver + '\n' + d.address + '\n' + d.name, first => {
  const name = element('div', {className: 'name'});
  const badge = element('span');
  const where = element('div', {className: 'quiet'});
  const note = element('div', {className: 'note'});
  const evidence = element('dl');
  let now = first;
  const rename = button('Rename', 'Rename ' + first.name, async () => {
    const alias = await ask({title: 'Rename ' + now.name, text: 'Connections follow the new name. None gives back the '
      + 'name that the device came with.', label: 'New name', value: now.alias || now.name, ok: 'Rename'});
    if (alias !== null) run(() => act({do: 'alias', name: now.name, alias}));
  });
  const root = element('div', {className: 'row', role: 'group'}, name, element('div', {}, badge), where,
    element('div', {className: 'actions'}, rename), note,
    element('details', {className: 'wide'}, element('summary', {}, 'What tells it from others'), evidence));
  return {root, show(d) {
    now = d;
    setText(name, d.name || d.address);
    setBadge(badge, d.state, DEVICE_WORDS[d.state] || '');
    setText(where, [d.driver && 'by ' + d.driver, d.address, d.alias && 'named by you'].filter(Boolean).join(', '));
    setText(note, [d.doubt, d.reason].filter(Boolean).join('; '));
    note.hidden = !note.textContent;
    rename.disabled = !d.name;
    facts(evidence, [...Object.entries(d.evidence), ...Object.entries(d.counters).filter(c => c[1] > 0)]
      .map(([key, value]) => [key, value === '' ? '–' : value]));
  }};
}, 'No devices so far.');

const DRIVER_WORDS = {active: 'good', pending: 'warn', stopped: 'off', failed: 'bad', fenced: 'bad', absent: 'off'};

const drivers = new Rows(byId('driver-rows'), d => d.file, first => {
  const file = first.file;
  const name = element('div', {className: 'name'});
  const what = element('div', {className: 'quiet'});
  const badge = element('span');
  const note = element('div', {className: 'note'});
  const start = button('Start', 'Start ' + file, () => run(() => act({do: 'start', file})));
  const stop = button('Stop', 'Stop ' + file, () => run(() => act({do: 'stop', file})));
  const remove = button('Remove', 'Remove ' + file, async () => {
    if (await ask({title: 'Remove ' + file + '?', text: 'The file is deleted and its ports go.', ok: 'Remove'})) {
      run(() => act({do: 'remove', file}));
    }
  });
  const root = element('div', {className: 'row', role: 'group'}, name, element('div', {}, badge), what,
    element('div', {className: 'actions'}, start, stop, remove), note);
  return {root, show(d) {
    setText(name, d.file);
    setText(what, [d.name, d.version].filter(Boolean).join(' '));
    setBadge(badge, d.state, DRIVER_WORDS[d.state] || '');
    setText(note, d.reason);
    note.hidden = !d.reason;
    start.disabled = !['stopped', 'failed'].includes(d.state);
    stop.disabled = d.state !== 'active';
    remove.disabled = d.state === 'absent';
  }};
}, 'No driver files. Upload one, or drop it into the drivers folder.');

const sessions = new Rows(byId('session-rows'), s => s.name, () => {
  const name = element('div', {className: 'name'});
  const what = element('div', {className: 'quiet figures'});
  return {root: element('div', {className: 'row'}, name, what), show(s) {
    setText(name, s.name);
    setText(what, s.ports + (s.ports === 1 ? ' port' : ' ports'));
  }};
}, 'No sessions.');

const tiles = ['events per second', 'ports', 'connections', 'drivers failing', 'dropped in all'].map(text => {
  const value = element('b', {}, '–');
  const root = element('div', {className: 'tile'}, value, element('span', {}, text));
  byId('glance').append(root);
  return {root, value};
});

function glance(now) {
  const failing = now.drivers.filter(d => d.state === 'failed' || d.state === 'fenced').length;
  const dropped = Object.values(now.drops).reduce((sum, n) => sum + n, 0);
  const ms = before ? now.timeMs - before.timeMs : 0;
  const events = ms > 0 ? (now.counters['events-in'] - before.counters['events-in']) * 1000 / ms : 0;
  [Math.max(0, Math.round(events)), now.ports.length, now.connections.length, failing, dropped].forEach((value, index) => {
    setText(tiles[index].value, number.format(value));
    tiles[index].root.classList.toggle('bad', index > 2 && value > 0);
  });
}

function options(id, now, direction) {
  const names = now.ports.filter(p => p.direction === direction).map(p => p.name);
  const list = byId(id);
  if (list.dataset.key !== JSON.stringify(names)) {
    list.dataset.key = JSON.stringify(names);
    list.replaceChildren(...names.map(value => element('option', {value})));
  }
}

function list(name, rows, items) {
  const words = document.querySelector('[data-find=' + name + ']').value;
  const shown = rows.show(items, words);
  document.querySelector('#' + name + ' .find').hidden = items.length < FEW && !words;
  setText(document.querySelector('#' + name + ' .count'), shown === items.length ? items.length : shown + ' of ' + items.length);
}

function show() {
  const now = last;
  setBadge(byId('health'), now.ready ? '● running' : '○ not ready', now.ready ? 'good' : 'warn');
  glance(now);
  options('sources', now, 'source');
  options('destinations', now, 'destination');
  list('connections', connections, now.connections);
  list('ports', ports, now.ports);
  list('devices', devices, devicesOf(now));
  list('drivers', drivers, now.drivers);
  list('sessions', sessions, now.sessions.map(name => ({name, ports: now.ports.filter(p => p.owner === name).length})));
  facts(byId('counters'), Object.entries(now.counters).map(([key, value]) => [key, number.format(value)]));
  facts(byId('drops'), Object.entries(now.drops).map(([key, value]) => [key, number.format(value), value ? 'bad' : '']));
  document.body.dataset.looked = String(now.timeMs);
}

let looking = null;

async function look() {
  if (looking) return;
  looking = new AbortController();
  const timer = setTimeout(() => looking.abort(), SLOW_MS);
  try {
    const now = await state(looking.signal);
    before = last;
    last = now;
    show();
  } catch (error) {
    setBadge(byId('health'), '✕ no answer', 'bad');
    byId('health').title = error.message;
  } finally {
    clearTimeout(timer);
    looking = null;
  }
}

byId('connect').addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target.elements;
  run(() => act({do: 'connect', source: form.source.value.trim(), destination: form.destination.value.trim(),
    filter: form.filter.value.trim(), loops: form.loops.checked}));
});

byId('upload').addEventListener('submit', event => {
  event.preventDefault();
  const file = event.target.elements.jar.files[0];
  if (file.size > last.maxUploadBytes) {
    say('expected a file of at most ' + number.format(last.maxUploadBytes) + ' bytes: file=' + file.name + ', bytes='
      + number.format(file.size), true);
    return;
  }
  const progress = byId('upload-progress');
  progress.hidden = false;
  run(() => upload(file, part => { progress.value = part; }).finally(() => { progress.hidden = true; }));
});

byId('panic').addEventListener('click', () => run(() => act({do: 'panic'})));
document.addEventListener('input', event => { if (event.target.dataset.find && last) show(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });

async function turn() {
  if (!document.hidden) await look();
  setTimeout(turn, LOOK_MS);
}
turn();
