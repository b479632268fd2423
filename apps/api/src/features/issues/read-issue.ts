import type { IssueDetail, TimelineEntry } from '@tongxin/contract'
import {
  allowedActions,
  dueByRule,
  type FactSlice,
  type Facts,
  type Issue,
  isMove,
  nextStep,
  type Actor as RulesActor,
  slicesToOffer,
} from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { type Actor, isSelf, NOBODY } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { listAttachments } from '../attachments/index.ts'
import { findWhole, type WholeIssue } from './find-whole.ts'
import type { IssueRow } from './issue-row.ts'
import { type View, viewOf } from './issues.policy.ts'
import { presentIssue } from './issues.present.ts'
import { promiseOf } from './promise-of.ts'
import type { Tracked } from './raisers.queries.ts'
import { resolutionIn } from './resolution.present.ts'
import type { FactLoaders, IssueKey } from './stage.ts'
import { type Relation, rulesActor, unitsOf } from './standing.ts'
import type { Door } from './take-action.ts'
import { type EventRow, presentEvent } from './timeline.present.ts'

/** Slices that can be told before there is a payload; the others are looked up when the action is taken. */
const OFFERED: ReadonlySet<FactSlice> = new Set<FactSlice>([
  'own',
  'judged',
  'calls',
  'leadUnit',
  'council',
  'parts',
  'returns',
  'handOver',
])

const loadOfferFacts = async (
  on: Queryable,
  door: Door,
  row: IssueRow,
  actor: Actor,
  person: RulesActor,
  now: Date,
): Promise<Facts> => {
  const wanted = [...slicesToOffer(row.issue, person)].filter((slice) => OFFERED.has(slice))
  const acting = {
    key: row.key,
    issue: row.issue,
    action: 'comment' as const,
    payload: {},
    personId: actor.personId,
    unitIds: unitsOf(actor),
    now,
  }
  const facts: Record<string, unknown> = {}
  await Promise.all(
    door.stages.flatMap((stage) =>
      wanted.map(async (slice) => {
        const load = stage.facts?.[slice] as FactLoaders['own'] | undefined
        if (load) facts[slice] = await load(on as Tx, acting)
      }),
    ),
  )
  return facts
}

const presides = async (on: Queryable, door: Door, key: IssueKey, issue: Issue, actor: Actor): Promise<boolean> => {
  if (actor.personId === null || (issue.state !== 'scheduled' && issue.state !== 'deliberating')) return false
  for (const stage of door.stages) if (await stage.presides?.(on as Tx, key, actor.personId)) return true
  return false
}

const offersOf = async (on: Queryable, door: Door, row: IssueRow, actor: Actor, relation: Relation) => {
  // A third-party system takes no action, whatever it may read.
  if (actor.personId === null || actor.client) return []
  const now = door.deps.clock.now()
  const [policy, tree, presider] = await Promise.all([
    door.deps.directory.policies.policyFor(row.key.communityCode, now),
    door.deps.directory.regions.tree(),
    presides(on, door, row.key, row.issue, actor),
  ])
  const person = rulesActor(actor, tree, row.key, row.issue, relation, presider)
  const facts = await loadOfferFacts(on, door, row, actor, person, now)
  const step = nextStep(row.issue, person, facts, policy, now)
  return allowedActions(row.issue, person, facts, policy, now).map(({ action, as }) => ({
    action,
    as,
    kind: isMove(action) ? ('move' as const) : ('fact' as const),
    next: action === step?.action,
    dueByRule: dueByRule(row.issue, action, policy, now)?.toISOString() ?? null,
  }))
}

const photosOf = async (on: Queryable, key: IssueKey, events: readonly EventRow[]) =>
  events.some((event) => Array.isArray(event.record.photos))
    ? listAttachments(on, key.communityCode, 'issue', key.id)
    : []

/** The issue with its timeline as this reader may see them, and what they may do now. */
export const readIssue = async (on: Queryable, door: Door, key: IssueKey, actor: Actor): Promise<IssueDetail> => {
  const [whole, tree] = await Promise.all([findWhole(on, key, actor), door.deps.directory.regions.tree()])
  const view = whole && viewOf(actor, tree, key.communityCode, whole.row.issue, whole.relation)
  if (!whole || view === null) throw new AppError('not_found')
  const { row, relation, events } = whole
  const [photos, offers, promised] = await Promise.all([
    photosOf(on, key, events),
    offersOf(on, door, row, actor, relation),
    promiseOf(door.deps, key.communityCode, row.issue),
  ])
  return assemble(door, { row, relation, events }, view, (id) => isSelf(actor, id), promised, photos, offers)
}

/** As the raiser reads it through a tracking link: nothing can be done from there. */
export const readTracked = async (on: Queryable, door: Door, tracked: Tracked): Promise<IssueDetail> => {
  const key = { communityCode: tracked.communityCode, id: tracked.id }
  const whole = await findWhole(on, key, NOBODY)
  if (!whole) throw new AppError('not_found')
  const { row, events } = whole
  const relation: Relation = {
    raiser: true,
    ownWords: true,
    detached: false,
    raiserId: null,
    part: false,
    called: false,
    neighbour: false,
  }
  const [photos, promised] = await Promise.all([
    photosOf(on, key, events),
    promiseOf(door.deps, key.communityCode, row.issue),
  ])
  return assemble(door, { row, relation, events }, 'raiser', (id) => isSelf(tracked, id), promised, photos, [])
}

const assemble = (
  door: Door,
  { row, relation, events }: WholeIssue,
  view: View,
  isSelf: (id: unknown) => boolean,
  promised: Date | null,
  photos: Awaited<ReturnType<typeof listAttachments>>,
  offers: IssueDetail['allowedActions'],
): IssueDetail => {
  const { cipher } = door.deps
  const reader = { view, isSelf, photos, cipher, communityCode: row.key.communityCode }
  const timeline = events
    .map((event) => presentEvent(event, reader))
    .filter((entry): entry is TimelineEntry => entry !== null)
  return {
    ...presentIssue(row, view, relation),
    promisedAt: promised?.toISOString() ?? null,
    resolution: resolutionIn(events),
    timeline,
    allowedActions: offers,
  }
}
