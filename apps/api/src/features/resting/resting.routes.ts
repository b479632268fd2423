import { makePublicId, restingRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { type Scope, scopeOf, titleIn } from '../issues/index.ts'
import { referralDue } from './referral-due.ts'
import {
  listReferredMatters,
  listSuspendedMatters,
  type ReferredRow,
  type RestingFilter,
  type SuspendedRow,
} from './resting.queries.ts'

interface Asked {
  community: string
  cursor?: string | undefined
  limit: number
}

const matterOf = (community: string, scope: Scope, row: SuspendedRow | ReferredRow) => ({
  issueId: makePublicId(community, row.id),
  issueNumber: row.issueNumber,
  issueTitle: titleIn(scope, row),
  since: row.since,
})

/** Matters for which nothing is due and which yet must not be forgotten. */
export function serveResting(app: FastifyInstance, deps: Deps): void {
  const { clock, directory } = deps

  /** @throws AppError forbidden for who has no part in this community's office */
  const asked = async (actor: Actor, { community, cursor, limit }: Asked) => {
    const scope = scopeOf(actor, await directory.regions.tree(), community, false)
    if (scope.kind !== 'all' && scope.kind !== 'grids') throw new AppError('forbidden')
    const filter: RestingFilter = {
      communityCode: community,
      grids: scope.kind === 'grids' ? scope.grids : null,
      after: decodeCursor(cursor, ['instant', 'uuid']),
      limit: limit + 1,
    }
    return { scope, filter }
  }

  serve(app, deps, restingRoutes.listSuspendedMatters, async ({ db, actor, query }) => {
    const { scope, filter } = await asked(actor, query)
    return pageOf(
      await listSuspendedMatters(db, filter),
      query.limit,
      (row) => [row.reviewAt, row.id],
      (row) => ({
        ...matterOf(query.community, scope, row),
        reason: row.reason,
        reviewAt: row.reviewAt,
        suspensions: row.suspensions,
      }),
    )
  })

  serve(app, deps, restingRoutes.listReferredMatters, async ({ db, actor, query }) => {
    const { scope, filter } = await asked(actor, query)
    const now = clock.now()
    const [rows, policy] = await Promise.all([
      listReferredMatters(db, filter),
      directory.policies.policyFor(query.community, now),
    ])
    return pageOf(
      rows,
      query.limit,
      (row) => [row.raisedAt, row.id],
      (row) => {
        const dueAt = referralDue(row, policy)
        return {
          ...matterOf(query.community, scope, row),
          recipient: row.recipient,
          recipientNumber: row.recipientNumber,
          lastWord: row.lastWord,
          lastWordAt: row.lastWordAt,
          dueAt: dueAt.toISOString(),
          overdue: dueAt < now,
        }
      },
    )
  })
}
