import { makePublicId } from '@tongxin/contract'
import type { Answers } from '@tongxin/opinion'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { enqueueSoon } from '../../jobs/enqueue-soon.ts'
import { findPosting, wasDecided } from '../council/index.ts'
import type { IssueKey } from '../issues/index.ts'
import { drawInThread } from './draw-in-thread.ts'
import type { Drawn } from './draw-map.ts'
import {
  findBasis,
  isOnRecord,
  listAcceptedIds,
  readPackedAnswers,
  recordMap,
  saveCounts,
  saveMap,
} from './opinion-map.queries.ts'
import { recordMapEvent } from './record-opinion-event.ts'

/** At most this often for one matter. */
const EVERY_MS = 10_000

/** The map is computed anew before long, with what this transaction writes. One at a time: each keeps a core busy. */
export const askForMap = (tx: Tx, { clock }: Pick<Deps, 'clock'>, { communityCode, id }: IssueKey): Promise<void> =>
  enqueueSoon(
    tx,
    clock,
    'compute_opinion_map',
    { communityCode, id },
    { jobKey: `opinion_map:${communityCode}-${id}`, queue: 'opinion_maps', delayMs: EVERY_MS },
  )

const unpack = (packed: readonly Buffer[], statements: number): { answers: Answers; counts: number[] } => {
  const length = packed.reduce((sum, { byteLength }) => sum + byteLength / 4, 0)
  const answers: Answers = {
    voters: packed.length,
    statements,
    voter: new Uint32Array(length),
    statement: new Uint32Array(length),
    answer: new Int8Array(length),
  }
  const counts = Array.from({ length: statements }, () => 0)
  let at = 0
  for (const [voter, bytes] of packed.entries()) {
    for (let offset = 0; offset < bytes.length; offset += 4) {
      const code = bytes.readInt32BE(offset)
      const statement = Math.floor(code / 3)
      answers.voter[at] = voter
      answers.statement[at] = statement
      answers.answer[at] = (code % 3) - 1
      counts[statement] = (counts[statement] ?? 0) + 1
      at++
    }
  }
  return { answers, counts }
}

const putOnRecord = async (tx: Tx, deps: Deps, issue: IssueKey, { voters, answers, map }: Drawn): Promise<void> => {
  const at = deps.clock.now()
  const digest = await recordMap(tx, issue, at)
  const groups = map.groups.map(({ number, size }) => ({ number, size }))
  const record = { issueId: makePublicId(issue.communityCode, issue.id), voters, answers, groups, digest }
  await recordMapEvent(tx, deps, issue, { at, record })
}

/**
 * Computes a matter's opinion map from all answers as one snapshot shows them. Once the matter is decided nothing more comes in: that
 * map is put on record, once.
 */
export const computeOpinionMap = async (deps: Deps, issue: IssueKey): Promise<void> => {
  const read = await inTransaction(
    deps.pool,
    async (tx) => {
      const open = (await findPosting(tx, issue)) !== undefined
      if (!open && (await isOnRecord(tx, issue))) return null
      const statementIds = await listAcceptedIds(tx, issue)
      if (statementIds.length === 0) return null
      const packed = await readPackedAnswers(tx, issue, statementIds)
      return {
        decided: !open && (await wasDecided(tx, issue)),
        statementIds,
        last: await findBasis(tx, issue),
        ...unpack(packed, statementIds.length),
      }
    },
    { mode: 'isolation level repeatable read, read only' },
  )
  if (!read) return
  const { statementIds, answers, last, counts, decided } = read
  const drawn = await drawInThread({ answers, statementIds, last })
  await inTransaction(deps.pool, async (tx) => {
    await saveMap(tx, issue, { ...drawn, at: deps.clock.now() })
    await saveCounts(tx, issue, statementIds, counts)
    if (decided && drawn.answers > 0) await putOnRecord(tx, deps, issue, drawn)
  })
}
