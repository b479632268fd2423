import type { OwnersOverlap, RollSummary } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { openDoor } from '../households/index.ts'
import { type Heads, headsOf, type Overlap } from './heads.ts'
import { shownOwner } from './owner-name.ts'
import {
  findFlats,
  findRoll,
  listRulings,
  listTitled,
  listTitles,
  type RulingRow,
  type TitledFlat,
} from './roll.queries.ts'

export interface WholeRoll extends Heads<TitledFlat> {
  flats: TitledFlat[]
  rulings: Map<string, RulingRow>
}

/** Every flat on the roll and the heads they make, as it stands now. */
export const readHeads = async (on: Queryable, communityCode: string): Promise<WholeRoll> => {
  const [flats, ruled] = [await listTitled(on, communityCode), await listRulings(on, communityCode)]
  const rulings = new Map(ruled.map((row) => [row.fingerprint, row]))
  const heads = new Map(
    ruled.map((row) => [row.fingerprint, new Map(row.flats.map(({ householdId, headNo }) => [householdId, headNo]))]),
  )
  return { flats, rulings, ...headsOf(flats, heads) }
}

export const summarizeRoll = async (on: Queryable, communityCode: string): Promise<RollSummary> => {
  const [roll, { flats, heads, undecided }] = [await findRoll(on, communityCode), await readHeads(on, communityCode)]
  return {
    flats: flats.length,
    areaHundredths: flats.reduce((sum, { areaHundredths }) => sum + (areaHundredths ?? 0), 0),
    heads: undecided.length > 0 ? null : heads.length,
    withoutArea: flats.filter(({ areaHundredths }) => areaHundredths === null).length,
    undecided: undecided.length,
    importedAt: roll?.importedAt ?? null,
  }
}

const headsRuled = ({ flats }: RulingRow): string[][] =>
  [...Map.groupBy(flats, ({ headNo }) => headNo).values()].map((own) => own.map(({ householdId }) => householdId))

const present = async (
  on: Queryable,
  { cipher, directory }: Deps,
  communityCode: string,
  overlaps: readonly Overlap<TitledFlat>[],
  rulings: ReadonlyMap<string, RulingRow>,
): Promise<OwnersOverlap[]> => {
  const tree = await directory.regions.tree()
  const ids = overlaps.flatMap(({ groups }) => groups.flatMap(({ flats }) => flats.map((one) => one.householdId)))
  const flats = new Map((await findFlats(on, ids)).map((flat) => [flat.id, flat]))
  const names = new Map(
    (await listTitles(on, communityCode, ids)).map((row) => [
      row.ownerId,
      shownOwner(cipher, { ...row, id: row.ownerId }),
    ]),
  )
  return overlaps.map(({ fingerprint, groups }) => {
    const ruling = rulings.get(fingerprint)
    return {
      fingerprint,
      groups: groups.map((group) => ({
        owners: group.owners.map((owner) => names.get(owner) ?? ''),
        flats: group.flats.flatMap(({ householdId }) => {
          const flat = flats.get(householdId)
          if (!flat) return []
          const { buildingCode } = flat
          const building = tree.get(buildingCode)?.name ?? buildingCode
          return [{ householdId, buildingCode, building, door: openDoor(cipher, flat) }]
        }),
      })),
      ruling: ruling ? { heads: headsRuled(ruling), reason: ruling.reason, decidedAt: ruling.decidedAt } : null,
    }
  })
}

export const listOverlaps = async (on: Queryable, deps: Deps, communityCode: string): Promise<OwnersOverlap[]> => {
  const { overlaps, rulings } = await readHeads(on, communityCode)
  return present(on, deps, communityCode, overlaps, rulings)
}
