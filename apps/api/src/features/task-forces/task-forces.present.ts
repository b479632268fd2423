import {
  makePublicId,
  type TaskForceChange,
  type TaskForceChangeView,
  type TaskForceMatter,
  type TaskForceSummary,
  type TaskForceView,
} from '@tongxin/contract'
import type { Deps } from '../../deps.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
import { maskedName, openName, type SealedPerson } from '../people/index.ts'
import type { ChangeRow } from './changes.queries.ts'
import type { MilestoneRow } from './milestones.queries.ts'
import { isMember, operationsOn, readsMatter, type Standing } from './task-forces.policy.ts'
import type { ForceRow, MatterRow, MemberRow, SummaryRow } from './task-forces.queries.ts'

type Cipher = Deps['cipher']

/** Colleagues read each other's names; who only supervises reads surnames. */
const nameFor = (cipher: Cipher, { reads }: Standing, id: string, nameCipher: string | null): string | null => {
  const person: SealedPerson = { id, nameCipher, phoneCipher: null }
  return reads === 'supervisor' ? maskedName(cipher, person) : openName(cipher, person)
}

const titleFor = ({ title, publicTitle }: MatterRow, { reads }: Standing): string | null => {
  if (reads === 'staff') return title ?? publicTitle
  return publicTitle ?? (title === null ? null : deIdentify(title).text)
}

const presentMatter = (community: string, row: MatterRow, standing: Standing, now: Date): TaskForceMatter => ({
  issueId: makePublicId(community, row.issueId),
  issueNumber: row.number,
  issueTitle: titleFor(row, standing),
  stage: row.stage as TaskForceMatter['stage'],
  state: row.state,
  leadUnitName: row.leadUnitName,
  dueAt: row.dueAt,
  overdue: row.dueAt !== null && Date.parse(row.dueAt) < now.getTime(),
})

export const presentForce = (
  cipher: Cipher,
  force: ForceRow,
  parts: { members: readonly MemberRow[]; matters: readonly MatterRow[]; milestones: readonly MilestoneRow[] },
  standing: Standing,
  { now, today }: { now: Date; today: string },
): TaskForceView => {
  const { members, matters, milestones } = parts
  const name = (id: string, nameCipher: string | null) => nameFor(cipher, standing, id, nameCipher)
  const { communityCode, id, purpose, state, createdAt, closedAt, result, version } = force
  return {
    id: makePublicId(communityCode, id),
    name: force.name,
    purpose,
    state,
    members: members.map(({ personId, nameCipher, unitId, unitName, standing: stands }) => ({
      personId,
      name: name(personId, nameCipher),
      unitId,
      unitName,
      leader: personId === force.leaderId,
      standing: stands,
    })),
    matters: matters
      .filter((row) => readsMatter(force, row, standing))
      .map((row) => presentMatter(communityCode, row, standing, now)),
    milestones: milestones.map(({ id: milestoneId, title, dueOn, reachedAt, reachedBy, reachedByCipher, note }) => ({
      id: milestoneId,
      title,
      dueOn,
      late: reachedAt === null && dueOn < today && state === 'active',
      reachedAt,
      reachedBy: reachedBy === null ? null : { personId: reachedBy, name: name(reachedBy, reachedByCipher) },
      note,
    })),
    createdAt,
    closedAt,
    result,
    operations: operationsOn(force, isMember(members, standing), standing),
    version,
  }
}

export const presentSummary = (cipher: Cipher, row: SummaryRow, standing: Standing): TaskForceSummary => {
  const { communityCode, id, leaderId, leaderCipher, ...figures } = row
  return {
    ...figures,
    id: makePublicId(communityCode, id),
    leaderName: nameFor(cipher, standing, leaderId, leaderCipher),
  }
}

/** Everybody whom a page of changes names, and every matter. */
export const namedIn = (rows: readonly ChangeRow[]): { people: string[]; issues: string[] } => ({
  people: rows.flatMap(({ personal }) =>
    personal === null
      ? []
      : [
          personal.by,
          ...(personal.leaderId ? [personal.leaderId] : []),
          ...(personal.joined ?? []).map(({ personId }) => personId),
          ...(personal.left ?? []),
        ],
  ),
  issues: rows.flatMap(({ record }) => [...(record.attached ?? []), ...(record.detached ?? [])]),
})

export const presentChange = (
  cipher: Cipher,
  { seq, at, action, record, personal }: ChangeRow,
  known: {
    names: ReadonlyMap<string, string | null>
    /** Of the matters this reader may know of; of any other nothing is told. */
    numbers: ReadonlyMap<string, string>
  },
  standing: Standing,
): TaskForceChangeView => {
  const name = (id: string) => nameFor(cipher, standing, id, known.names.get(id) ?? null)
  const names = (ids: readonly string[] = []) => ids.map(name).filter((each) => each !== null)
  const numbers = (ids: readonly string[] = []) => ids.flatMap((id) => known.numbers.get(id) ?? [])
  const joined = personal?.joined?.map(({ personId }) => personId)
  return {
    seq,
    at,
    by: personal && name(personal.by),
    action: action as TaskForceChange,
    leader: personal?.leaderId ? name(personal.leaderId) : null,
    joined: names(joined),
    left: names(personal?.left),
    attached: numbers(record.attached),
    detached: numbers(record.detached),
    text: personal?.result ?? personal?.title ?? personal?.name ?? null,
  }
}
