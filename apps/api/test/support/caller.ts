import { randomUUID } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import {
  type CallInput,
  callUrl,
  type Problem,
  type RouteContract,
  type Success,
  takesIdempotencyKey,
} from '@tongxin/contract'

export interface Reply<T> {
  status: number
  /** The body of a success; of a problem, read `problem`. */
  body: T
  problem: Problem
  headers: IncomingHttpHeaders
  text: string
}

export interface Caller {
  personId: string | null
  token: string | null
  /** One call of a contract route, as this person; input is as the wire has it. */
  call<R extends RouteContract>(contract: R, input?: LooseInput<R>): Promise<Reply<Success<R>>>
  /** A raw request, for what the contract does not let one say. */
  send(request: RawRequest): Promise<RawReply>
}

export interface RawRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer | object
}

export interface RawReply {
  statusCode: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: what a raw reply holds is the test's to say
  json(): any
}

const connections = new Agent({ keepAlive: true })

/** One request over the wire; rejects when the connection ends before the answer does. */
function exchange(base: string, { method, url, headers = {}, payload }: RawRequest): Promise<RawReply> {
  const isPlain = payload === undefined || typeof payload === 'string' || Buffer.isBuffer(payload)
  const bytes = isPlain ? Buffer.from(payload ?? '') : Buffer.from(JSON.stringify(payload))
  const type = isPlain ? {} : { 'content-type': 'application/json' }
  const length = payload === undefined ? {} : { 'content-length': bytes.length }
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base)
    // The address goes out as the test wrote it, not as a URL parser would mend it.
    const target = {
      hostname,
      port,
      path: url,
      method,
      agent: connections,
      headers: { ...type, ...length, ...headers },
    }
    const sending = request(target, (response) => {
      const { statusCode = 0, headers: answered } = response
      buffer(response).then((got) => {
        const body = got.toString('utf8')
        resolve({ statusCode, headers: answered, bytes: got, body, json: () => JSON.parse(body) })
      }, reject)
    })
    sending.on('error', reject)
    sending.end(bytes)
  })
}

/** Tests may leave out and get wrong whatever they want to. */
export type LooseInput<R extends RouteContract> = Partial<Pick<CallInput<R>, 'params' | 'query' | 'body'>> & {
  ifMatch?: number | string
  idempotencyKey?: string | null
  file?: { name: string; type: string; bytes: Uint8Array }
  headers?: Record<string, string>
}

/** Calls the service at `base`, over HTTP. */
export function createCaller(base: string, personId: string | null, token: string | null): Caller {
  const send = ({ headers, ...asked }: RawRequest) =>
    exchange(base, { ...asked, headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } })

  return {
    personId,
    token,
    send,
    call: async (contract, input = {}) => {
      const headers: Record<string, string> = { ...input.headers }
      const key = input.idempotencyKey === undefined ? randomUUID() : input.idempotencyKey
      if (takesIdempotencyKey(contract) && key !== null) headers['idempotency-key'] = key
      if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`
      const url = callUrl(contract.path, input.params ?? {}, input.query ?? {})
      let payload: string | Buffer | undefined
      if (input.file && contract.upload) {
        const form = new FormData()
        for (const [name, value] of Object.entries((input.body ?? {}) as object)) form.append(name, String(value))
        const { name, type, bytes } = input.file
        form.append(contract.upload.field, new Blob([Uint8Array.from(bytes)], { type }), name)
        const encoded = new Response(form)
        headers['content-type'] = encoded.headers.get('content-type') as string
        payload = Buffer.from(await encoded.arrayBuffer())
      } else if (input.body !== undefined) {
        headers['content-type'] = 'application/json'
        payload = JSON.stringify(input.body)
      }
      const response = await send({ method: contract.method, url, headers, payload })
      const isJson = String(response.headers['content-type']).includes('json')
      const body = isJson && response.body !== '' ? JSON.parse(response.body) : undefined
      return {
        status: response.statusCode,
        body,
        problem: body as Problem,
        headers: response.headers,
        text: response.body,
      }
    },
  }
}
