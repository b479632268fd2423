import type { RouteContract, Routes } from '@tongxin/contract'
import { routeTable } from './route-table.ts'

/** A route as the client knows it at run time; its types come from the contract. */
export interface ClientRoute<R extends RouteContract = RouteContract> {
  readonly method: R['method']
  readonly path: string
  /** The call carries an `Idempotency-Key`. */
  readonly idempotent?: true
  /** The call carries neither token nor cookie. */
  readonly anonymous?: true
  /** The form field of the file. */
  readonly upload?: string
  /** The answer is a file. */
  readonly media?: true
  /** Only for the compiler. */
  readonly contract?: R
}

type ClientRoutes = {
  readonly [Feature in keyof Routes]: {
    readonly [Name in keyof Routes[Feature]]: Routes[Feature][Name] extends RouteContract
      ? ClientRoute<Routes[Feature][Name]>
      : never
  }
}

/** Every operation of the API, by feature. */
export const routes = routeTable as unknown as ClientRoutes
