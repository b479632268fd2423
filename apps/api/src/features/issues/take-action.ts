import {
  ACTIONS,
  type Action,
  type Allowed,
  answersForPublicTexts,
  apply,
  decide,
  type Facts,
  FIELDS,
  type Field,
  type FieldName,
  GUARDS,
  type GuardCode,
  type Issue,
  isMove,
  type Payload,
  type Refused,
  type Actor as RulesActor,
  type State,
  slicesFor,
  splitChanges,
} from '@tongxin/lifecycle'
import { send, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { chainEvent, insertEvent } from '../../evidence/append-event.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { bindAttachments } from '../attachments/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { type IssueRow, lockIssue, updateIssue } from './issue-row.ts'
import { viewOf } from './issues.policy.ts'
import { sealPosition } from './position.ts'
import { type Reviews, reviewTexts } from './review-texts.ts'
import type { Acting, Addition, FactLoaders, IssueKey, Stage } from './stage.ts'
import { findRelation, rulesActor, unitsOf } from './standing.ts'
import { isTold } from './tell-raisers.ts'

/** What the door needs: the app's dependencies and what the stages handed in. */
export interface Door {
  deps: Deps
  stages: readonly Stage[]
}

export interface Command {
  key: IssueKey
  action: Action
  payload: Payload
  actor: Actor
  /** The version the caller saw; moves only. */
  version?: number
  /** Public id of the sitting in which it is decided. */
  sitting?: string
  /** Of the public texts in the payload, those somebody has read for personal data. */
  reviews?: Reviews
}

export interface Outcome {
  state: State
  version: number
  seq: number
  hash: string
  followed: Action[]
}

const SYSTEM: RulesActor = {
  personId: null,
  roles: [],
  identified: false,
  raiser: false,
  presider: false,
  unitIds: [],
  streetHandler: false,
  system: 'system',
}

const refusal = ({ reason, status, field }: Refused): AppError => {
  if (status === 404) return new AppError('not_found', { reason })
  if (status === 400 && field)
    return new AppError('invalid_input', {
      reason,
      errors: [{ path: `body.${field}`, message: `请填写${FIELDS[field].zh}` }],
    })
  const guard = Object.hasOwn(GUARDS, reason) ? GUARDS[reason as GuardCode].zh : undefined
  const detail = guard ?? (reason === 'wrong_state' ? '事项当前的状态不能进行此操作' : '您不能对这件事项进行此操作')
  return new AppError(status === 403 ? 'forbidden' : 'action_refused', { reason, detail })
}

const loadFacts = async (tx: Tx, stages: readonly Stage[], acting: Acting): Promise<Facts> => {
  const facts: Record<string, unknown> = {}
  for (const slice of slicesFor(acting.action)) {
    for (const stage of stages) {
      const load = stage.facts?.[slice] as FactLoaders['own'] | undefined
      if (load) facts[slice] = await load(tx, acting)
    }
  }
  return facts
}

/** The payload as the event keeps it: what people wrote about people apart from the facts; empty fields left out. */
const splitPayload = (payload: Payload, sealed: (position: unknown) => string) => {
  const record: Record<string, unknown> = {}
  const personal: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(payload)) {
    if (value === undefined || name === 'photos') continue
    // The product's own actions carry what the product knows; it names nobody.
    const field: Field | undefined = FIELDS[name as FieldName]
    if (field?.type === 'position') personal[name] = sealed(value)
    else if (field?.personal) personal[name] = value
    else record[name] = value
  }
  return { record, personal }
}

interface Step {
  row: IssueRow
  action: Action
  payload: Payload
  person: RulesActor
  decision: Allowed
  channel: string
  now: Date
  reviews?: ReturnType<typeof reviewTexts>
  sitting?: string | undefined
}

