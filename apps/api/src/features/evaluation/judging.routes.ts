import {
  CALL_RANKS,
  type CallView,
  judgingRoutes,
  makePublicId,
  type OpenContestView,
  type OpenObjectionView,
  type OwedReason,
  type PublicizedView,
  splitPublicId,
} from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { type Scope, scopeOf, titleIn, unitsOf } from '../issues/index.ts'
import { maskedPhone, openName, openPhone, recordAudit } from '../people/index.ts'
import { localDay, suggestNext } from './conclude.ts'
import { nameOf, presentAttempt, wordsFor } from './evaluation.present.ts'
import {
  type CallRow,
  type DeskFilter,
  findOwedCall,
  listAttemptsOf,
  listCallsConcluded,
  listCallsOwed,
  listOpenContests,
  listOpenObjections,
  listPublicized,
} from './judging.queries.ts'

const LISTS: Readonly<Record<'all' | 'must' | 'sampled' | 'registered', readonly OwedReason[]>> = {
  all: ['bad', 'helped', 'sampled', 'registered'],
  must: ['bad', 'helped'],
  sampled: ['sampled'],
  registered: ['registered'],
}

/** Midnight in Asia/Shanghai (UTC+8) at the end of today. */
const endOfToday = (now: Date): Date => new Date(Date.parse(`${localDay(now)}T00:00:00+08:00`) + 86_400_000)

interface Asked {
  community: string
  grid?: string | undefined
  limit: number
}

