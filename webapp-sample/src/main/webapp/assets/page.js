// Copyright 2026 The Portcullis Authors
// SPDX-License-Identifier: Apache-2.0

// The page is an OAuth client in the browser: it gets tokens from the authorization server,
// calls the API with them and shows both sides of every call.

const element = (id) => document.getElementById(id);
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

const CACHE_SECONDS = 5; // cache.token-time-to-live in portcullis.properties
const demo = await (await fetch('demo/server')).json();

// ---------------------------------------------------------------- the scenarios

const scenarios = [
  {
    name: 'No token', hint: 'GET /api/orders', expect: 401,
    run: () => call('GET', '/api/orders'),
  },
  {
    name: 'Good token', hint: 'opaque, scope orders:read', expect: 200,
    run: async () => call('GET', '/api/orders', await token('demo', 'orders:read')),
  },
  {
    name: 'Who am I?', hint: 'what the application learns, from a JWT', expect: 200,
    run: async () => call('GET', '/api/me', await token('demo-jwt', 'orders:read')),
  },
  {
    name: 'Place an order', hint: 'POST, scope orders:write', expect: 201,
    run: async () => call('POST', '/api/orders', await token('demo', 'orders:write'), order()),
  },
  {
    name: 'Wrong scope', hint: 'POST with orders:read only', expect: 403,
    run: async () => call('POST', '/api/orders', await token('demo', 'orders:read'), order()),
  },
  {
    name: 'Token for another API', hint: 'same server, other audience', expect: 401,
    run: async () => call('GET', '/api/orders', await token('demo-billing', 'orders:read')),
  },
  {
    name: 'Garbage token', hint: 'nobody issued it', expect: 401,
    run: () => call('GET', '/api/orders', 'garbage-' + crypto.randomUUID()),
  },
  {
    name: 'Malformed header', hint: 'two tokens in one header', expect: 400,
    run: () => call('GET', '/api/orders', 'one two'),
  },
  {
    name: 'Revoked token', hint: 'good, revoked, refused', expect: 401,
    run: async () => {
      const revoked = await token('demo', 'orders:read');
      await call('GET', '/api/orders', revoked);
      await revoke('demo', revoked);
      await countdown(CACHE_SECONDS + 1, 'Revoked. The filter remembers the good answer for up to '
        + CACHE_SECONDS + ' seconds; calling again in');
      await call('GET', '/api/orders', revoked);
    },
  },
  {
    name: 'Expired token', hint: 'lives for ten seconds', expect: 401,
    run: async () => {
      const brief = await token('demo-short', 'orders:read');
      await call('GET', '/api/orders', brief);
      await countdown(11, 'Good so far. Waiting for it to expire:');
      await call('GET', '/api/orders', brief);
    },
  },
  {
    id: 'bound-token', name: 'Bound token', hint: 'DPoP: a key, a proof, a nonce', expect: 200,
    run: async () => callWithProof(await boundToken()),
  },
  {
    id: 'replayed-proof', name: 'Replayed proof', hint: 'the same proof twice', expect: 401,
    run: async () => {
      const bound = await boundToken();
      await send(bound, await callWithProof(bound));
    },
  },
  {
    id: 'stolen-token', name: 'Stolen bound token', hint: 'as a bearer token', expect: 401,
    run: async () => call('GET', '/api/orders', (await boundToken()).value),
  },
  {
    id: 'foreign-key', name: 'Proof by another key', hint: 'of the thief’s own', expect: 401,
    run: async () => callWithProof({ ...await boundToken(), keys: await newKeys() }),
  },
  {
    name: 'Authorization server stopped', hint: 'for about 20 seconds', expect: 503, needsOutage: true,
    run: async () => {
      await exchange('POST', '/demo/server', { title: 'Stop the authorization server' });
      await call('GET', '/api/orders', 'any-' + crypto.randomUUID());
      say('Nobody can say what a token is worth, so the filter answers 503, and says when to try '
        + 'again. The server comes back in about 20 seconds; the application needs no restart.');
    },
  },
];

const order = () => new URLSearchParams({ item: 'Winch', quantity: '1' });

// ---------------------------------------------------------------- requests

async function token(client, scope) {
  const answer = await askAuthorizationServer('/oauth2/token', client, 'Get a token',
    { grant_type: 'client_credentials', scope });
  if (!answer?.access_token) throw new Error('The authorization server gave no token.');
  return answer.access_token;
}

