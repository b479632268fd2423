import { setTimeout } from 'node:timers/promises'
import {
  allows,
  type Body,
  isMedia,
  isWrite,
  type Params,
  type Query,
  type RouteContract,
  type Success,
  successStatus,
  takesIdempotencyKey,
} from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { type Db, inTransaction, send, type Tx } from '../db/connect.ts'
import { databaseError } from '../db/constraints.ts'
import type { Deps } from '../deps.ts'
import { type Actor, NOBODY } from './actor.ts'
import { Answer } from './answer.ts'
import { clientActing } from './client-access.ts'
import { AppError } from './errors.ts'
import { holdActor } from './hold-actor.ts'
import { claimKey, readIdempotencyKey, requestHash, type StoredAnswer, storeAnswer } from './idempotency.ts'
import { writersOf } from './serializer.ts'
import { readUpload, type UploadedFile } from './upload.ts'
import { parseIfMatch, validate } from './validation.ts'

interface Context<R extends RouteContract> {
  params: Params<R>
  query: Query<R>
  body: Body<R>
  actor: Actor
  request: FastifyRequest
  reply: FastifyReply
}

export interface ReadContext<R extends RouteContract> extends Context<R> {
  db: Db
}

export interface WriteContext<R extends RouteContract> extends Context<R> {
  tx: Tx
  /** The version the caller saw, from `If-Match`; on routes that ask for it. */
  version: number
  /** The file of a multipart request; on routes with `upload`. */
  file: UploadedFile
  /** Runs once the transaction has committed; never when it rolled back. */
  afterCommit(effect: () => void): void
  /** After the commit, this process forgets what it knew of the person's sessions and grants. */
  accessChanged(personId: string): void
}

/** For writes that arrange their own transactions, because part of what they record must outlive a refusal. */
export interface UntransactedContext<R extends RouteContract> extends Context<R> {
  db: Db
  /** The file of a multipart request; on routes with `upload`. */
  file: UploadedFile
}

/** The handler's context by kind of route: a read gets `db`, a write gets `tx`. */
export type RouteContext<R extends RouteContract> = R['method'] extends 'GET' ? ReadContext<R> : WriteContext<R>

/**
 * Returns the body of the route's success, an `answer(body, { version, location, status })`, or for media routes the
 * `reply` already sent, a Buffer or a stream.
 */
export type Handler<R extends RouteContract> = (
  context: RouteContext<R>,
) => Promise<Success<R> | Answer<Success<R>> | FastifyReply> | Success<R> | Answer<Success<R>>

const JSON_TYPE = 'application/json; charset=utf-8'
const RETRIES = 3

/** Concurrent transactions that got in each other's way; nothing of them remains, so running again is safe. */
const isCollision = (error: unknown) => {
  const code = databaseError(error)?.code
  return code === '40P01' || code === '40001'
}

/**
 * Puts a contract route on the app: permission, validation, for writes one transaction with its idempotency key, and
 * an answer that holds nothing but what the contract names. Everything that can be prepared is, once, here.
 */
export function serve<const R extends RouteContract>(
  app: FastifyInstance,
  deps: Deps,
  contract: R,
  handler: Handler<R>,
): void {
  put(app, deps, contract, handler as never, isWrite(contract) ? 'write' : 'read')
}

const isStream = ({ responses }: RouteContract) =>
  Object.values(responses).some((response) => isMedia(response) && response.mediaType === 'text/event-stream')

