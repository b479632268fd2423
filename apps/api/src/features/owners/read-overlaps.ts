import type { Body, OwnersOverlap, ownersRoutes, RollSummary } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { openDoor } from '../households/index.ts'
import { type Heads, headsOf, type Overlap } from './heads.ts'
import { shownOwner } from './owner-name.ts'
import { recordRollEvent } from './record-roll-event.ts'
import {
  findFlats,
  findRoll,
  listRulings,
  listTitled,
  listTitles,
  lockRoll,
  type RulingRow,
  saveRuling,
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
  const decisions = new Map(ruled.map(({ fingerprint, decision }) => [fingerprint, decision]))
  return { flats, rulings, ...headsOf(flats, decisions) }
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

const present = async (
  on: Queryable,
  { cipher, directory }: Deps,
  communityCode: string,
  overlaps: readonly Overlap<TitledFlat>[],
  rulings: ReadonlyMap<string, RulingRow>,
): Promise<OwnersOverlap[]> => {
  const tree = await directory.regions.tree()
  const ids = overlaps.flatMap(({ groups }) => groups.flatMap(({ flats }) => flats.map((one) => one.householdId)))
  const flats = new Map((await findFlats(on, ids)).map((flat) => [flat.householdId, flat]))
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
          const { buildingCode, doorCipher } = flat
          const building = tree.get(buildingCode)?.name ?? buildingCode
          return [{ householdId, buildingCode, building, door: openDoor(cipher, { id: householdId, doorCipher }) }]
        }),
      })),
      ruling: ruling ? { decision: ruling.decision, reason: ruling.reason, decidedAt: ruling.decidedAt } : null,
    }
  })
}

export const listOverlaps = async (on: Queryable, deps: Deps, communityCode: string): Promise<OwnersOverlap[]> => {
  const { overlaps, rulings } = await readHeads(on, communityCode)
  return present(on, deps, communityCode, overlaps, rulings)
}

/** @throws AppError conflict when the titles have changed since the overlap was looked at */
export const ruleOverlap = async (
  tx: Tx,
  deps: Deps,
  by: string,
  { community, fingerprint, decision, reason }: Body<typeof ownersRoutes.ruleOverlap>,
): Promise<OwnersOverlap> => {
  const roll = await lockRoll(tx, community)
  const { overlaps } = await readHeads(tx, community)
  const overlap = overlaps.find((one) => one.fingerprint === fingerprint)
  if (!roll || !overlap)
    throw new AppError('conflict', { reason: 'overlap_changed', detail: '这些房屋的业主已有变化，请刷新后再裁定' })
  const at = deps.clock.now()
  await saveRuling(tx, roll, { fingerprint, decision, reason, by, at })
  await recordRollEvent(tx, deps, roll, 'rule', { by, at, record: { fingerprint, decision }, reason })
  const ruling = { fingerprint, decision, reason, decidedAt: at.toISOString() }
  const [shown] = await present(tx, deps, community, [overlap], new Map([[fingerprint, ruling]]))
  if (!shown) throw new Error('The overlap just ruled on is not there')
  return shown
}
