import { makePublicId, splitPublicId } from '@tongxin/contract'
import type { Issue } from '@tongxin/lifecycle'
import { asOne } from '../../db/as-one.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { AppError } from '../../http/errors.ts'
import { eraseRaiser, findErasure } from './erase-raiser.ts'
import { findIssue } from './issue-row.ts'
import { linkIssue } from './link-issue.ts'
import { detachRaiser, joinTarget, leaveTarget } from './raisers.queries.ts'
import type { Acting, Effects, FactLoaders, Stage } from './stage.ts'
import { type Door, takeSystemAction } from './take-action.ts'

const OWN = `select
  exists (select 1 from endorsements where community_code = $1 and issue_id = $2 and person_id ${asOne('$3')}) as endorsed,
  exists (select 1 from events where community_code = $1 and subject_type = 'issue' and subject_id = $2
    and personal ->> 'actorId' = $3::text and record ->> 'as' not in ('raiser', 'identified', 'anyone', 'resident')) as "hadPart",
  (select max(merged_at) from raisers where community_code = $1 and issue_id = $2 and person_id = $3) as "mergedAt"`

const HOUSEHOLD = `select
  exists (select 1 from household_members where household_id = $3 and person_id = $4 and community_code = $1) as mine,
  exists (select 1 from endorsements where community_code = $1 and issue_id = $2 and household_id = $3) as counted`

const ENDORSE = `insert into endorsements (community_code, issue_id, person_id, household_id, at) values ($1, $2, $3, $4, $5)`

const pickTarget = ({ state, visibility, complainedUnitId }: Issue) => ({ state, visibility, complainedUnitId })

const facts: FactLoaders = {
  own: async (tx, { key, personId }) => {
    const row = await preparedOne<{ endorsed: boolean; hadPart: boolean; mergedAt: string | null }>(
      tx,
      'issue_own',
      OWN,
      [key.communityCode, key.id, personId],
    )
    return {
      endorsed: row?.endorsed ?? false,
      hadPart: row?.hadPart ?? false,
      mergedAt: row?.mergedAt ? new Date(row.mergedAt) : null,
    }
  },
  household: async (tx, { key, personId, payload }) =>
    (await preparedOne<{ mine: boolean; counted: boolean }>(tx, 'issue_household', HOUSEHOLD, [
      key.communityCode,
      key.id,
      payload.householdId ?? null,
      personId,
    ])) ?? { mine: false, counted: false },
  target: async (tx, { key, payload }) => {
    const none = {
      exists: false,
      state: 'closed',
      sameIssue: false,
      visibility: 'private',
      complainedUnitId: null,
    } as const
    if (typeof payload.targetId !== 'string') return none
    const target = splitPublicId(payload.targetId)
    // Issues are merged within one community; another one's are not even looked up.
    if (target.communityCode !== key.communityCode) return none
    const row = await findIssue(tx, target)
    return row ? { ...pickTarget(row.issue), exists: true, sameIssue: target.id === key.id } : none
  },
  erasure: (tx, acting) => findErasure(tx, acting),
}

const targetOf = ({ payload }: Acting) => splitPublicId(String(payload.targetId))

const effects = (door: () => Door): Effects => ({
  merge: async (tx, decided) => {
    const target = targetOf(decided)
    const raisers = await joinTarget(tx, decided.key, target.id, decided.now)
    const source = makePublicId(decided.key.communityCode, decided.key.id)
    const done = await takeSystemAction(tx, door(), target, 'absorb', { source, raisers })
    // It moved on between the look and the lock.
    if (!done) throw new AppError('action_refused', { reason: 'target_open', detail: '并入的事项刚刚改变了状态' })
    return undefined
  },
  split: async (tx, { key, issue, now }) => {
    if (issue.mergedInto === null) return undefined
    const target = splitPublicId(issue.mergedInto)
    const raisers = await leaveTarget(tx, key, target.id, now)
    await takeSystemAction(tx, door(), target, 'release', { source: makePublicId(key.communityCode, key.id), raisers })
    return { record: { splitFrom: issue.mergedInto } }
  },
  withdraw: async (tx, { key, personId, now }) => {
    if (personId) await detachRaiser(tx, key, personId, now)
    return undefined
  },
  resubmit: async (tx, { key, personId }) => {
    if (personId) await detachRaiser(tx, key, personId, null)
    return undefined
  },
  endorse: async (tx, { key, personId, payload, now }) => {
    await prepared(tx, 'endorse', ENDORSE, [
      key.communityCode,
      key.id,
      personId,
      payload.householdId,
      now.toISOString(),
    ])
    return undefined
  },
  refer: async (tx, decided) => {
    if (decided.payload.recipient !== 'community') return undefined
    return { record: { linkedIssue: await linkIssue(tx, door(), decided) } }
  },
  erase_personal: eraseRaiser,
})

/** What the issue itself knows of its raisers and does to them; the other stages stand beside it. */
export const ownStage = (door: () => Door): Stage => ({ facts, effects: effects(door) })

/** The door with every stage behind it. */
export const openDoor = (deps: Door['deps'], stages: readonly Stage[]): Door => {
  const door: Door = { deps, stages: [ownStage(() => door), ...stages] }
  return door
}
