import { evaluationRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { serve } from '../../http/serve.ts'
import { listAttachments } from '../attachments/index.ts'
import { findReadable, type Readable } from '../issues/index.ts'
import { type EvaluationReader, presentObjection, presentRating, presentSums, readsAll } from './evaluation.present.ts'
import { listAttempts, listObjections, listRatings, sumObjections, sumRatings } from './evaluation-lists.queries.ts'

export function serveEvaluation(app: FastifyInstance, deps: Deps): void {
  const { clock, cipher } = deps

  const readerOf = ({ row, view }: Readable): EvaluationReader => {
    const { state, noticeEndsAt, round } = row.issue
    const reviewable = state === 'publicized' && noticeEndsAt !== null && clock.now() < noticeEndsAt
    return { view, cipher, communityCode: row.key.communityCode, round, reviewable }
  }

  serve(app, deps, evaluationRoutes.listObjections, async ({ db, actor, params }) => {
    const key = splitPublicId(params.id)
    const found = await findReadable(db, deps, key, actor)
    const reader = readerOf(found)
    const [rows, sums] = await Promise.all([
      listObjections(db, key, actor.personId, readsAll(found.view)),
      sumObjections(db, key, reader.round),
    ])
    return { items: rows.map((row) => presentObjection(row, reader)), sums }
  })

  serve(app, deps, evaluationRoutes.listRatings, async ({ db, actor, params }) => {
    const key = splitPublicId(params.id)
    const found = await findReadable(db, deps, key, actor)
    const reader = readerOf(found)
    const all = readsAll(found.view)
    const [rows, attempts, sums] = await Promise.all([
      listRatings(db, key, actor.personId, all),
      listAttempts(db, key),
      sumRatings(db, key),
    ])
    const photos = rows.length > 0 ? await listAttachments(db, key.communityCode, 'issue', key.id) : []
    const whole = all || found.row.issue.visibility === 'public'
    return {
      items: rows.map((row) => presentRating(row, attempts, photos, reader)),
      ...presentSums(sums, reader.round, whole),
    }
  })
}
