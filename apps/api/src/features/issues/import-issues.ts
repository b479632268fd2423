import { makePublicId } from '@tongxin/contract'
import { type Actor, apply, decide, type Issue, isMove, type Policy, splitChanges } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { newId } from '../../db/new-id.ts'
import { prepared } from '../../db/prepared.ts'
import { issues, raisers } from '../../db/schema/issues.ts'
import type { Deps } from '../../deps.ts'
import { type ChainedEvent, chainEvent, insertEvent, insertEvents } from '../../evidence/append-event.ts'
import { sealGivenName } from './given-name.ts'
import { type IssueRow, lockIssue, takeNumbers, updateIssue, yearOf } from './issue-row.ts'
import { searchPieces } from './search-pieces.ts'
import type { IssueKey } from './stage.ts'

/** What an import writes with. */
export interface ImportDoor {
  communityCode: string
  /** Whose numbers the external ids are. */
  source: string
  cipher: Deps['cipher']
  hashName: Deps['config']['evidenceHash']
  policy: Policy
  /** The moment of recording; what happened, happened when the source says. */
  now: Date
}

export interface ImportedIssue {
  externalId: string
  /** By which a second import knows the text again. */
  hash: string
  title: string
  body: string
  raisedAt: Date
  raiser: string | null
  /** Makes it a closed matter. */
  answer: { text: string; at: Date } | null
  externalSupport: number
  /** More public facts, and more of what the raiser wrote, for the event. */
  record: Record<string, unknown>
  personal: Record<string, unknown>
}

const answered = (answer: { text: string; at: Date }) => ({ result: answer.text, closedAt: answer.at })

/**
 * The `import` action for many issues at once: same fold, same chains, one statement per table. Starts no clock, notice or job.
 * @returns their ids, in the order given
 */
export const importIssues = async (tx: Tx, door: ImportDoor, imported: readonly ImportedIssue[]): Promise<string[]> => {
  const numbers = await numbersFor(tx, door.communityCode, imported)
  const made = imported.map((it, index) => makeIssue(door, it, numbers[index]!))
  await insertMany(
    tx,
    issues,
    made.map(({ row }) => row),
  )
  await Promise.all([
    insertMany(
      tx,
      raisers,
      made.map(({ raiser }) => raiser),
    ),
    insertEvents(
      tx,
      made.map(({ event }) => event),
    ),
  ])
  return made.map(({ row }) => row.id)
}

/** A number each, of the year it was raised in; years in order, so that two imports cannot wait for each other. */
const numbersFor = async (tx: Tx, communityCode: string, imported: readonly ImportedIssue[]): Promise<string[]> => {
  const perYear = Map.groupBy(imported.keys(), (index) => yearOf(imported[index]!.raisedAt))
  const numbers: string[] = []
  for (const [year, indexes] of [...perYear].sort(([a], [b]) => a - b)) {
    const taken = await takeNumbers(tx, communityCode, year, indexes.length)
    for (const [nth, index] of indexes.entries()) numbers[index] = taken[nth]!
  }
  return numbers
}

