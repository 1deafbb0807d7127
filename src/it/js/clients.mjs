// The clients of other people's making, and what they need around them: an authorization server
// that binds tokens to the key of a proof, and the way to the guarded application, all at one
// origin. It keeps nothing secret and is for tests only.
//
//   node clients.mjs PORT PORT_OF_THE_APPLICATION
//
// Copyright 2026 The Portcullis Authors
// SPDX-License-Identifier: Apache-2.0
import { createHash, randomUUID } from 'node:crypto'
import { createServer, request as httpRequest } from 'node:http'
import * as mcp from '@modelcontextprotocol/sdk/client/index.js'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import * as dpop from 'dpop'
import * as oauth from 'oauth4webapi'
import * as client6 from 'openid-client'
import { Issuer } from 'openid-client-5'

const [port, applicationPort] = process.argv.slice(2).map(Number)
const origin = `http://127.0.0.1:${port}`
const resource = `${origin}/app/dpop/echo`
const guarded = `${origin}/app/mcp/echo`
const wellKnown = '/.well-known/oauth-protected-resource'
const tokens = new Map()
const codes = new Map()
const metadata = {
  issuer: `https://127.0.0.1:${port}`,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'client_credentials'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
}

/** RFC 7638. */
function thumbprint(jwk) {
  const names = { EC: ['crv', 'kty', 'x', 'y'], OKP: ['crv', 'kty', 'x'], RSA: ['e', 'kty', 'n'] }
  const members = names[jwk.kty].map((name) => [name, jwk[name]])
  return createHash('sha256').update(JSON.stringify(Object.fromEntries(members))).digest('base64url')
}

function issue(proof, scope) {
  const token = randomUUID()
  const cnf = proof && { jkt: thumbprint(JSON.parse(Buffer.from(proof.split('.')[0], 'base64url')).jwk) }
  tokens.set(token, { active: true, client_id: 'js', scope, cnf })
  return { access_token: token, token_type: cnf ? 'DPoP' : 'Bearer', expires_in: 60, scope }
}

async function read(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

/** Passes a request on to the application; an MCP request that it lets pass is answered here. */
function forward(request, body, path, response) {
  const options = { host: '127.0.0.1', port: applicationPort, path, method: request.method, headers: request.headers }
  const onward = httpRequest(options, async (answer) => {
    const content = await read(answer)
    const isMcp = answer.statusCode === 200 && request.method === 'POST' && path.startsWith('/app/mcp/')
    if (isMcp) return answerMcp(JSON.parse(body), response)
    response.writeHead(answer.statusCode, answer.headers).end(content)
  })
  onward.end(body)
}

function answerMcp(message, response) {
  if (message.id === undefined) return response.writeHead(202).end()
  const result = {
    protocolVersion: message.params.protocolVersion,
    capabilities: {},
    serverInfo: { name: 'guarded', version: '1' },
  }
  json(response, { jsonrpc: '2.0', id: message.id, result })
}

function json(response, content) {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(content))
}

