import { evidenceRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { presentSeal, recordedHashName } from './evidence.present.ts'
import { findSeal, listLeaves, listSeals } from './evidence.queries.ts'
import { leafOf } from './prove.ts'

export function serveEvidence(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, evidenceRoutes.listSeals, async ({ db, query }) => {
    const [before = null] = decodeCursor(query.cursor, ['number']) ?? []
    const rows = await listSeals(db, query.community, before, query.limit + 1)
    return pageOf(rows, query.limit, (row) => [row.seq], presentSeal)
  })

  // A leaf's hash, not its subject: the id of a private matter would tell when it was raised.
  serve(app, deps, evidenceRoutes.listSealLeaves, async ({ db, params, query }) => {
    const seal = await findSeal(db, params.communityCode, params.seq)
    if (!seal) throw new AppError('not_found')
    const [after = -1] = decodeCursor(query.cursor, ['number']) ?? []
    const rows = await listLeaves(db, params.communityCode, params.seq, after, query.limit + 1)
    const hashName = recordedHashName(seal.hashName)
    return pageOf(
      rows,
      query.limit,
      (row) => [row.index],
      (row) => ({ index: row.index, leaf: leafOf(hashName, row) }),
    )
  })
}