const makeIssue = (door: ImportDoor, imported: ImportedIssue, number: string) => {
  const { communityCode, now } = door
  const { answer, raisedAt, title, body, raiser: name } = imported
  const id = newId(now)
  const raiserId = newId(now)
  const nameCipher = name === null ? null : sealGivenName(door.cipher, communityCode, name)
  const changes = splitChanges({
    kind: 'problem',
    // What stood on a public board may be shown again, once a person has approved a text without personal data.
    visibility: 'public',
    anonymous: true,
    channel: 'import',
    raisedAt,
    title,
    body,
    raiserCount: 1,
    externalSupport: imported.externalSupport,
    ...(answer && answered(answer)),
  })
  const what = {
    action: 'import',
    to: answer ? ('closed' as const) : ('raised' as const),
    occurredAt: answer?.at ?? raisedAt,
    record: {
      as: 'import_job',
      channel: 'import',
      source: door.source,
      externalId: imported.externalId,
      ...imported.record,
      changes: changes.record,
    },
    personal: {
      ...imported.personal,
      raiserId: makePublicId(communityCode, raiserId),
      ...(name !== null && { raiserName: name }),
      changes: changes.personal,
    },
  }
  const issue = apply(null, { ...what, move: true })
  const subject = { communityCode, subjectType: 'issue', subjectId: id } as const
  const event = chainEvent({ ...subject, ...what, from: null, recordedAt: now }, null, door.hashName)
  const row = {
    ...issue,
    communityCode,
    id,
    number,
    lastSeq: event.seq,
    headHash: event.hash,
    importSource: door.source,
    externalId: imported.externalId,
    importHash: imported.hash,
    search: tsvectorText(searchPieces(title, body)),
    publicSearch: null,
  }
  const raiser = { communityCode, id: raiserId, issueId: id, nameCipher, contactConsent: false, joinedAt: raisedAt }
  return { row, raiser, event }
}

/** Pieces hold only letters and digits, so that quoting them is enough. */
const tsvectorText = (pieces: readonly string[]): string => pieces.map((piece) => `'${piece}'`).join(' ')

export interface KnownImport {
  externalId: string
  id: string
  hash: string
  state: Issue['state']
  externalSupport: number
  result: string | null
}

const FIND = `
  select external_id as "externalId", id, import_hash as hash, state, external_support as "externalSupport", result
  from issues where community_code = $1 and import_source = $2 and external_id = any($3)`

/** What an earlier import of the same source made of these. */
export const findImported = (
  tx: Tx,
  door: Pick<ImportDoor, 'communityCode' | 'source'>,
  externalIds: readonly string[],
): Promise<KnownImport[]> =>
  prepared<KnownImport>(tx, 'issues_imported', FIND, [door.communityCode, door.source, externalIds])

const IMPORT_JOB: Actor = {
  personId: null,
  roles: [],
  identified: false,
  raiser: false,
  presider: false,
  unitIds: [],
  streetHandler: false,
  system: 'import_job',
}

/**
 * What the source has added since: counts that grew (a fact), an answer (the `import` move).
 * @returns false when the matter has been taken up here, so that the answer cannot be recorded any more
 */
export const updateImported = async (
  tx: Tx,
  door: ImportDoor,
  id: string,
  news: { externalSupport?: number; answer?: { text: string; at: Date } },
): Promise<boolean> => {
  const key = { communityCode: door.communityCode, id }
  let row = await lockIssue(tx, key)
  if (!row) return false
  if (news.answer) {
    const moved = await record(tx, door, row, 'import', answered(news.answer), news.answer.at)
    if (!moved) return false
    row = moved
  }
  if (news.externalSupport !== undefined) {
    await record(tx, door, row, 'update_import', { externalSupport: news.externalSupport }, door.now)
  }
  return true
}

const record = async (
  tx: Tx,
  door: ImportDoor,
  { key, number, issue, head }: IssueRow,
  action: 'import' | 'update_import',
  changes: Partial<Issue>,
  occurredAt: Date,
): Promise<IssueRow | null> => {
  const decision = decide(issue, action, IMPORT_JOB, {}, {}, door.policy, occurredAt)
  if (!decision.allowed) return null
  const split = splitChanges({ ...decision.changes, ...changes })
  const what = {
    action,
    to: decision.to,
    occurredAt,
    record: { as: decision.as, channel: 'import', source: door.source, changes: split.record },
    personal: split.personal && { changes: split.personal },
  }
  const after = apply(issue, { ...what, move: isMove(action) })
  const event: ChainedEvent = chainEvent(
    { ...key, ...subjectOf(key), ...what, from: issue.state, recordedAt: door.now },
    head,
    door.hashName,
  )
  await Promise.all([insertEvent(tx, event), updateIssue(tx, key, after, event, door.now, false)])
  return { key, number, issue: after, head: event }
}

const subjectOf = ({ id }: IssueKey) => ({ subjectType: 'issue', subjectId: id }) as const
