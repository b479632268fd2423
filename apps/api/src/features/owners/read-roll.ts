import { ROLL_COLUMNS, type RollColumn } from '@tongxin/contract'
import { readSheet, type Sheet, type SheetLine } from '../imports/index.ts'

export type RollLine = SheetLine<RollColumn>

/** What may be left out: everything is a flat then, and has one owner. */
const OPTIONAL: ReadonlySet<RollColumn> = new Set<RollColumn>(['use', 'share'])

/** @throws AppError unprocessable when the file is no table, or lacks a column */
export const readRoll = (bytes: Uint8Array): Promise<Sheet<RollColumn>> =>
  readSheet(bytes, { columns: ROLL_COLUMNS, optional: OPTIONAL })
