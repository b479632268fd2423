import { type AgendaItemBody, type Body, type councilRoutes, makePublicId, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { findFitUnits } from '../office/index.ts'
import { type Candidate, lockCandidates, replaceItems, type SetItem } from './agenda.queries.ts'
import { type AgendaRow, listAgenda } from './items.queries.ts'
import { lockFor } from './lock-for.ts'
import { type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { listInvitees } from './notices.queries.ts'
import { sealPresenter } from './presenter-name.ts'
import { recordMeetingEvent } from './record-council-event.ts'

type Matter = Extract<AgendaItemBody, { issueId: string }>
type Heard = Exclude<AgendaItemBody, Matter>
type No = [reason: string, field: string, message: string]

const isMatter = (item: AgendaItemBody): item is Matter => 'issueId' in item

const whyNotMatter = (found: Candidate | undefined, meetingId: string): No | null => {
  if (!found) return ['item_unknown', 'issueId', '没有这件事项']
  if (found.state !== 'scheduled') return ['item_not_scheduled', 'issueId', '该事项没有列入议题，或已在议事']
  if (found.meetingId !== null && found.meetingId !== meetingId)
    return ['item_elsewhere', 'issueId', '该事项已列入另一次会议']
  return null
}

const whyNotHeard = ({ id, kind }: Heard, before: readonly AgendaRow[], communityCode: string): No | null => {
  if (id === undefined) return null
  const known = before.find((row) => makePublicId(communityCode, row.id) === id)
  return known?.kind === kind ? null : ['item_unknown', 'id', '议程上没有这一项']
}

/** Who may present: whoever belongs to the meeting, and units the community works with. */
const presenters = async (
  tx: Tx,
  { clock, directory }: Deps,
  communityCode: string,
  items: readonly AgendaItemBody[],
): Promise<{ people: ReadonlySet<string>; units: ReadonlySet<string> }> => {
  const named = items.flatMap(({ presenter }) => (presenter ? [presenter] : []))
  const unitIds = named.flatMap((one) => ('unitId' in one ? [one.unitId] : []))
  const asked = named.some((one) => 'personId' in one)
    ? await listInvitees(tx, await directory.regions.tree(), communityCode, [], clock.now())
    : []
  const units = unitIds.length > 0 ? await findFitUnits(tx, communityCode, unitIds) : []
  return { people: new Set(asked.map(({ personId }) => personId)), units: new Set(units.map(({ id }) => id)) }
}

const whyNotPresenter = (
  { presenter }: AgendaItemBody,
  { people, units }: Awaited<ReturnType<typeof presenters>>,
): No | null => {
  if (presenter && 'personId' in presenter && !people.has(presenter.personId))
    return ['presenter_unfit', 'presenter', '报告人须是议事会成员或社区工作人员，其他人请直接填写']
  if (presenter && 'unitId' in presenter && !units.has(presenter.unitId))
    return ['presenter_unfit', 'presenter', '报告单位须是本社区可用的单位']
  return null
}

const assertOnce = (items: readonly AgendaItemBody[]): void => {
  const seen = new Set<string>()
  for (const [index, item] of items.entries()) {
    const name = isMatter(item) ? item.issueId : item.kind === 'resolutions_due' ? item.kind : item.id
    if (name !== undefined && seen.has(name)) {
      const message = '同一项不能在议程上列两次'
      const errors = [{ path: `body.items.${index}`, message }]
      throw new AppError('unprocessable', { reason: 'item_twice', detail: message, errors })
    }
    if (name !== undefined) seen.add(name)
  }
}

const idOf = (item: AgendaItemBody, at: Date): string => {
  const known = isMatter(item) ? item.issueId : item.id
  return known ? splitPublicId(known).id : newId(at)
}

const rowOf = (item: AgendaItemBody, position: number, at: Date, cipher: Cipher): SetItem => {
  const { presenter, minutes = null } = item
  const id = idOf(item, at)
  const other = presenter && 'affiliation' in presenter ? presenter : undefined
  const rest = {
    presenterPersonId: presenter && 'personId' in presenter ? presenter.personId : null,
    presenterUnitId: presenter && 'unitId' in presenter ? presenter.unitId : null,
    presenterAffiliation: other?.affiliation ?? null,
    presenterNameCipher: other?.name === undefined ? null : sealPresenter(cipher, id, other.name),
    minutes,
    position,
  }
  if (isMatter(item)) return { id, kind: 'issue', title: null, text: null, ...rest }
  const { kind, title, text } = item
  return { id, kind, title, text: text || null, ...rest }
}

/** Who presents by name is named to those inside alone. */
export const itemsOnRecord = (rows: readonly SetItem[]) => ({
  record: {
    items: rows.map(({ presenterPersonId, presenterNameCipher: _, ...row }) => ({
      ...row,
      byPerson: presenterPersonId !== null,
    })),
  },
  personal: {
    presenters: rows.map(({ presenterPersonId }) => presenterPersonId),
    presenterNames: rows.map(({ presenterNameCipher }) => presenterNameCipher),
  },
})

/** @throws AppError unprocessable, naming the first item that cannot stand on the agenda */
export const setAgenda = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { items, reviewed }: Body<typeof councilRoutes.setAgenda>,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'set_agenda', version)
  const { communityCode } = key
  assertOnce(items)
  const before = await listAgenda(tx, key)
  const own = items
    .filter(isMatter)
    .map(({ issueId }) => splitPublicId(issueId))
    .filter((issue) => issue.communityCode === communityCode)
    .map(({ id }) => id)
  const candidates = new Map(
    (await lockCandidates(tx, communityCode, own)).map((found) => [makePublicId(communityCode, found.id), found]),
  )
  const may = await presenters(tx, deps, communityCode, items)
  for (const [index, item] of items.entries()) {
    const no =
      (isMatter(item)
        ? whyNotMatter(candidates.get(item.issueId), key.id)
        : whyNotHeard(item, before, communityCode)) ?? whyNotPresenter(item, may)
    if (!no) continue
    const [reason, field, message] = no
    const errors = [{ path: `body.items.${index}.${field}`, message }]
    throw new AppError('unprocessable', { reason, detail: message, errors })
  }
  const at = deps.clock.now()
  const rows = items.map((item, index) => rowOf(item, index + 1, at, deps.cipher))
  const texts = rows.flatMap(({ title, text, presenterAffiliation }, index) => [
    [`items.${index}.title`, title],
    [`items.${index}.text`, text],
    [`items.${index}.presenter.affiliation`, presenterAffiliation],
  ])
  assertPublishable(reviewed, Object.fromEntries(texts))
  await replaceItems(tx, key, rows)
  await saveMeeting(tx, meeting)
  const { state } = meeting
  await recordMeetingEvent(tx, deps, key, 'set_agenda', {
    from: state,
    to: state,
    by: personOf(actor),
    at,
    ...itemsOnRecord(rows),
  })
}
