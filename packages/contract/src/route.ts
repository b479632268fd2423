import type * as z from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A response that is not JSON: a file, a table, a picture. */
export interface MediaResponse {
  mediaType: string
}

/** One file in a multipart request; its other fields are described by `body`. */
export interface Upload {
  field: string
  mediaTypes: readonly string[]
  maxBytes: number
}

/**
 * One operation of the API: the server, the client and the OpenAPI document all read this object and nothing else.
 * `path` is written the router's way (`/v1/issues/:id`).
 */
export interface RouteContract {
  operationId: string
  method: Method
  path: string
  /** One line, Chinese. */
  summary: string
  description?: string
  /** Chinese heading the operation stands under in the reference. */
  tag: string
  permission: Permission
  params?: z.core.$ZodObject
  query?: z.core.$ZodObject
  body?: z.core.$ZodType
  upload?: Upload
  /** The first 2xx entry is what a handler's plain return value is sent as; null means no body. */
  responses: { readonly [status: number]: z.core.$ZodType | MediaResponse | null }
  /** Writes take an `Idempotency-Key` unless this is false (sign-in: its answer holds secrets that must not be stored). */
  idempotency?: boolean
  /** Nobody is asked who they are, even when signed in. Only with `idempotency: false` and a permission for anyone. */
  anonymous?: true
  /** No line in the log tells that somebody called. */
  unlogged?: true
  /** A write that names the version it saw in `If-Match`. */
  ifMatch?: boolean
  /** Error codes beyond those every route of its kind may answer. */
  errors?: readonly ErrorCode[]
}

export const route = <const R extends RouteContract>(contract: R): R => contract

/** A non-JSON response in a route's `responses`. */
export const media = (mediaType: string): MediaResponse => ({ mediaType })

export const isMedia = (response: z.core.$ZodType | MediaResponse | null): response is MediaResponse =>
  response !== null && 'mediaType' in response

/** Whether the server opens a transaction for this route. */
export const isWrite = (contract: RouteContract): boolean => contract.method !== 'GET'

export const takesIdempotencyKey = (contract: RouteContract): boolean =>
  isWrite(contract) && contract.idempotency !== false

/** The status a handler's plain return value is sent with. */
export function successStatus(contract: RouteContract): number {
  for (const status of Object.keys(contract.responses)) if (status.startsWith('2')) return Number(status)
  throw new Error(`${contract.operationId} declares no 2xx response`)
}

type Output<S, Otherwise> = S extends z.core.$ZodType ? z.output<S> : Otherwise
type Input<S, Otherwise> = S extends z.core.$ZodType ? z.input<S> : Otherwise

/** What a handler receives, after validation. */
export type Params<R extends RouteContract> = Output<R['params'], Record<string, never>>
export type Query<R extends RouteContract> = Output<R['query'], Record<string, never>>
export type Body<R extends RouteContract> = Output<R['body'], undefined>

/** What a caller sends. */
export type ParamsInput<R extends RouteContract> = Input<R['params'], undefined>
export type QueryInput<R extends RouteContract> = Input<R['query'], undefined>
export type BodyInput<R extends RouteContract> = Input<R['body'], undefined>

type SuccessKey<R extends RouteContract> = {
  [K in keyof R['responses']]: K extends number ? (`${K}` extends `2${string}` ? K : never) : never
}[keyof R['responses']]

type ResponseValue<S> = S extends z.core.$ZodType ? z.output<S> : S extends null ? undefined : unknown

/** The body of a successful answer; `undefined` where there is none. */
export type Success<R extends RouteContract> = ResponseValue<R['responses'][SuccessKey<R>]>