const runs = {
  async 'openid-client-5'(alg) {
    const issuer = new Issuer(metadata)
    const client = new issuer.Client({ client_id: 'js', client_secret: 's' })
    const { privateKey } = await dpop.generateKeyPair(alg, { extractable: true })
    const { KeyObject } = await import('node:crypto')
    const DPoP = KeyObject.from(privateKey)
    const set = await client.grant({ grant_type: 'client_credentials' }, { DPoP })
    const response = await client.requestResource(resource, set.access_token, { DPoP })
    return response.statusCode === 200 && response.body.toString()
  },
  async 'openid-client'(alg) {
    const config = new client6.Configuration(metadata, 'js', 's')
    client6.allowInsecureRequests(config)
    const DPoP = client6.getDPoPHandle(config, await client6.randomDPoPKeyPair(alg))
    const set = await client6.clientCredentialsGrant(config, {}, { DPoP })
    const response = await client6.fetchProtectedResource(
      config, set.access_token, new URL(resource), 'GET', undefined, undefined, { DPoP })
    return response.status === 200 && response.text()
  },
  async oauth4webapi(alg) {
    const client = { client_id: 'js' }
    const insecure = { [oauth.allowInsecureRequests]: true }
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(alg))
    const granted = await oauth.clientCredentialsGrantRequest(
      metadata, client, oauth.ClientSecretPost('s'), {}, { DPoP, ...insecure })
    const set = await oauth.processClientCredentialsResponse(metadata, client, granted)
    const ask = () => oauth.protectedResourceRequest(
      set.access_token, 'GET', new URL(resource), undefined, null, { DPoP, ...insecure })
    const response = await ask().catch((error) => {
      if (!oauth.isDPoPNonceError(error)) throw error
      return ask()
    })
    return response.status === 200 && response.text()
  },
  async dpop(alg) {
    const keys = await dpop.generateKeyPair(alg)
    const { access_token } = issue(await dpop.generateProof(keys, origin, 'POST'))
    const ask = async (nonce) => fetch(resource, {
      headers: {
        Authorization: `DPoP ${access_token}`,
        DPoP: await dpop.generateProof(keys, resource, 'GET', nonce, access_token),
      },
    })
    const first = await ask()
    const response = await ask(first.headers.get('DPoP-Nonce'))
    return response.status === 200 && response.text()
  },
  /** From nothing but the URL of the resource. The user agrees to what the client asks for. */
  async mcp() {
    let asked, verifier, saved
    const authProvider = {
      redirectUrl: `${origin}/callback`,
      clientMetadata: { redirect_uris: [`${origin}/callback`] },
      clientInformation: () => ({ client_id: 'js', client_secret: 's' }),
      redirectToAuthorization: (url) => { asked = url },
      saveCodeVerifier: (text) => { verifier = text },
      codeVerifier: () => verifier,
      saveTokens: (tokens) => { saved = tokens },
      tokens: () => saved,
    }
    // An issuer is https; TLS is not what is tried here.
    const plain = (url, init) => fetch(String(url).replace(metadata.issuer, origin), init)
    const transport = () => new StreamableHTTPClientTransport(new URL(guarded), { authProvider, fetch: plain })
    const first = transport()
    await new mcp.Client({ name: 'test', version: '1' }).connect(first).catch((error) => {
      if (!(error instanceof UnauthorizedError)) throw error
    })
    const scope = asked.searchParams.get('scope')
    codes.set('the code', scope)
    await first.finishAuth('the code')
    const client = new mcp.Client({ name: 'test', version: '1' })
    await client.connect(transport())
    const connected = `${client.getServerVersion().name} scope=${scope}`
    await client.close()
    return connected
  },
}

/** WebCrypto makes key and proofs, the second with the nonce of the first answer. */
const page = `<!doctype html><title>WebCrypto</title><p id="said">nothing</p><script>
const text = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const json = (value) => text(new TextEncoder().encode(JSON.stringify(value)))
async function run() {
  const keys = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey)
  async function proof(htm, htu, more) {
    const claims = { jti: crypto.randomUUID(), htm, htu, iat: Math.floor(Date.now() / 1000), ...more }
    const input = json({ typ: 'dpop+jwt', alg: 'EdDSA', jwk }) + '.' + json(claims)
    return input + '.' + text(await crypto.subtle.sign('Ed25519', keys.privateKey, new TextEncoder().encode(input)))
  }
  const granted = await fetch('/token', { method: 'POST', headers: { DPoP: await proof('POST', '${origin}/token') } })
  const token = (await granted.json()).access_token
  const ath = text(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)))
  const ask = async (nonce) => fetch('${resource}', {
    headers: { Authorization: 'DPoP ' + token, DPoP: await proof('GET', '${resource}', { ath, ...nonce }) } })
  const first = await ask()
  const second = await ask({ nonce: first.headers.get('DPoP-Nonce') })
  return 'jwk.alg=' + jwk.alg + ' ' + first.status + ' ' + second.status + ' ' + await second.text()
}
run().catch(String).then((said) => { document.getElementById('said').textContent = said })
</script>`

async function answer(request, response) {
  const body = await read(request)
  const url = new URL(request.url, origin)
  const form = new URLSearchParams(body.toString())
  const [, first, name, alg] = url.pathname.split('/')
  if (first === 'token') return json(response, issue(request.headers.dpop, codes.get(form.get('code'))))
  if (first === 'introspect') return json(response, tokens.get(form.get('token')) ?? { active: false })
  if (first === 'page') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(page)
  if (url.pathname.startsWith('/.well-known/oauth-authorization-server')) return json(response, metadata)
  if (url.pathname.startsWith(wellKnown)) return forward(request, body, '/app/mcp' + url.pathname, response)
  if (first === 'app') return forward(request, body, request.url, response)
  if (first === 'run') return response.end(String(await runs[name](alg).catch((error) => error.stack)))
  response.writeHead(404).end()
}

createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(error.stack))
}).listen(port, '127.0.0.1')
