import {
  apply,
  type Channel,
  type Issue,
  type Kind,
  nextWake,
  raised,
  splitChanges,
  type Urgency,
  type Visibility,
} from '@tongxin/lifecycle'
import { send, type Tx } from '../../db/connect.ts'
import { chainEvent, insertEvent } from '../../evidence/append-event.ts'
import { bindAttachments } from '../attachments/index.ts'
import { insertIssue, takeNumbers, yearOf } from './issue-row.ts'
import type { IssueKey } from './stage.ts'
import type { Door } from './take-action.ts'

export interface NewIssueFacts {
  key: IssueKey
  kind: Kind
  visibility: Visibility
  anonymous: boolean
  channel: Channel
  urgency: Urgency | null
  categoryCode: string | null
  gridCode: string | null
  buildingCode: string | null
  complainedUnitId: string | null
  title: string | null
  body: string | null
  raiserCount: number
  /** When it was raised, which for a matter handed over is before it arrives here. */
  occurredAt: Date
  /** When those who answer for it here could first know of it. */
  clocksFrom: Date
  as: string
  record?: Record<string, unknown>
  personal?: Record<string, unknown>
  photos?: { ids: readonly string[]; personId: string | null; uploadToken: string | null }
}

export interface CreatedIssue {
  number: string
  hash: string
  issue: Issue
}

/** Writes a new matter: its number, first event, row in the caller's transaction. */
export const createIssue = async (tx: Tx, { deps }: Door, facts: NewIssueFacts): Promise<CreatedIssue> => {
  const { key, occurredAt } = facts
  const now = deps.clock.now()
  const policy = await deps.directory.policies.policyFor(key.communityCode, now)
  const [number] = await takeNumbers(tx, key.communityCode, yearOf(now), 1)
  const changes = splitChanges({
    ...raised(facts.urgency, facts.kind, policy, facts.clocksFrom),
    raiserCount: facts.raiserCount,
    kind: facts.kind,
    visibility: facts.visibility,
    anonymous: facts.anonymous,
    channel: facts.channel,
    urgency: facts.urgency,
    categoryCode: facts.categoryCode,
    gridCode: facts.gridCode,
    buildingCode: facts.buildingCode,
    complainedUnitId: facts.complainedUnitId,
    title: facts.title,
    body: facts.body,
  })
  const photos = facts.photos
    ? await bindAttachments(tx, {
        communityCode: key.communityCode,
        ids: facts.photos.ids,
        subjectType: 'issue',
        subjectId: key.id,
        eventSeq: 1,
        by: { personId: facts.photos.personId, uploadToken: facts.photos.uploadToken },
        now,
      })
    : []
  const personal = { ...facts.personal, ...(changes.personal ? { changes: changes.personal } : {}) }
  const event = chainEvent(
    {
      communityCode: key.communityCode,
      subjectType: 'issue',
      subjectId: key.id,
      action: 'raise',
      from: null,
      to: 'raised',
      occurredAt,
      recordedAt: now,
      record: {
        as: facts.as,
        channel: facts.channel,
        kind: facts.kind,
        visibility: facts.visibility,
        ...(photos.length ? { photos } : {}),
        ...facts.record,
        changes: changes.record,
      },
      personal: Object.keys(personal).length ? personal : null,
    },
    null,
    deps.config.evidenceHash,
  )
  const issue = apply(null, {
    action: 'raise',
    to: 'raised',
    move: true,
    occurredAt,
    record: { changes: changes.record },
    personal: changes.personal && { changes: changes.personal },
  })
  const head = { seq: 1, hash: event.hash }
  send(tx, insertIssue(tx, { key, number: number as string, issue, head, wakeAt: nextWake(issue, now) }))
  send(tx, insertEvent(tx, event))
  return { number: number as string, hash: event.hash, issue }
}
