import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type Scope, scopeOf, type View } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'

export interface OrderScope {
  units: readonly string[] | null
  grids: readonly string[] | null
  /** The raisers' own words are not for this reader. */
  masked: boolean
}

const SCOPES: { readonly [K in Scope['kind']]: (scope: Extract<Scope, { kind: K }>) => OrderScope } = {
  all: ({ masked }) => ({ units: null, grids: null, masked }),
  grids: ({ grids }) => ({ units: null, grids, masked: false }),
  units: ({ units }) => ({ units, grids: null, masked: true }),
  mine: () => ({ units: [], grids: null, masked: true }),
  public: () => ({ units: [], grids: null, masked: true }),
}

/** Which orders of a community a list holds for this reader: as with the issues they belong to. */
export const orderScope = (actor: Actor, tree: RegionTree, communityCode: string): OrderScope => {
  const scope = scopeOf(actor, tree, communityCode, false)
  return SCOPES[scope.kind](scope as never)
}

/** Work orders are the office's own papers: a neighbour who may read the matter may still not read these. */
export const assertMayReadOrders = (view: View): void => {
  if (view === 'public' || view === 'raiser') throw new AppError('forbidden')
}
