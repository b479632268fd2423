import {
  type MemberKind,
  phoneNumber,
  RESIDENT_COLUMNS,
  RESIDENT_KINDS,
  type ResidentColumn,
  type Share,
  type SheetError,
} from '@tongxin/contract'
import { readSheet, type Sheet, type SheetLine } from '../imports/index.ts'
import { readShare } from '../owners/index.ts'
import { type Buildings, buildingNamed } from '../regions/index.ts'

/** What one line says, whatever is on record. */
export interface ResidentLine {
  line: number
  buildingCode: string
  door: string
  name: string
  /** As it is stored; null when none is given. */
  phone: string | null
  kind: MemberKind
  share: Share | null
}

const OPTIONAL: ReadonlySet<ResidentColumn> = new Set<ResidentColumn>(['phone', 'kind', 'share'])
const LONGEST_NAME = 50
const LONGEST_DOOR = 30
const KINDS = new Map(
  (Object.entries(RESIDENT_KINDS) as [MemberKind, readonly string[]][]).flatMap(([kind, words]) =>
    words.map((word) => [word, kind] as const),
  ),
)

/** @throws AppError unprocessable when the file is no table, or lacks a column */
export const readResidents = (bytes: Uint8Array): Promise<Sheet<ResidentColumn>> =>
  readSheet(bytes, { columns: RESIDENT_COLUMNS, optional: OPTIONAL })

export const errorAt = (line: number, column: ResidentColumn, message: string): SheetError => ({
  line,
  column: RESIDENT_COLUMNS[column][0],
  message,
})

/** Every cell is looked at, so that whoever has the file can mend it in one go. */
export function residentOf(
  { line, cells }: SheetLine<ResidentColumn>,
  buildings: Buildings,
): { resident: ResidentLine } | { errors: SheetError[] } {
  const errors: SheetError[] = []
  const wrong = (column: ResidentColumn, message: string) => errors.push(errorAt(line, column, message))

  const building = { value: undefined, wrong: undefined, ...buildingNamed(buildings, cells.building) }
  if (building.wrong !== undefined) wrong('building', building.wrong)
  if (!cells.door) wrong('door', '请写门牌，如 2单元301')
  else if (cells.door.length > LONGEST_DOOR) wrong('door', `门牌最多 ${LONGEST_DOOR} 个字`)
  if (!cells.name) wrong('name', '请写姓名')
  else if (cells.name.length > LONGEST_NAME) wrong('name', `姓名最多 ${LONGEST_NAME} 个字`)
  const phone = cells.phone === '' ? null : phoneNumber.safeParse(cells.phone)
  if (phone?.success === false) wrong('phone', '请写手机号或带区号的座机号')
  const kind = KINDS.get(cells.kind)
  if (!kind) wrong('kind', `不认识身份“${cells.kind}”，请写：产权人、家庭成员、承租人`)
  const share = kind === 'owner' ? readShare(cells.share) : null
  if (share?.wrong !== undefined) wrong('share', cells.share ? share.wrong : '产权人要写份额，如 1 或 1/2')
  if (kind && kind !== 'owner' && cells.share) wrong('share', '只有产权人写份额')

  if (errors.length > 0 || building.value === undefined || !kind) return { errors }
  return {
    resident: {
      line,
      buildingCode: building.value,
      door: cells.door,
      name: cells.name,
      phone: phone?.success ? phone.data : null,
      kind,
      share: share && share.wrong === undefined ? share.value : null,
    },
  }
}
