import { readFileSync } from 'node:fs'
import { ROUTES, type Route, URGENCIES, type Urgency } from '@tongxin/lifecycle'
import { parse } from 'csv-parse/sync'
import type { Tx } from '../db/connect.ts'
import { categories } from '../db/schema/categories.ts'
import { regions } from '../db/schema/regions.ts'

type Row = Record<string, string>

const readTable = (file: string): Row[] =>
  parse(readFileSync(new URL(file, import.meta.url)), { columns: true, skip_empty_lines: true })

const oneOf = <T extends string>(codes: Record<T, unknown>, value: string): T => {
  if (!Object.hasOwn(codes, value)) throw new Error(`Unknown code in the reference tables: ${value}`)
  return value as T
}

const CATEGORY_KINDS = { event: true, component: true, local: true }
const REGION_LEVELS = { district: true, street: true, community: true, grid: true, building: true }

/** Categories with their defaults. What is there already stays as people edited it. */
export async function loadReferenceCategories(tx: Tx): Promise<void> {
  const rows = readTable('categories.csv').map((row) => ({
    code: row.code!,
    kind: oneOf(CATEGORY_KINDS, row.kind!),
    class: row.class!,
    name: row.name!,
    defaultUrgency: oneOf<Urgency>(URGENCIES, row.default_urgency!),
    defaultRoute: oneOf<Route>(ROUTES, row.default_route!),
    handleLimitWorkingDays: row.handle_limit_working_days ? Number(row.handle_limit_working_days) : null,
    provenance: row.provenance!,
  }))
  await tx.insert(categories).values(rows).onConflictDoNothing()
}

/** The district, its street and communities, parents first. */
export async function loadReferenceRegions(tx: Tx): Promise<void> {
  const rows = readTable('regions.csv').map((row) => ({
    code: row.code!,
    level: oneOf(REGION_LEVELS, row.level!),
    name: row.name!,
    parentCode: row.parent || null,
  }))
  await tx.insert(regions).values(rows).onConflictDoNothing()
}