/** Writes one decided action: effects of the stages, event, row. Returns the row as it stands now. */
const write = async (tx: Tx, { deps, stages }: Door, step: Step): Promise<IssueRow> => {
  const { row, action, payload, person, decision, channel, now, reviews } = step
  const { key, issue, head } = row
  const seq = head.seq + 1
  const changes = splitChanges(decision.changes)
  const event = {
    action,
    to: decision.to,
    move: isMove(action),
    occurredAt: now,
    record: { changes: changes.record },
    personal: changes.personal && { changes: changes.personal },
  }
  const after = apply(issue, event)
  const acting = { key, issue, action, payload, personId: person.personId, unitIds: person.unitIds, now }
  const added: Addition[] = []
  for (const stage of stages) {
    const addition = await stage.effects?.[action]?.(tx, { ...acting, as: decision.as, after, seq }, deps)
    if (addition) added.push(addition)
    if (step.sitting !== undefined && stage.decidedIn)
      added.push(await stage.decidedIn(tx, step.sitting, { ...acting, as: decision.as, after, seq }, deps))
  }
  const photoIds = (payload.photos as string[] | undefined) ?? []
  const photos = await bindAttachments(tx, {
    communityCode: key.communityCode,
    ids: photoIds,
    subjectType: 'issue',
    subjectId: key.id,
    eventSeq: seq,
    by: { personId: person.personId },
    now,
  })
  const split = splitPayload(payload, (position) => sealPosition(deps.cipher, key, seq, position))
  const personal = {
    // Whoever erased their own data is not to be named by the record of it; the capacity says enough.
    ...(person.personId && action !== 'erase_personal' ? { actorId: person.personId } : {}),
    ...split.personal,
    ...Object.assign({}, ...added.map((a) => a.personal ?? {})),
    ...(changes.personal ? { changes: changes.personal } : {}),
  }
  const chained = chainEvent(
    {
      communityCode: key.communityCode,
      subjectType: 'issue',
      subjectId: key.id,
      action,
      from: issue.state,
      to: decision.to,
      occurredAt: now,
      recordedAt: now,
      record: {
        as: decision.as,
        channel,
        ...split.record,
        ...(photos.length ? { photos } : {}),
        ...(reviews ? { reviews } : {}),
        ...Object.assign({}, ...added.map((a) => a.record ?? {})),
        changes: changes.record,
      },
      personal: Object.keys(personal).length ? personal : null,
    },
    head,
    deps.config.evidenceHash,
  )
  send(tx, insertEvent(tx, chained))
  send(tx, updateIssue(tx, key, after, chained, now, searchChanged(issue, after)))
  return { key, number: row.number, issue: after, head: { seq, hash: chained.hash } }
}

const searchChanged = (before: Issue, after: Issue) =>
  before.publicTitle !== after.publicTitle || before.publicText !== after.publicText || before.title !== after.title

/** What the product itself does next, in the same transaction: to schedule, rectify or close what has become free. */
const followUp = async (
  tx: Tx,
  door: Door,
  from: IssueRow,
  action: Action,
  now: Date,
): Promise<{ row: IssueRow; followed: Action[] }> => {
  let row = from
  const followed: Action[] = []
  for (const next of ACTIONS[action].then ?? []) {
    const done = await asSystem(tx, door, row, next, next === 'rectify' ? { reason: '回访认定评价属实' } : {}, now)
    if (!done) continue
    row = done
    followed.push(next)
  }
  return { row, followed }
}

/** Null when the rules do not allow it now. */
const asSystem = async (
  tx: Tx,
  door: Door,
  row: IssueRow,
  action: Action,
  payload: Payload,
  now: Date,
): Promise<IssueRow | null> => {
  const acting: Acting = { key: row.key, issue: row.issue, action, payload, personId: null, unitIds: [], now }
  const [facts, policy] = await Promise.all([
    loadFacts(tx, door.stages, acting),
    door.deps.directory.policies.policyFor(row.key.communityCode, now),
  ])
  const decision = decide(row.issue, action, SYSTEM, payload, facts, policy, now)
  if (!decision.allowed) return null
  return write(tx, door, { row, action, payload, person: SYSTEM, decision, channel: 'system', now })
}

const tellOf = (tx: Tx, key: IssueKey, action: Action, state: State): void => {
  if (isTold(action, state)) send(tx, enqueue(tx, 'tell_raisers', { ...key, action }))
}

/** A wall clock that was set back does not take a matter back to before it came to be as it is. */
const notBefore = (now: Date, { stateSince }: Issue): Date => (now < stateSince ? stateSince : now)

/**
 * The one door through which an issue changes: locks its row, asks the rules, and writes state, event and follow-up jobs in the
 * caller's transaction.
 * @throws AppError not_found, forbidden, stale_version, action_refused (with the guard's code as reason), invalid_input, unprocessable
 * (personal data in a public text that nobody approved)
 */
