import type { ResidentsReport, SheetError } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { householdMembers, households, people } from '../../db/schema/index.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { doorHash } from '../households/index.ts'
import { buildingsByName, type RegionTree } from '../regions/index.ts'
import { planResidents, type ResidentPlan } from './plan-residents.ts'
import { type ResidentLine, readResidents, residentOf } from './read-residents.ts'
import { holdByPhone, listByPhone, listMembers, lockCommunity, lockHomes, raiseLevels } from './residents.queries.ts'

const MOST_ERRORS_SHOWN = 200

export interface ImportResidents {
  community: string
  tree: RegionTree
  actor: Actor
  bytes: Uint8Array
  dryRun: boolean
}

/**
 * Takes a spreadsheet as people and the homes they belong to; what it does not name stays as it is. All of it, or with one error nothing;
 * the same file once more changes nothing.
 * @returns also who was on record before and has another level now
 * @throws AppError unprocessable when the file cannot be read at all
 */
export async function importResidents(
  tx: Tx,
  { cipher, clock }: Deps,
  { community, tree, actor, bytes, dryRun }: ImportResidents,
): Promise<{ report: ResidentsReport; raised: readonly string[] }> {
  const at = clock.now()
  await lockCommunity(tx, community)
  const { lines, errors: unread } = await readResidents(bytes)
  const errors: SheetError[] = [...unread]
  if (lines.length === 0 && errors.length === 0)
    errors.push({ line: 1, column: null, message: '表头下面没有内容，请每户每位成员写一行' })
  const { names } = buildingsByName(tree, community)
  const residents: ResidentLine[] = []
  for (const one of lines) {
    const said = residentOf(one, names)
    if ('errors' in said) errors.push(...said.errors)
    else residents.push(said.resident)
  }
  const plan = await planOf(tx, cipher, residents, { community, tree, actor, at })
  errors.push(...plan.errors)
  errors.sort((a, b) => a.line - b.line)

  const report = {
    lines: lines.length,
    newHouseholds: plan.homes.length,
    newPeople: plan.people.size,
    bound: plan.members.length,
    unchanged: plan.unchanged,
    errorCount: errors.length,
    errors: errors.slice(0, MOST_ERRORS_SHOWN),
  }
  if (dryRun || errors.length > 0) return { report: { applied: false, ...report }, raised: [] }
  await insertMany(tx, households, plan.homes)
  await insertMany(tx, people, [...plan.people.values()])
  await insertMany(tx, householdMembers, plan.members)
  const raised = [...plan.raised]
  if (raised.length > 0) await raiseLevels(tx, raised, community)
  return { report: { applied: true, ...report }, raised }
}

/** With what is on record of these homes and numbers. */
async function planOf(
  tx: Tx,
  cipher: Deps['cipher'],
  residents: readonly ResidentLine[],
  { community, tree, actor, at }: Pick<ImportResidents, 'community' | 'tree' | 'actor'> & { at: Date },
): Promise<ResidentPlan> {
  const buildings = new Set(residents.map(({ buildingCode }) => buildingCode))
  const doors = new Set(residents.map(({ door }) => doorHash(cipher, door)))
  const homes = residents.length === 0 ? [] : await lockHomes(tx, [...buildings], [...doors])
  const ids = homes.map(({ id }) => id)
  const members = ids.length === 0 ? [] : await listMembers(tx, ids)
  const hashes = [...new Set(residents.flatMap(({ phone }) => (phone === null ? [] : [cipher.keyedHash(phone)])))]
  if (hashes.length > 0) await holdByPhone(tx, hashes)
  const known = hashes.length === 0 ? [] : await listByPhone(tx, hashes)
  return planResidents(
    residents,
    { homes, members, known },
    { cipher, tree, actor, by: personOf(actor), community, at },
  )
}
