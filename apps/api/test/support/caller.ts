import { randomUUID } from 'node:crypto'
import {
  type CallInput,
  callUrl,
  type Problem,
  type RouteContract,
  type Success,
  takesIdempotencyKey,
} from '@tongxin/contract'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

export interface Reply<T> {
  status: number
  /** The body of a success; of a problem, read `problem`. */
  body: T
  problem: Problem
  headers: LightMyRequestResponse['headers']
  text: string
}

export interface Caller {
  personId: string | null
  token: string | null
  /** One call of a contract route, as this person; input is as the wire has it. */
  call<R extends RouteContract>(contract: R, input?: LooseInput<R>): Promise<Reply<Success<R>>>
  /** A raw request, for what the contract does not let one say. */
  inject(request: RawRequest): Promise<LightMyRequestResponse>
}

export interface RawRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer | object
}

/** Tests may leave out and get wrong whatever they want to. */
export type LooseInput<R extends RouteContract> = Partial<Pick<CallInput<R>, 'params' | 'query' | 'body'>> & {
  ifMatch?: number | string
  idempotencyKey?: string | null
  file?: { name: string; type: string; bytes: Uint8Array }
  headers?: Record<string, string>
}

export function createCaller(app: FastifyInstance, personId: string | null, token: string | null): Caller {
  const inject = ({ method, url, headers, payload }: RawRequest) =>
    app.inject({ method, url, payload, headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } })

  return {
    personId,
    token,
    inject,
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
      const response = await inject({ method: contract.method, url, headers, payload })
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
