import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { unitDuties } from '../../db/schema/units.ts'
import { AppError } from '../../http/errors.ts'
import { type DutyList, NO_DUTIES } from './duty-list.ts'
import { findUnknownCategories } from './units.queries.ts'

const unfit = (reason: string, path: string, message: string): AppError =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort()

/** What leads also takes; what is no longer taken leads no more, unless that was said. */
const wholeList = (before: DutyList, change: Partial<DutyList>): DutyList => {
  const taken = change.duties ?? before.duties
  const leads = change.leads ?? before.leads.filter((code) => taken.includes(code))
  return {
    duties: sorted([...taken, ...leads]),
    leads: sorted(leads),
    notDuties: sorted(change.notDuties ?? before.notDuties),
  }
}

/** What is new on each list, and what is on none any more. */
const differences = (before: DutyList, after: DutyList) => {
  const added = (list: keyof DutyList) => after[list].filter((code) => !before[list].includes(code))
  const named = new Set([...after.duties, ...after.notDuties])
  const dropped = [...before.duties, ...before.notDuties].filter((code) => !named.has(code))
  const found = { duties: added('duties'), leads: added('leads'), notDuties: added('notDuties'), dropped }
  return Object.fromEntries(Object.entries(found).filter(([, codes]) => codes.length > 0))
}

/**
 * Replaces the lists that are given. The unit's row is locked.
 * @returns the whole duty list in order, and what is different about it (nothing: null)
 * @throws AppError unprocessable when a code names no active category, or is both taken and not
 */
export async function setDuties(
  tx: Tx,
  unitId: string,
  change: Partial<DutyList>,
  before: DutyList = NO_DUTIES,
): Promise<{ list: DutyList; changed: Record<string, string[]> | null }> {
  const list = wholeList(before, change)
  const both = list.duties.filter((code) => list.notDuties.includes(code))
  if (both.length > 0) throw unfit('duty_both', 'notDuties', `同一类别不能既承办又不属职责：${both.join('、')}`)
  // One that was given up since may stay on the list it is on; none is put there.
  const known = new Set([...before.duties, ...before.notDuties])
  for (const name of ['duties', 'notDuties'] as const) {
    const unknown = await findUnknownCategories(
      tx,
      list[name].filter((code) => !known.has(code)),
    )
    if (unknown.length > 0) throw unfit('category_unknown', name, `没有这些类别或已停用：${unknown.join('、')}`)
  }
  const changed = differences(before, list)
  const leads = new Set(list.leads)
  const rows = [
    ...list.duties.map((categoryCode) => ({
      unitId,
      categoryCode,
      standing: leads.has(categoryCode) ? 'leads' : 'takes',
    })),
    ...list.notDuties.map((categoryCode) => ({ unitId, categoryCode, standing: 'refuses' })),
  ] as (typeof unitDuties.$inferInsert)[]
  const old = [...before.duties, ...before.notDuties]
  if (old.length > 0)
    await tx.delete(unitDuties).where(and(eq(unitDuties.unitId, unitId), inArray(unitDuties.categoryCode, old)))
  if (rows.length > 0) await tx.insert(unitDuties).values(rows)
  return { list, changed: Object.keys(changed).length > 0 || leads.size !== before.leads.length ? changed : null }
}