const revoke = (client, revoked) =>
  askAuthorizationServer('/oauth2/revoke', client, 'Revoke the token', { token: revoked });

const askAuthorizationServer = (path, client, title, form, dpop) =>
  exchange('POST', demo.authorizationServer + path, {
    title,
    authorization: 'Basic ' + btoa(client + ':' + client + '-secret'),
    shown: 'Basic ' + client + ':' + client + '-secret (in Base64)',
    form: new URLSearchParams(form),
    dpop,
  });

const call = (method, path, accessToken, form) =>
  exchange(method, path, {
    title: 'Call the API',
    authorization: accessToken && 'Bearer ' + accessToken,
    shown: accessToken && 'Bearer ' + shorten(accessToken),
    form,
  });

// ---------------------------------------------------------------- DPoP (RFC 9449)

const P_256 = { name: 'ECDSA', namedCurve: 'P-256' };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };
let nonce; // the latest that the API has sent

/** The private key cannot leave the browser, not even to this script. */
const newKeys = () => crypto.subtle.generateKey(P_256, false, ['sign']);

/** A token, and the keys that it is bound to. */
async function boundToken() {
  const keys = await newKeys();
  const path = '/oauth2/token';
  const answer = await askAuthorizationServer(path, 'demo', 'Get a token bound to a new key',
    { grant_type: 'client_credentials', scope: 'orders:read' },
    await proof(keys, { htm: 'POST', htu: demo.authorizationServer + path }));
  if (answer?.token_type !== 'DPoP') throw new Error('The authorization server bound no token.');
  return { value: answer.access_token, keys };
}

/** Calls with a proof, and once more if a nonce is wanted in it; gives the proof sent last. */
async function callWithProof(token) {
  const before = nonce;
  const first = await callProof(token);
  if (!(await send(token, first)) || nonce === before) return first;
  const second = await callProof(token);
  await send(token, second);
  return second;
}

const callProof = async ({ value, keys }) =>
  proof(keys, { htm: 'GET', htu: location.origin + '/api/orders', ath: await digest(value), nonce });

/** Whether the answer asks for a nonce. */
async function send({ value }, dpop) {
  let challenge;
  await exchange('GET', '/api/orders', {
    title: 'Call the API with a proof',
    authorization: 'DPoP ' + value,
    shown: 'DPoP ' + shorten(value),
    dpop,
    received: (headers) => {
      nonce = headers.get('DPoP-Nonce') ?? nonce;
      challenge = headers.get('WWW-Authenticate');
    },
  });
  return /error="use_dpop_nonce"/.test(challenge);
}

/** A JWT with the public key in its header, signed with the private key. */
async function proof({ privateKey, publicKey }, claims) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } };
  const payload = { jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims };
  const input = [header, payload].map((part) => base64(utf8(JSON.stringify(part)))).join('.');
  return input + '.' + base64(await crypto.subtle.sign(ES256, privateKey, utf8(input)));
}

const utf8 = (text) => new TextEncoder().encode(text);
const digest = async (text) => base64(await crypto.subtle.digest('SHA-256', utf8(text)));
const base64 = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const claimsOf = (jwt) =>
  JSON.parse(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));

// ---------------------------------------------------------------- one exchange

/** Sends one request, shows both sides, gives the body of the answer. */
async function exchange(method, url, { title, authorization, shown, form, dpop, received: look }) {
  const sent = [`${method} ${url}`];
  if (shown) sent.push(`Authorization: ${shown}`);
  if (dpop) {
    sent.push(`DPoP: ${shorten(dpop)}`, '', 'The claims of the proof:',
      JSON.stringify(claimsOf(dpop), null, 2));
  }
  if (form) sent.push('', [...form].map(([name, value]) => `${name}=${shorten(value)}`).join('&'));
  let response;
  try {
    response = await fetch(url, {
      method, body: form, cache: 'no-store', credentials: 'omit',
      headers: { ...authorization && { Authorization: authorization }, ...dpop && { DPoP: dpop } },
    });
  } catch {
    show(title, sent, 'no answer', ['Nobody listens there.']);
    throw new Error('No answer from ' + url + '. Is it stopped?');
  }
  look?.(response.headers);
  const text = (await response.text()).trim();
  const received = [`${response.status} ${response.statusText}`];
  for (const [name, value] of response.headers) received.push(`${name}: ${value}`);
  const json = parse(text);
  received.push('', json ? JSON.stringify(json, shortenMember, 2) : text || '(no body)');
  show(title, sent, response.status, received);
  return json;
}

