import { FLAT_USES, type FlatUse, ROLL_COLUMNS, type RollColumn, type SheetError } from '@tongxin/contract'
import { addShares, type Fraction } from '../households/index.ts'
import { type Buildings, buildingNamed } from '../regions/index.ts'
import type { RollLine } from './read-roll.ts'
import { readArea, readIdentity, readShare } from './roll-values.ts'

export interface PlannedOwner {
  /** May be left out for the developer. */
  name: string
  /** Null for the developer, of whom a community has one. */
  identity: string | null
  share: Fraction
}
export interface PlannedFlat {
  line: number
  buildingCode: string
  door: string
  areaHundredths: number
  /** None when the flat is taken off the roll. */
  owners: PlannedOwner[]
}
export interface RollPlan {
  flats: PlannedFlat[]
  uncounted: number
  errors: SheetError[]
}

const LONGEST_NAME = 100
const LONGEST_DOOR = 30
const USES = new Map(
  (Object.entries(FLAT_USES) as [FlatUse, readonly string[]][]).flatMap(([use, words]) =>
    words.map((word) => [word, use] as const),
  ),
)
const WHOLE: Fraction = { numerator: 1, denominator: 1 }

interface Read extends RollLine {
  buildingCode: string
  use: FlatUse
}

/**
 * What the lines say, flat by flat. Every line is looked at, so that whoever has the file can mend it in one go.
 * @param doorKey how a door is told from others of its building
 */
export const planRoll = (
  lines: readonly RollLine[],
  buildings: Buildings,
  doorKey: (door: string) => string,
): RollPlan => {
  const errors: SheetError[] = []
  const wrong = (line: number, column: RollColumn, message: string) => {
    errors.push({ line, column: ROLL_COLUMNS[column][0], message })
  }

  const read: Read[] = []
  let uncounted = 0
  for (const one of lines) {
    const { line, cells } = one
    const use = USES.get(cells.use)
    if (!use) {
      wrong(line, 'use', `不认识用途“${cells.use}”，请写：${[...USES.keys()].filter(Boolean).join('、')}`)
      continue
    }
    if (use === 'uncounted') {
      uncounted++
      continue
    }
    const building = { value: undefined, wrong: undefined, ...buildingNamed(buildings, cells.building) }
    const { value: buildingCode } = building
    if (building.wrong !== undefined) wrong(line, 'building', building.wrong)
    if (!cells.door) wrong(line, 'door', '请写门牌，如 2单元301')
    else if (cells.door.length > LONGEST_DOOR) wrong(line, 'door', `门牌最多 ${LONGEST_DOOR} 个字`)
    else if (buildingCode) read.push({ ...one, buildingCode, use })
  }

  const names = new Map<string, string>()
  const flats = [...Map.groupBy(read, ({ buildingCode, cells }) => `${buildingCode} ${doorKey(cells.door)}`).values()]
  return {
    uncounted,
    errors,
    flats: flats.flatMap((own) => {
      const [first] = own
      if (!first) return []
      const { line, buildingCode, cells } = first
      const flat = { line, buildingCode, door: cells.door }
      const other = own.find(({ use }) => use !== first.use)
      if (other) {
        wrong(other.line, 'use', '同一套房屋的用途前后不一致')
        return []
      }
      if (first.use === 'removed') return [{ ...flat, areaHundredths: 0, owners: [] }]
      const areaHundredths = areaOf(own, wrong)
      const owners = first.use === 'unsold' ? unsold(own, wrong) : ownersOf(own, names, wrong)
      if (areaHundredths === null || owners === null) return []
      return [{ ...flat, areaHundredths, owners }]
    }),
  }
}

type Wrong = (line: number, column: RollColumn, message: string) => void

/** The first line of a flat says its area; those of other owners may say the same, or nothing. */
const areaOf = (own: readonly Read[], wrong: Wrong): number | null => {
  let area: number | null = null
  for (const [i, { line, cells }] of own.entries()) {
    if (i > 0 && cells.area === '') continue
    const { value, wrong: message } = { value: undefined, wrong: undefined, ...readArea(cells.area) }
    if (value === undefined) wrong(line, 'area', cells.area === '' ? '请写专有部分面积' : (message ?? ''))
    else if (area !== null && value !== area) wrong(line, 'area', '同一套房屋的面积前后不一致，请改成一样')
    area ??= value ?? null
  }
  return area
}

const unsold = (own: readonly Read[], wrong: Wrong): PlannedOwner[] | null => {
  const [first, second] = own
  if (second) {
    wrong(second.line, 'use', '未售房屋只写一行，由建设单位作为业主')
    return null
  }
  return [{ name: first?.cells.owner ?? '', identity: null, share: WHOLE }]
}

const ownersOf = (own: readonly Read[], names: Map<string, string>, wrong: Wrong): PlannedOwner[] | null => {
  const owners: PlannedOwner[] = []
  let whole = true
  const refuse: Wrong = (...said) => {
    whole = false
    wrong(...said)
  }
  for (const { line, cells } of own) {
    const identity = readIdentity(cells.identity)
    if (!cells.owner) refuse(line, 'owner', '请写业主姓名')
    else if (cells.owner.length > LONGEST_NAME) refuse(line, 'owner', `姓名最多 ${LONGEST_NAME} 个字`)
    if (!identity)
      refuse(line, 'identity', cells.identity ? '证件号码有误，请核对' : '请写证件号码，用来认出同一位业主')
    else if (owners.some((other) => other.identity === identity))
      refuse(line, 'identity', '这套房屋已写过这位业主，请合并为一行')
    else if ((names.get(identity) ?? cells.owner) !== cells.owner)
      refuse(line, 'owner', '同一证件号码在前面写的是另一个姓名，请核对')
    else names.set(identity, cells.owner)
    const alone = own.length === 1 && cells.share === ''
    const share = alone ? { value: WHOLE } : readShare(cells.share)
    if (share.wrong !== undefined)
      refuse(line, 'share', cells.share === '' ? '共有的房屋，每位业主都要写份额，如 1/2' : share.wrong)
    else owners.push({ name: cells.owner, identity, share: share.value })
  }
  if (!whole) return null
  const { n, d } = addShares(owners.map(({ share }) => share))
  if (n === d) return owners
  wrong(own.at(-1)?.line ?? 0, 'share', `这套房屋的份额合计为 ${n}/${d}，应正好为 1`)
  return null
}
