import { intakeRoutes, makePublicId } from '@tongxin/contract'
import { MERGEABLE, type State } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { placeIn, type Scope, scopeOf, titleIn, whereOf } from '../issues/index.ts'
import { findPersonByPhoneHash, maskedName, maskedPhone, maySee } from '../people/index.ts'
import { listRaisedBy } from './raiser.queries.ts'
import { readPasted } from './read-pasted.ts'
import { listSimilar } from './similar.queries.ts'

const YEAR_MS = 365 * 86_400_000
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** What stands beside the form in which staff raise a matter for somebody. Nothing of it is kept. */
export function serveIntake(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  /** @throws AppError forbidden for who does not work for this community */
  const at = async (actor: Actor, community: string) => {
    const tree = await directory.regions.tree()
    const scope = scopeOf(actor, tree, community, false)
    if ((scope.kind !== 'all' || scope.masked) && scope.kind !== 'grids') throw new AppError('forbidden')
    const now = clock.now()
    return { tree, scope, now, where: whereOf({ community }, scope, now) }
  }
  const matterOf = (
    community: string,
    scope: Scope,
    row: {
      id: string
      number: string
      title: string | null
      publicTitle: string | null
      state: string
      raisedAt: string
    },
  ) => ({
    id: makePublicId(community, row.id),
    number: row.number,
    title: titleIn(scope, row),
    state: row.state as State,
    raisedAt: row.raisedAt,
  })

  serve(app, deps, intakeRoutes.readPastedMessages, ({ body }) => {
    const { matters, asides } = readPasted(body.text, clock.now())
    return {
      matters: matters.map((matter) => ({ ...matter, saidAt: iso(matter.saidAt) })),
      asides: asides.map((aside) => ({ ...aside, saidAt: iso(aside.saidAt) })),
    }
  })

  serve(app, deps, intakeRoutes.findSimilarMatters, async ({ tx, actor, body }) => {
    const { community, title, body: text, regionCode, categoryCode = null } = body
    const { tree, scope, now, where } = await at(actor, community)
    const place = placeIn(tree, community, regionCode)
    const rows = await listSimilar(tx, where, { title, body: text, ...place, categoryCode }, now)
    return {
      items: rows.map((row) => ({
        ...matterOf(community, scope, row),
        place: row.building ? ('building' as const) : row.grid ? ('grid' as const) : null,
        sameCategory: row.category,
        takesMore: MERGEABLE.has(row.state as State),
      })),
    }
  })

  serve(app, deps, intakeRoutes.findRaiserHistory, async ({ tx, actor, body: { community, phone } }) => {
    const { tree, scope, now, where } = await at(actor, community)
    const person = await findPersonByPhoneHash(tx, cipher.keyedHash(phone))
    const rows = person ? await listRaisedBy(tx, where, person.id, new Date(now.getTime() - YEAR_MS)) : []
    // Somebody of elsewhere is known here by what they raised here.
    const known = person && (maySee(tree, actor, person) || rows.length > 0)
    return {
      person: known
        ? { name: maskedName(cipher, person), phone: maskedPhone(cipher, person), level: person.level }
        : null,
      openCount: rows[0]?.openCount ?? 0,
      count: rows[0]?.count ?? 0,
      items: rows.map((row) => ({ ...matterOf(community, scope, row), open: row.open, contactedAt: row.contactedAt })),
    }
  })
}