function parse(text) {
  try { return JSON.parse(text); } catch { return undefined; }
}

const shorten = (text) => (text.length > 44 ? text.slice(0, 40) + '…' : text);
const shortenMember = (name, value) => (name === 'access_token' ? shorten(value) : value);

// ---------------------------------------------------------------- the page

function say(text) {
  element('progress').textContent = text;
}

async function countdown(seconds, text) {
  for (let left = seconds; left > 0; left--) {
    say(`${text} ${left} s.`);
    await sleep(1);
  }
}

function create(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function badge(status) {
  const kind = status < 300 ? 'good' : status >= 500 ? 'warn' : 'bad';
  return create('span', { className: 'status ' + kind, textContent: status });
}

const NOTABLE = /^(www-authenticate|retry-after|dpop-nonce):/;

function lines(texts) {
  const pre = create('pre');
  for (const text of texts) {
    pre.append(NOTABLE.test(text) ? create('mark', { textContent: text }) : text, '\n');
  }
  return pre;
}

function show(title, sent, status, received) {
  element('exchanges').querySelector('.empty')?.remove();
  element('exchanges').prepend(create('article', { className: 'exchange' },
    create('h3', {}, title, badge(status)),
    create('div', { className: 'halves' }, lines(sent), lines(received))));
}

async function play(scenario) {
  const buttons = element('scenarios').querySelectorAll('button');
  buttons.forEach((button) => { button.disabled = true; });
  say(scenario.name + ' …');
  try {
    await scenario.run();
    if (!scenario.needsOutage) say(scenario.name + ': done. The last answer is on top.');
  } catch (problem) {
    say(problem.message);
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
    buttons[scenarios.indexOf(scenario)]?.focus({ preventScroll: true });
  }
}

// ---------------------------------------------------------------- the audit trail

const MAX_ROWS = 200;

async function followAudit() {
  let next = '0';
  for (;;) {
    try {
      const response = await fetch('demo/audit?from=' + next, { cache: 'no-store' });
      next = response.headers.get('Audit-Next');
      (await response.text()).split('\n').map(parse).filter(Boolean).forEach(addEntry);
    } catch {
      // The sample is not there at the moment; the next round may find it again.
    }
    await sleep(1);
  }
}

function addEntry(entry) {
  const isRequest = entry.event === 'request';
  const cell = (content, className = '') => create('td', { className }, content ?? '');
  const row = create('tr', { className: isRequest ? '' : 'inner' },
    cell(entry.time?.slice(11, 23)),
    cell(entry.event),
    cell(entry.method ? `${entry.method} ${entry.requestUri}` : entry.kind),
    cell(entry.responseCode ? badge(entry.responseCode) : ''),
    cell(entry.outcome),
    cell(entry.failedRuleType),
    cell(entry.clientId),
    cell(isRequest ? entry.tokenSource : entry.targetHost),
    cell(entry.roundTripMS === undefined ? '' : String(entry.roundTripMS), 'number'),
    cell(entryButton(entry)));
  element('entries').prepend(row);
  while (element('entries').rows.length > MAX_ROWS) element('entries').lastElementChild.remove();
}

/** Opens and closes a row below with the whole entry. */
function entryButton(entry) {
  const button = create('button', { type: 'button', className: 'plain', textContent: 'JSON' });
  const whole = create('tr', { className: 'whole' },
    create('td', { colSpan: 10 }, create('pre', { textContent: JSON.stringify(entry, null, 2) })));
  button.ariaExpanded = 'false';
  button.onclick = () => {
    const open = button.ariaExpanded !== 'true';
    button.ariaExpanded = String(open);
    if (open) button.closest('tr').after(whole); else whole.remove();
  };
  return button;
}

// ---------------------------------------------------------------- start

element('server').textContent = demo.authorizationServer;
for (const scenario of scenarios.filter((one) => !one.needsOutage || demo.canBeStopped)) {
  const button = create('button', { type: 'button', onclick: () => play(scenario) },
    create('strong', { textContent: scenario.name }),
    create('small', { textContent: scenario.hint }),
    badge(scenario.expect));
  element('scenarios').append(create('li', {}, button));
}
followAudit();

// An address such as /#bound-token,replayed-proof plays those scenarios at once.
for (const id of location.hash.slice(1).split(',')) {
  const scenario = scenarios.find((one) => one.id && one.id === id);
  if (scenario) await play(scenario);
}
document.body.dataset.played = location.hash;
