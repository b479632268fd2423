import { makePublicId, opinionRoutes, STATEMENTS_EACH, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { isSelf, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { listPostings } from '../council/index.ts'
import { findReadable } from '../issues/index.ts'
import { ANSWER_VALUES, answerStatement } from './answer-statement.ts'
import { countAnswered, listAccepted, listNext } from './answers.queries.ts'
import { changeStatement } from './change-statement.ts'
import { decideStatement } from './decide-statement.ts'
import { eraseStatement } from './erase-statement.ts'
import { assertStands } from './opinions.policy.ts'
import { presentOwn, presentPosting, presentQueued, presentStatement } from './opinions.present.ts'
import { raiseStatement } from './raise-statement.ts'
import { readMapProof, readStatementProof } from './read-opinion-proof.ts'
import { readOpinionMap, readOpinions } from './read-opinions.ts'
import { authorOn, countRaised, countStatements, listByState, listOwn } from './statements.queries.ts'

export function serveOpinions(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, opinionRoutes.listOpenMatters, async ({ db, query }) => {
    const { community, cursor, limit } = query
    const after = decodeCursor(cursor, ['instant', 'uuid'])
    const rows = await listPostings(db, { communityCode: community, after, limit: limit + 1 })
    const ids = rows.map(({ issueId }) => issueId)
    const counted = await countStatements(db, community, ids)
    const accepted = new Map(counted.map((one) => [one.issueId, one.accepted]))
    return pageOf(
      rows,
      limit,
      (row) => [row.heldAt, row.issueId],
      (row) => ({
        issueId: makePublicId(community, row.issueId),
        number: row.number,
        title: row.publicTitle,
        issueState: row.issueState,
        meeting: presentPosting(community, row),
        statements: accepted.get(row.issueId) ?? 0,
      }),
    )
  })

  serve(app, deps, opinionRoutes.readOpinions, ({ db, actor, params }) =>
    readOpinions(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, opinionRoutes.readOpinionMap, async ({ db, actor, params }) => ({
    map: await readOpinionMap(db, deps, splitPublicId(params.id), actor),
  }))

  serve(app, deps, opinionRoutes.listStatements, async ({ db, actor, params, query }) => {
    const issue = splitPublicId(params.id)
    await findReadable(db, deps, issue, actor)
    const after = decodeCursor(query.cursor, ['uuid'])?.[0] ?? null
    const rows = await listAccepted(db, issue, { personId: actor.personId, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => presentStatement(issue.communityCode, row),
    )
  })

  serve(app, deps, opinionRoutes.listNextStatements, async ({ db, actor, params, query }) => {
    const issue = splitPublicId(params.id)
    await assertStands(db, deps, issue, actor, 'takesPart')
    const personId = personOf(actor)
    const [rows, [counted], answered] = await Promise.all([
      listNext(db, issue, personId, query.limit),
      countStatements(db, issue.communityCode, [issue.id]),
      countAnswered(db, issue, personId),
    ])
    const items = rows.map((row) => presentStatement(issue.communityCode, row))
    return { items, left: Math.max(items.length, (counted?.accepted ?? 0) - answered) }
  })

  serve(app, deps, opinionRoutes.listOwnStatements, async ({ db, actor, params }) => {
    const issue = splitPublicId(params.id)
    await findReadable(db, deps, issue, actor)
    const author = authorOn(deps.cipher, issue, actor)
    const [own, raised] = await Promise.all([listOwn(db, issue, author.id), countRaised(db, author)])
    return { items: own.map(presentOwn), left: Math.max(0, STATEMENTS_EACH - raised) }
  })

  serve(app, deps, opinionRoutes.listStatementQueue, async ({ db, actor, params, query }) => {
    const issue = splitPublicId(params.id)
    await assertStands(db, deps, issue, actor, 'moderates')
    const { state, cursor, limit } = query
    const after = decodeCursor(cursor, ['uuid'])?.[0] ?? null
    const rows = await listByState(db, issue, { state, after, limit: limit + 1 })
    return pageOf(rows, limit, (row) => [row.id], presentQueued)
  })

  serve(app, deps, opinionRoutes.raiseStatement, async ({ tx, actor, params, body }) => {
    const row = await raiseStatement(tx, deps, splitPublicId(params.id), actor, body.text)
    return answer(presentOwn(row), { status: 201 })
  })

  serve(app, deps, opinionRoutes.changeStatement, async ({ tx, actor, params, body }) =>
    presentOwn(await changeStatement(tx, deps, splitPublicId(params.id), actor, body.text)),
  )

  serve(app, deps, opinionRoutes.decideStatement, async ({ tx, actor, params, body }) =>
    presentQueued(await decideStatement(tx, deps, splitPublicId(params.id), actor, body)),
  )

  serve(app, deps, opinionRoutes.answerStatement, async ({ tx, actor, params, body }) => {
    const row = await answerStatement(tx, deps, splitPublicId(params.id), actor, body)
    const { id, text, version, authorId, communityCode } = row
    const mine = isSelf(actor, authorId)
    return presentStatement(communityCode, { id, text, version, mine, answer: ANSWER_VALUES[body.answer] })
  })

  serve(app, deps, opinionRoutes.eraseStatement, async ({ tx, actor, params }) => {
    await eraseStatement(tx, deps, splitPublicId(params.id), actor)
    return undefined
  })

  serve(app, deps, opinionRoutes.readStatementProof, ({ db, actor, params }) =>
    readStatementProof(db, deps, splitPublicId(params.id), actor),
  )

  serve(app, deps, opinionRoutes.readOpinionMapProof, ({ db, actor, params }) =>
    readMapProof(db, deps, splitPublicId(params.id), actor),
  )
}