export const takeAction = async (tx: Tx, door: Door, command: Command): Promise<Outcome> => {
  const { key, action, payload, actor, version } = command
  const { deps, stages } = door
  const [row, relation, tree, policy] = await Promise.all([
    lockIssue(tx, key),
    findRelation(tx, key, actor),
    deps.directory.regions.tree(),
    deps.directory.policies.policyFor(key.communityCode, deps.clock.now()),
  ])
  if (!row || viewOf(actor, tree, key.communityCode, row.issue, relation) === null) throw new AppError('not_found')
  const presider =
    actor.personId !== null && ACTIONS[action].by.some((doer) => doer.as === 'presider')
      ? await presides(tx, stages, key, actor.personId)
      : false
  const now = notBefore(deps.clock.now(), row.issue)
  const person = rulesActor(actor, tree, key, row.issue, relation, presider)
  const acting: Acting = {
    key,
    issue: row.issue,
    action,
    payload,
    personId: actor.personId,
    unitIds: unitsOf(actor),
    now,
  }
  const facts = await loadFacts(tx, stages, acting)
  const decision = decide(row.issue, action, person, payload, facts, policy, now)
  // Who may never do it hears so first; a stale page hears that it is stale before it hears why it would be refused.
  if (!decision.allowed && decision.status !== 409) throw refusal(decision)
  if (version !== undefined && version !== row.issue.version) throw new AppError('stale_version')
  if (!decision.allowed) throw refusal(decision)
  checkGrid(tree, key.communityCode, payload.gridCode)
  const reviews = reviewTexts(payload, command.reviews ?? {}, answersForPublicTexts(decision.as))
  const channel = channelOf(decision)
  const { sitting } = command
  const written = await write(tx, door, { row, action, payload, person, decision, channel, now, reviews, sitting })
  const { row: last, followed } = await followUp(tx, door, written, action, now)
  tellOf(tx, key, action, written.issue.state)
  return {
    state: last.issue.state,
    version: last.issue.version,
    seq: written.head.seq,
    hash: written.head.hash,
    followed,
  }
}

/** A matter stays with its community: a grid of another one would hand it to that one's staff. */
const checkGrid = (tree: RegionTree, communityCode: string, gridCode: unknown): void => {
  if (typeof gridCode !== 'string') return
  if (tree.get(gridCode)?.level === 'grid' && tree.communityOf(gridCode) === communityCode) return
  throw new AppError('invalid_input', { errors: [{ path: 'body.gridCode', message: '该网格不在本社区' }] })
}

const RESIDENT_SIDE = new Set(['raiser', 'identified', 'anyone', 'resident'])
const channelOf = ({ as }: Allowed) => (RESIDENT_SIDE.has(as) ? 'hall' : 'console')

const presides = async (tx: Tx, stages: readonly Stage[], key: IssueKey, personId: string): Promise<boolean> => {
  for (const stage of stages) if (await stage.presides?.(tx, key, personId)) return true
  return false
}

/**
 * An action of the product itself, for stages and jobs: `defer` when a meeting ends, `close` when a period does. Locks the issue.
 * @returns what came of it; null when the rules do not allow it now
 */
export const takeSystemAction = async (
  tx: Tx,
  door: Door,
  key: IssueKey,
  action: Action,
  payload: Payload = {},
): Promise<Outcome | null> => {
  const row = await lockIssue(tx, key)
  const done = row && (await takeOnLocked(tx, door, row, action, payload))
  if (!done) return null
  const { first, last, followed } = done
  return {
    state: last.issue.state,
    version: last.issue.version,
    seq: first.head.seq,
    hash: first.head.hash,
    followed,
  }
}

/**
 * The same on a row that the caller holds locked.
 * @returns the row after the action itself, and after what followed; null when the rules do not allow it now
 */
export const takeOnLocked = async (
  tx: Tx,
  door: Door,
  row: IssueRow,
  action: Action,
  payload: Payload = {},
): Promise<{ first: IssueRow; last: IssueRow; followed: Action[] } | null> => {
  const now = notBefore(door.deps.clock.now(), row.issue)
  const first = await asSystem(tx, door, row, action, payload, now)
  if (!first) return null
  const { row: last, followed } = await followUp(tx, door, first, action, now)
  tellOf(tx, row.key, action, first.issue.state)
  return { first, last, followed }
}
