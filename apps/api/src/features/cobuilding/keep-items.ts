import type { CobuildingKind, cobuildingRoutes } from '@tongxin/contract'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { findFitUnits } from '../office/index.ts'
import { civilDate } from '../regions/index.ts'
import {
  endProject,
  findProject,
  type ItemRow,
  type ItemValues,
  insertItem,
  insertProject,
  isListed,
  lockItem,
  updateItem,
} from './cobuilding.queries.ts'

interface By {
  by: string
  at: Date
}
type NewItem = Omit<z.output<(typeof cobuildingRoutes.addCobuildingItem)['body']>, 'community'>
type ItemChange = z.output<(typeof cobuildingRoutes.changeCobuildingItem)['body']>
type Start = Omit<
  z.output<(typeof cobuildingRoutes.startCobuildingProject)['body']>,
  'community' | 'offerId' | 'needId'
>
type Ending = z.output<(typeof cobuildingRoutes.closeCobuildingProject)['body']>

const unfit = (reason: string, path: string, message: string): AppError =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

const assertUnitsServe = async (tx: Tx, community: string, unitIds: readonly string[], path: string): Promise<void> => {
  if ((await findFitUnits(tx, community, unitIds)).length < unitIds.length)
    throw unfit('unit_unfit', path, '没有这个单位、已停用或不服务于本社区')
}

const assertAhead = (until: string | null, at: Date): void => {
  if (until !== null && until < civilDate(at)) throw unfit('until_past', 'until', '止期已过')
}

/** @returns its id @throws AppError unprocessable when the unit does not serve the community, it is over, or a text holds personal data */
export async function addItem(tx: Tx, community: string, item: NewItem, { by, at }: By): Promise<string> {
  const { kind, unitId, reviewed, ...values } = item
  assertPublishable(reviewed, { title: values.title, detail: values.detail })
  assertAhead(values.until, at)
  if (unitId !== null) await assertUnitsServe(tx, community, [unitId], 'unitId')
  const id = newId(at)
  await insertItem(tx, { ...values, state: 'open', community, id, kind, unitId, by, at })
  return id
}

/** The caller holds the row. @throws AppError stale_version, unprocessable */
export async function changeItem(tx: Tx, row: ItemRow, version: number, change: ItemChange, at: Date): Promise<void> {
  if (row.version !== version) throw new AppError('stale_version')
  const { reviewed, ...said } = change
  assertPublishable(reviewed, { title: said.title, detail: said.detail })
  const before: ItemValues = row
  const after = { ...before, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) }
  if (after.from !== null && after.until !== null && after.from > after.until)
    throw unfit('out_of_order', 'until', '止期不能早于起期')
  if (after.state === 'open') assertAhead(after.until, at)
  await updateItem(tx, row.communityCode, row.id, after)
}

/** Holds it, so that it is not taken back meanwhile. */
const assertListed = async (
  tx: Tx,
  community: string,
  id: string | null,
  kind: CobuildingKind,
  at: Date,
): Promise<void> => {
  if (id === null) return
  const item = await lockItem(tx, community, id)
  if (item?.kind !== kind || !isListed(item, civilDate(at)))
    throw unfit(`${kind}_unfit`, `${kind}Id`, '没有这一项，或已不再列出')
}

/** @param ids of the offer and the need that meet, in this community @returns its id @throws AppError unprocessable */
export async function startProject(
  tx: Tx,
  community: string,
  { reviewed, ...project }: Start,
  ids: { offerId: string | null; needId: string | null },
  { by, at }: By,
): Promise<string> {
  assertPublishable(reviewed, { title: project.title, plan: project.plan })
  await assertListed(tx, community, ids.offerId, 'offer', at)
  await assertListed(tx, community, ids.needId, 'need', at)
  await assertUnitsServe(tx, community, project.unitIds, 'unitIds')
  const id = newId(at)
  await insertProject(tx, { ...project, ...ids, community, id, by, at })
  return id
}

/** @throws AppError not_found, stale_version, unprocessable */
export async function closeProject(
  tx: Tx,
  community: string,
  id: string,
  version: number,
  { reviewed, state, result, figures }: Ending,
  at: Date,
): Promise<void> {
  const before = await findProject(tx, community, id)
  if (!before) throw new AppError('not_found')
  if (before.state !== 'running') throw unfit('project_closed', 'state', '项目已经办结或中止')
  const inFigures = figures.flatMap(({ name, unit }, nth) => [
    [`figures.${nth}.name`, name],
    [`figures.${nth}.unit`, unit],
  ])
  assertPublishable(reviewed, { result, ...Object.fromEntries(inFigures) })
  if (!(await endProject(tx, { community, id, state, result, figures, at, version })))
    throw new AppError('stale_version')
}