function put(
  app: FastifyInstance,
  deps: Deps,
  contract: RouteContract,
  handler: Handler<RouteContract>,
  kind: 'read' | 'write' | 'untransacted',
): void {
  const run = handler as unknown as (context: unknown) => Promise<unknown>
  const { params: paramsSchema, query: querySchema, body: bodySchema } = contract
  const success = successStatus(contract)
  const sendsItself = isMedia(contract.responses[success] ?? null)

  const admit = (request: FastifyRequest) => {
    const { client } = request.actor
    if (client) {
      request.actor = clientActing(request.actor, client, contract.permission)
      return
    }
    if (allows(contract.permission, request.actor.roles)) return
    throw new AppError(request.actor.personId === null ? 'unauthenticated' : 'forbidden')
  }

  const readInput = (request: FastifyRequest) => ({
    params: paramsSchema ? validate(paramsSchema, request.params, 'params') : {},
    query: querySchema ? validate(querySchema, request.query, 'query') : {},
    body: undefined as unknown,
  })

  const statusOf = (result: unknown) => (result instanceof Answer ? (result.status ?? success) : success)
  const bodyOf = (result: unknown) => (result instanceof Answer ? result.body : result)

  const write = (status: number, body: unknown): string | null => {
    const writer = writersOf(contract).get(status)
    return writer ? writer(body) : null
  }

  const read: RouteHandlerMethod = async (request, reply) => {
    const input = readInput(request)
    let file: UploadedFile | undefined
    if (contract.upload) {
      const upload = await readUpload(request, contract.upload)
      file = upload.file
      if (bodySchema) input.body = validate(bodySchema, upload.fields, 'body')
    } else if (bodySchema) {
      if (request.isMultipart()) throw new AppError('unsupported_media_type')
      input.body = validate(bodySchema, request.body ?? {}, 'body')
    }
    const result = await run({ ...input, actor: request.actor, db: deps.db, file, request, reply })
    // Awaiting a reply yields nothing, once it is sent or its reader has left: Fastify makes it a thenable.
    if (result === reply || reply.sent || (result === undefined && sendsItself)) return reply
    const status = statusOf(result)
    // No 304 by the version: what a reader sees and may do also hangs on who reads, on the time and on other records.
    if (result instanceof Answer) reply.headers(result.headers)
    const text = write(status, bodyOf(result))
    reply.code(status)
    if (text === null) return reply.send(bodyOf(result) ?? undefined)
    reply.header('content-type', JSON_TYPE)
    return reply.send(text)
  }

  const change: RouteHandlerMethod = async (request, reply) => {
    const { actor } = request
    const key = takesIdempotencyKey(contract) ? readIdempotencyKey(request.headers['idempotency-key']) : null
    const input = readInput(request)
    let version: number | undefined
    if (contract.ifMatch) {
      const seen = parseIfMatch(request.headers['if-match'])
      if (seen === 'missing') throw new AppError('precondition_required')
      if (seen === 'unreadable') throw new AppError('stale_version')
      version = seen
    }
    let file: UploadedFile | undefined
    let raw: string | Buffer = request.rawBody ?? ''
    if (contract.upload) {
      const upload = await readUpload(request, contract.upload)
      file = upload.file
      raw = Buffer.concat([Buffer.from(JSON.stringify(upload.fields)), file.bytes])
      if (bodySchema) input.body = validate(bodySchema, upload.fields, 'body')
    } else if (bodySchema) {
      if (request.isMultipart()) throw new AppError('unsupported_media_type')
      input.body = validate(bodySchema, request.body ?? {}, 'body')
    }
    const scope = actor.personId ?? 'anonymous'
    const claim = key && {
      scope,
      key,
      requestHash: requestHash(request.method, `${request.url} ${version ?? ''}`, raw),
      now: deps.clock.now(),
    }

    const attempt = async () => {
      const effects: (() => void)[] = []
      const afterCommit = (effect: () => void) => void effects.push(effect)
      const accessChanged = (personId: string) => afterCommit(() => app.access.forget(personId))
      const outcome = await inTransaction(deps.pool, async (tx) => {
        const [before] = await Promise.all([claim && claimKey(tx, claim), holdActor(tx, actor)])
        if (before) return { stored: before, replayed: true }
        const context = { ...input, actor, tx, version, file, afterCommit, accessChanged, request, reply }
        const result = await run(context)
        const status = statusOf(result)
        const stored: StoredAnswer = {
          status,
          headers: result instanceof Answer ? result.headers : {},
          body: write(status, bodyOf(result)),
        }
        if (claim) send(tx, storeAnswer(tx, scope, claim.key, stored))
        return { stored, replayed: false }
      })
      for (const effect of effects) effect()
      return outcome
    }

    const { stored, replayed } = await retrying(attempt)
    reply.code(stored.status).headers(stored.headers)
    if (replayed) reply.header('idempotency-replayed', 'true')
    if (stored.body === null) return reply.send()
    reply.header('content-type', JSON_TYPE)
    return reply.send(stored.body)
  }

  app.route({
    method: contract.method,
    url: contract.path,
    config: { contract },
    // HEAD would run the handler and leave its stream running for nobody.
    exposeHeadRoute: !isStream(contract),
    onRequest: async (request) => {
      if (contract.anonymous) request.actor = NOBODY
      const actor = contract.anonymous ? undefined : request.authenticate()
      if (actor) await actor
      admit(request)
    },
    handler: kind === 'write' ? change : read,
  })
}

/**
 * As `serve`, without the transaction: for routes with `idempotency: false` whose failures leave a trace (a wrong
 * password counts) or that must not hold a connection while they compute.
 */
export function serveUntransacted<const R extends RouteContract & { idempotency: false }>(
  app: FastifyInstance,
  deps: Deps,
  contract: R,
  handler: (context: UntransactedContext<R>) => Promise<Success<R> | Answer<Success<R>>>,
): void {
  put(app, deps, contract, handler as never, 'untransacted')
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === RETRIES || !isCollision(error)) throw error
      // Apart by chance, or they would meet again.
      await setTimeout(Math.random() * 20 * tries)
    }
  }
}
