import type { RollReport } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { newId } from '../../db/new-id.ts'
import { flatTitles, households, titleOwners } from '../../db/schema/index.ts'
import type { Deps } from '../../deps.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { doorHash, sealDoor } from '../households/index.ts'
import { buildingsByName } from '../regions/index.ts'
import {
  dropTitles,
  forgetFormerOwners,
  listKnownFlats,
  listKnownOwners,
  listKnownTitles,
  saveAreas,
  saveNames,
} from './import-roll.queries.ts'
import { openOwner, sealOwner } from './owner-name.ts'
import { type PlannedFlat, type PlannedOwner, planRoll } from './plan-roll.ts'
import { readRoll } from './read-roll.ts'
import { recordRollEvent } from './record-roll-event.ts'
import { digestTitles, lockRoll, saveImported } from './roll.queries.ts'

const MOST_ERRORS_SHOWN = 200
const DEVELOPER = '建设单位'

const identityHash = (cipher: Cipher, identity: string | null): string => cipher.keyedHash(`owner:${identity ?? ''}`)

/** Everybody named, each once: known by their paper, or new. */
const ownersOf = async (tx: Tx, cipher: Cipher, community: string, flats: readonly PlannedFlat[], at: Date) => {
  const named = new Map<string, PlannedOwner>()
  for (const owner of flats.flatMap(({ owners }) => owners)) {
    const hash = identityHash(cipher, owner.identity)
    if (owner.name !== '' || !named.has(hash)) named.set(hash, owner)
  }
  const known = new Map((await listKnownOwners(tx, community, [...named.keys()])).map((one) => [one.identityHash, one]))
  const ids = new Map<string, string>()
  const added: (typeof titleOwners.$inferInsert)[] = []
  const renamed: { id: string; nameCipher: string }[] = []
  for (const [hash, { name, identity }] of named) {
    const before = known.get(hash)
    const id = before?.id ?? newId(at)
    ids.set(hash, id)
    if (!before) {
      const developer = identity === null
      added.push({
        communityCode: community,
        id,
        nameCipher: sealOwner(cipher, id, name || DEVELOPER),
        identityHash: hash,
        developer,
      })
    } else if (name !== '' && openOwner(cipher, before) !== name)
      renamed.push({ id, nameCipher: sealOwner(cipher, id, name) })
  }
  return { ids, added, renamed }
}

const asText = (titles: readonly { ownerId: string; shareNumerator: number; shareDenominator: number }[]): string =>
  titles
    .map(({ ownerId, shareNumerator: n, shareDenominator: d }) => `${ownerId} ${n}/${d}`)
    .sort()
    .join()

/**
 * Takes a spreadsheet as the titles of the flats it names; flats it does not name stay as they are. All of it, or with one error
 * nothing; the same file once more changes nothing.
 * @throws AppError unprocessable when the file cannot be read at all
 */
export const importRoll = async (
  tx: Tx,
  deps: Deps,
  { community, bytes, dryRun, by }: { community: string; bytes: Uint8Array; dryRun: boolean; by: string },
): Promise<RollReport> => {
  const { cipher, clock } = deps
  const at = clock.now()
  await lockRoll(tx, community)
  const { lines, errors: unread } = await readRoll(bytes)
  const { names, codes } = buildingsByName(await deps.directory.regions.tree(), community)
  const plan = planRoll(lines, names, (door) => doorHash(cipher, door))
  const errors = [...unread, ...plan.errors].sort((a, b) => a.line - b.line)
  if (lines.length === 0 && errors.length === 0)
    errors.push({ line: 1, column: null, message: '表头下面没有内容，请每套房屋每位业主写一行' })

  const homes = new Map(
    (await listKnownFlats(tx, codes)).map((home) => [`${home.buildingCode} ${home.doorHash}`, home]),
  )
  const titles = Map.groupBy(await listKnownTitles(tx, community), ({ householdId }) => householdId)
  const owners = await ownersOf(tx, cipher, community, plan.flats, at)

  const added: (typeof households.$inferInsert)[] = []
  const areas: { id: string; areaHundredths: number }[] = []
  const replaced: string[] = []
  const made: (typeof flatTitles.$inferInsert)[] = []
  const count = { added: 0, changed: 0, removed: 0, unchanged: 0 }
  // Sorted, new flats are listed in the order of the file.
  const ids = plan.flats.map(() => newId(at)).sort()
  for (const [i, { buildingCode, door, areaHundredths, owners: its }] of plan.flats.entries()) {
    const home = homes.get(`${buildingCode} ${doorHash(cipher, door)}`)
    const id = home?.id ?? ids[i] ?? ''
    const own = its.map(({ identity, share }) => ({
      communityCode: community,
      householdId: id,
      ownerId: owners.ids.get(identityHash(cipher, identity)) ?? '',
      shareNumerator: share.numerator,
      shareDenominator: share.denominator,
    }))
    const before = titles.get(id) ?? []
    if (its.length === 0) {
      if (before.length > 0) replaced.push(id)
      count[before.length > 0 ? 'removed' : 'unchanged']++
      continue
    }
    const sold = asText(own) !== asText(before)
    const resized = home !== undefined && home.areaHundredths !== areaHundredths
    if (!home)
      added.push({ id, buildingCode, ...sealDoor(cipher, id, door), areaHundredths, createdAt: at, version: 1 })
    if (resized) areas.push({ id, areaHundredths })
    if (sold) {
      if (before.length > 0) replaced.push(id)
      made.push(...own)
    }
    count[before.length === 0 ? 'added' : sold || resized ? 'changed' : 'unchanged']++
  }

  const report = {
    lines: lines.length,
    ...count,
    uncounted: plan.uncounted,
    errorCount: errors.length,
    errors: errors.slice(0, MOST_ERRORS_SHOWN),
  }
  if (dryRun || errors.length > 0) return { applied: false, ...report }
  if (count.added + count.changed + count.removed + owners.renamed.length === 0) return { applied: true, ...report }
  const roll = await saveImported(tx, { communityCode: community, id: newId(at) }, by, at)
  await insertMany(tx, households, added)
  await saveAreas(tx, areas)
  await insertMany(tx, titleOwners, owners.added)
  await saveNames(tx, community, owners.renamed)
  await dropTitles(tx, community, replaced)
  await insertMany(tx, flatTitles, made)
  await forgetFormerOwners(tx, community)
  const record = { ...count, uncounted: plan.uncounted, digest: await digestTitles(tx, community) }
  await recordRollEvent(tx, deps, roll, 'import', { by, at, record })
  return { applied: true, ...report }
}