/** What there is to judge across the matters of a community: the call-back desk, objections and contests that wait. */
export function serveJudging(app: FastifyInstance, deps: Deps): void {
  const { clock, cipher, directory } = deps

  /** @throws AppError forbidden for who has no part in this community's office */
  const deskOf = async (
    actor: Actor,
    { community, grid, limit }: Asked,
  ): Promise<{ scope: Scope; filter: DeskFilter }> => {
    const scope = scopeOf(actor, await directory.regions.tree(), community, false)
    if (scope.kind !== 'all' && scope.kind !== 'grids') throw new AppError('forbidden')
    const grids = scope.kind === 'grids' ? scope.grids : null
    return { scope, filter: { communityCode: community, grids, grid: grid ?? null, limit: limit + 1 } }
  }
  const viewIn = (scope: Scope) => (scope.kind === 'all' && scope.masked ? 'supervisor' : 'staff')
  const named = (
    scope: Scope,
    community: string,
    row: { issueId: string; issueNumber: string; title: string | null; publicTitle: string | null; round: number },
  ) => ({
    issueId: makePublicId(community, row.issueId),
    issueNumber: row.issueNumber,
    issueTitle: titleIn(scope, row),
    round: row.round,
  })

  serve(app, deps, judgingRoutes.listCalls, async ({ db, actor, query }) => {
    const { community, state, list, cursor, limit } = query
    const { scope, filter } = await deskOf(actor, query)
    // Whom to call and what they said is for the community's own office.
    if (viewIn(scope) !== 'staff') throw new AppError('forbidden')
    const now = clock.now()
    const rows =
      state === 'owed'
        ? await listCallsOwed(db, {
            ...filter,
            ranks: LISTS[list].map((reason) => CALL_RANKS[reason]),
            until: endOfToday(now),
            after: decodeCursor(cursor, ['number', 'instant', 'uuid']),
          })
        : await listCallsConcluded(db, {
            ...filter,
            reasons: LISTS[list],
            after: decodeCursor(cursor, ['instant', 'uuid']),
          })
    const [attempts, { calendar }] = await Promise.all([
      listAttemptsOf(
        db,
        community,
        rows.map(({ id }) => id),
      ),
      directory.policies.policyFor(community, now),
    ])
    const present = (row: CallRow): CallView => {
      const made = attempts
        .filter(({ ratingId }) => ratingId === row.id)
        .map((attempt) => presentAttempt(attempt, false, 'staff'))
      const { personId, nameCipher, phoneCipher, helperId, helperNameCipher } = row
      return {
        ratingId: makePublicId(community, row.id),
        ...named(scope, community, row),
        reason: row.reason,
        dueAt: row.dueAt,
        overdue: state === 'owed' && Date.parse(row.dueAt) < now.getTime(),
        level: row.level,
        group: row.raterGroup,
        comment: row.comment,
        personName: nameOf(row, { cipher, communityCode: community }),
        phone: personId === null ? null : maskedPhone(cipher, { id: personId, nameCipher, phoneCipher }),
        helperName:
          helperId === null
            ? null
            : openName(cipher, { id: helperId, nameCipher: helperNameCipher, phoneCipher: null }),
        attempts: made,
        nextAttemptOn: state === 'owed' ? suggestNext(made, calendar, now) : null,
        outcome: row.outcome,
        concludedAt: row.concludedAt,
      }
    }
    return pageOf(
      rows,
      limit,
      (row) => (state === 'owed' ? [row.rank, row.dueAt, row.id] : [row.concludedAt ?? '', row.id]),
      present,
    )
  })

  serve(app, deps, judgingRoutes.revealCall, async ({ tx, actor, params }) => {
    const { communityCode, id } = splitPublicId(params.id)
    const { scope, filter } = await deskOf(actor, { community: communityCode, limit: 1 })
    const call = viewIn(scope) === 'staff' ? await findOwedCall(tx, filter, id) : undefined
    if (!call?.personId) throw new AppError('not_found')
    const { personId, submittedBy, helperId, complainedUnitId, issueNumber } = call
    // Whoever may not call needs no number.
    if ([personId, submittedBy, helperId].includes(actor.personId) || unitsOf(actor).includes(complainedUnitId ?? ''))
      throw new AppError('forbidden', { reason: 'keeps_out', detail: '您须回避这次回访' })
    await recordAudit(tx, {
      at: clock.now(),
      personId: personOf(actor),
      action: 'reveal_call',
      subjectType: 'person',
      subjectId: personId,
      purpose: `回访评价 ${issueNumber}`,
      regionCode: communityCode,
    })
    const person = { ...call, id: personId }
    return { name: openName(cipher, person), phone: openPhone(cipher, person) }
  })

  serve(app, deps, judgingRoutes.listPublicized, async ({ db, actor, query }) => {
    const { scope, filter } = await deskOf(actor, query)
    const after = decodeCursor(query.cursor, ['instant', 'uuid'])
    const rows = await listPublicized(db, { ...filter, now: clock.now(), waits: query.waits, after })
    return pageOf(
      rows,
      query.limit,
      (row) => [row.since, row.issueId],
      (row): PublicizedView => ({
        ...named(scope, query.community, row),
        private: row.private,
        since: row.since,
        noticeEndsAt: row.noticeEndsAt,
        evaluationEndsAt: row.evaluationEndsAt,
        openObjections: row.openObjections,
        ratings: row.ratings,
        waits: row.waits,
      }),
    )
  })

  serve(app, deps, judgingRoutes.listOpenObjections, async ({ db, actor, query }) => {
    const { scope, filter } = await deskOf(actor, query)
    const now = clock.now()
    const rows = await listOpenObjections(db, { ...filter, after: decodeCursor(query.cursor, ['instant', 'uuid']) })
    return pageOf(
      rows,
      query.limit,
      (row) => [row.dueAt, row.id],
      (row): OpenObjectionView => ({
        id: makePublicId(query.community, row.id),
        ...named(scope, query.community, row),
        madeAt: row.madeAt,
        dueAt: row.dueAt,
        overdue: Date.parse(row.dueAt) < now.getTime(),
        review: row.review,
        reason: wordsFor(row.reason, false, viewIn(scope)),
      }),
    )
  })

  serve(app, deps, judgingRoutes.listOpenContests, async ({ db, actor, query }) => {
    const { scope, filter } = await deskOf(actor, query)
    const rows = await listOpenContests(db, { ...filter, after: decodeCursor(query.cursor, ['instant', 'uuid']) })
    return pageOf(
      rows,
      query.limit,
      (row) => [row.contestedAt, row.id],
      (row): OpenContestView => ({
        ratingId: makePublicId(query.community, row.id),
        ...named(scope, query.community, row),
        level: row.level,
        comment: wordsFor(row.comment, false, viewIn(scope)),
        reason: row.reason,
        contestedAt: row.contestedAt,
        mine: row.contestedBy === actor.personId,
      }),
    )
  })
}
