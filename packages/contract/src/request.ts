import type { BodyInput, ParamsInput, QueryInput, RouteContract } from './route.ts'

/** What every operation's caller may say beside the route's own input. */
export interface CallOptions {
  /** The version of the record the caller saw. */
  ifMatch?: number
  idempotencyKey?: string
}

type Present<Name extends string, T> = undefined extends T ? { [K in Name]?: T } : { [K in Name]: T }
type Optionally<Name extends string, T> = object extends T ? { [K in Name]?: T } : Present<Name, T>

/** The input of one call, with the parts the route does not have left out. */
export type CallInput<R extends RouteContract> = Optionally<'params', ParamsInput<R>> &
  Optionally<'query', QueryInput<R>> &
  Optionally<'body', BodyInput<R>> &
  (R['ifMatch'] extends true ? { ifMatch: number } : { ifMatch?: undefined }) &
  (R['upload'] extends object ? { file: Blob; fileName?: string } : { file?: undefined; fileName?: undefined }) & {
    idempotencyKey?: string
    /** Gives the call up: it then failed as one that nobody heard. */
    signal?: AbortSignal
  }

type Scalar = string | number | boolean | null | undefined

/** The address of a call: parameters and query written in, `undefined` and null left out, lists repeated. */
export function callUrl(path: string, params: object = {}, query: object = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = (params as Record<string, Scalar>)[name]
    if (value === undefined || value === null || value === '') throw new TypeError(`${path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query as Record<string, Scalar | Scalar[]>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  const text = search.toString()
  return text ? `${filled}?${text}` : filled
}
