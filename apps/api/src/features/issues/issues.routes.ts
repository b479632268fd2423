import { issueActionRoutes, issueRoutes, makePublicId, splitPublicId } from '@tongxin/contract'
import { type Action, ROUTED_ACTIONS } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { proofFor } from '../evidence/index.ts'
import { maskedName, maskedPhone } from '../people/index.ts'
import { holdsOver } from '../regions/index.ts'
import { countByRegion } from './count-by-region.ts'
import { findReadable } from './find-readable.ts'
import { maskedGivenName } from './given-name.ts'
import { scopeOf } from './issues.policy.ts'
import { presentItem } from './issues.present.ts'
import { countIssues, type ListRow, listIssueRows, listIssueRowsByDue, whereOf } from './list-issues.ts'
import { hashTracking, raiseIssue } from './raise-issue.ts'
import { findTracked, listRaisers } from './raisers.queries.ts'
import { readIssue, readTracked } from './read-issue.ts'
import { listRelated } from './related-issues.ts'
import { revealContacts } from './reveal-contacts.ts'
import { revealOrigins } from './reveal-origins.ts'
import type { Reviews } from './review-texts.ts'
import { placeOf } from './standing.ts'
import { type Door, takeAction } from './take-action.ts'

const KEYSET = ['instant', 'uuid'] as const

export function serveIssues(app: FastifyInstance, door: Door): void {
  const { deps } = door

  serve(app, deps, issueRoutes.listIssues, async ({ query, actor, db }) => {
    const { cursor, limit, count, mine, ...filters } = query
    const byDue = filters.order === 'due'
    const tree = await deps.directory.regions.tree()
    const scope = scopeOf(actor, tree, filters.community, mine === true)
    const where = whereOf(filters, scope, deps.clock.now())
    const [rows, counted] = await Promise.all([
      byDue
        ? listIssueRowsByDue(db, where, decodeCursor(cursor, ['number', ...KEYSET]), limit)
        : listIssueRows(db, where, decodeCursor(cursor, KEYSET), limit),
      count ? countIssues(db, where) : null,
    ])
    const keyOf = ({ raisedAt, dueAt, id }: ListRow) => [dueAt ?? raisedAt, id.slice(-36)]
    const page = pageOf(
      rows,
      limit,
      (row) => (byDue ? [row.dueAt === null ? 1 : 0, ...keyOf(row)] : [row.raisedAt, row.id.slice(-36)]),
      (row) => presentItem(filters.community, scope, row),
    )
    return { ...page, count: counted }
  })

  serve(app, deps, issueRoutes.countIssuesByRegion, async ({ query: { mine, ...filters }, actor, db }) => {
    const scope = scopeOf(actor, await deps.directory.regions.tree(), filters.community, mine === true)
    const now = deps.clock.now()
    return countByRegion(db, whereOf(filters, scope, now), scope, now)
  })

  serve(app, deps, issueRoutes.raiseIssue, async ({ body, actor, tx }) => {
    const receipt = await raiseIssue(tx, door, { actor, body })
    return answer(receipt, { status: 201, location: `/v1/issues/${receipt.id}` })
  })

  serve(app, deps, issueRoutes.readIssue, async ({ params, actor, db }) => {
    const issue = await readIssue(db, door, splitPublicId(params.id), actor)
    return answer(issue, { version: issue.version })
  })

  serve(app, deps, issueRoutes.listRelatedIssues, async ({ params, actor, db }) => ({
    items: await listRelated(db, door, splitPublicId(params.id), actor),
  }))

  serve(app, deps, issueRoutes.readIssueProof, async ({ params, actor, db }) => {
    const key = splitPublicId(params.id)
    await findReadable(db, deps, key, actor)
    const proof = await proofFor(db, key.communityCode, 'issue', key.id)
    if (!proof) throw new AppError('not_found')
    return proof
  })

  serve(app, deps, issueRoutes.listRaisers, async ({ params, actor, db }) => {
    const key = splitPublicId(params.id)
    const { row } = await findReadable(db, deps, key, actor)
    const tree = await deps.directory.regions.tree()
    const place = placeOf(key.communityCode, row.issue)
    if (!holdsOver(tree, actor, ['grid_worker', 'officer', 'secretary'], place)) throw new AppError('forbidden')
    const raisers = await listRaisers(db, key)
    return {
      items: raisers.map((raiser) => {
        const person = raiser.personId === null ? null : { ...raiser, id: raiser.personId }
        return {
          id: makePublicId(key.communityCode, raiser.id),
          personId: raiser.personId,
          name: person
            ? maskedName(deps.cipher, person)
            : maskedGivenName(deps.cipher, key.communityCode, raiser.givenNameCipher),
          phone: person && maskedPhone(deps.cipher, person),
          contactConsent: raiser.contactConsent,
          joinedAt: raiser.joinedAt,
          mergedFrom: raiser.mergedFrom && makePublicId(key.communityCode, raiser.mergedFrom),
          detachedAt: raiser.detachedAt,
        }
      }),
    }
  })

  serve(app, deps, issueRoutes.revealContacts, ({ params, body, actor, tx }) =>
    revealContacts(tx, deps, splitPublicId(params.id), actor, body.purpose),
  )
  serve(app, deps, issueRoutes.revealOrigins, async ({ params, body, actor, tx }) => ({
    items: await revealOrigins(tx, deps, splitPublicId(params.id), actor, body.purpose),
  }))

  serve(app, deps, issueRoutes.readTrackedIssue, async ({ params, db }) => {
    const tracked = await findTracked(db, params.token.slice(0, 12), hashTracking(params.token))
    if (!tracked) throw new AppError('not_found')
    return readTracked(db, door, tracked)
  })

  for (const action of ROUTED_ACTIONS) serveAction(app, door, action)
}

function serveAction(app: FastifyInstance, door: Door, action: Action): void {
  serve(app, door.deps, issueActionRoutes[action], async ({ params, body, actor, tx, version }) => {
    const { id } = params
    const { reviews, sitting, ...payload } = body as { reviews?: Reviews; sitting?: string }
    const outcome = await takeAction(tx, door, {
      key: splitPublicId(id),
      action,
      payload,
      ...(reviews === undefined ? {} : { reviews }),
      ...(sitting === undefined ? {} : { sitting }),
      actor,
      ...(version === undefined ? {} : { version }),
    })
    return answer({ id, ...outcome }, { version: outcome.version })
  })
}
