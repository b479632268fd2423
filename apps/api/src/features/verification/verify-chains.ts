import { type ChainChecker, createChainChecker, subjectName } from '@tongxin/evidence'
import { type Action, apply, DERIVED_FIELDS, type Issue, isMove, PERSONAL_FIELDS, type State } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { toRow } from '../issues/index.ts'
import { fail } from './mismatch.ts'
import { type StoredEvent, type StoredIssue, streamEvents, streamIssues } from './verification.queries.ts'

interface Chain {
  communityCode: string
  type: string
  id: string
  subject: string
  checker: ChainChecker
  last: StoredEvent
  /** A matter as its events make it. */
  issue: Issue | null
}

const shown = (value: unknown): string => (value instanceof Date ? value.toISOString() : JSON.stringify(value ?? null))

/** Every column of the row against what the events make of it; a resident's own words are named, not shown. */
const compareRow = (chain: Chain, row: StoredIssue): void => {
  const { subject, last, issue } = chain
  const { head, issue: stored } = toRow(row, row)
  if (head.seq !== last.seq) fail(subject, last.seq, 'row.last_seq', last.seq, head.seq)
  if (head.hash !== last.hash) fail(subject, last.seq, 'row.head_hash', last.hash, head.hash)
  for (const field of DERIVED_FIELDS) {
    const [expected, found] = [shown(issue?.[field]), shown(stored[field])]
    if (expected === found) continue
    const secret = PERSONAL_FIELDS.has(field)
    fail(subject, last.seq, `row.${field}`, secret ? null : expected, secret ? null : found)
  }
}

const idOf = ({ communityCode, id }: { communityCode: string; id: string }) => `${communityCode}-${id}`

/**
 * Goes once along every chain: numbering, links, both payload hashes, and for matters the fold of all events through the same
 * `apply()` that wrote the row, compared with that row. Events and rows come in one order, so that neither is looked up.
 * @throws MismatchError
 */
export const verifyChains = async (tx: Tx, onEvent: () => void): Promise<{ chains: number; events: number }> => {
  const rows = streamIssues(tx)
  let row = (await rows.next()).value
  let chain = null as Chain | null
  let chains = 0
  let events = 0

  const assertNoRowBefore = (id: string | null): void => {
    if (row && (id === null || idOf(row) < id))
      fail(subjectName('issue', row.communityCode, row.id), null, 'events_missing', toRow(row, row).head.seq, 0)
  }

  const endChain = async (): Promise<void> => {
    if (!chain) return
    const broken = chain.checker.end()
    if (broken) fail(broken.subject, broken.seq, broken.reason, broken.expected, broken.found)
    if (chain.type !== 'issue') return
    assertNoRowBefore(idOf(chain))
    if (!row || idOf(row) !== idOf(chain)) return fail(chain.subject, chain.last.seq, 'row_missing')
    compareRow(chain, row)
    row = (await rows.next()).value
  }

  for await (const event of streamEvents(tx)) {
    const { communityCode, subjectType: type, subjectId: id } = event
    const subject = subjectName(type, communityCode, id)
    if (chain?.subject !== subject) {
      await endChain()
      chain = { communityCode, type, id, subject, checker: createChainChecker(), last: event, issue: null }
      chains++
    }
    const broken = chain.checker.next({ ...event, subject }, event)
    if (broken) fail(broken.subject, broken.seq, broken.reason, broken.expected, broken.found)
    if (type === 'issue') {
      const { action, to, occurredAt, record, personal } = event
      const happened = {
        action,
        to: to as State,
        move: isMove(action as Action),
        occurredAt: new Date(occurredAt),
        record,
        personal,
      }
      chain.issue = apply(chain.issue, happened)
    }
    chain.last = event
    events++
    onEvent()
  }
  await endChain()
  assertNoRowBefore(null)
  return { chains, events }
}
