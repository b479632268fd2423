import type { CobuildingKind, CobuildingResource, ProjectState, projectFigure } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type * as z from 'zod'
import { people } from './people.ts'
import { units } from './units.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** What units offer to the community, and what they or the community need. */
export const cobuildingItems = pgTable(
  'cobuilding_items',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<CobuildingKind>().notNull(),
    /** Null: the community itself. */
    unitId: uuid('unit_id').references(() => units.id),
    resource: text('resource').$type<CobuildingResource>().notNull(),
    title: text('title').notNull(),
    detail: text('detail').notNull(),
    fromOn: date('from_on'),
    untilOn: date('until_on'),
    state: text('state').$type<'open' | 'closed'>().notNull(),
    madeBy: uuid('made_by')
      .notNull()
      .references(() => people.id),
    madeAt: instant('made_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'cobuilding_items_pkey', columns: [t.communityCode, t.id] }),
    index('cobuilding_items_by_time').on(t.communityCode, t.kind, t.state, t.madeAt, t.id),
    check('cobuilding_items_kind_known', sql`${t.kind} in ('offer', 'need')`),
    check('cobuilding_items_state_known', sql`${t.state} in ('open', 'closed')`),
    check('cobuilding_items_run_forward', sql`${t.untilOn} >= ${t.fromOn}`),
  ],
)

/** What came of offers and needs that met. */
export const cobuildingProjects = pgTable(
  'cobuilding_projects',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    plan: text('plan').notNull(),
    offerId: uuid('offer_id'),
    needId: uuid('need_id'),
    startsOn: date('starts_on').notNull(),
    state: text('state').$type<ProjectState>().notNull(),
    closedAt: instant('closed_at'),
    result: text('result'),
    figures: jsonb('figures').$type<z.infer<typeof projectFigure>[]>().notNull(),
    madeBy: uuid('made_by')
      .notNull()
      .references(() => people.id),
    madeAt: instant('made_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'cobuilding_projects_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'cobuilding_projects_offer',
      columns: [t.communityCode, t.offerId],
      foreignColumns: [cobuildingItems.communityCode, cobuildingItems.id],
    }),
    foreignKey({
      name: 'cobuilding_projects_need',
      columns: [t.communityCode, t.needId],
      foreignColumns: [cobuildingItems.communityCode, cobuildingItems.id],
    }),
    index('cobuilding_projects_by_time').on(t.communityCode, t.madeAt, t.id),
    index('cobuilding_projects_by_offer').on(t.communityCode, t.offerId),
    index('cobuilding_projects_by_need').on(t.communityCode, t.needId),
    check('cobuilding_projects_state_known', sql`${t.state} in ('running', 'done', 'dropped')`),
    check(
      'cobuilding_projects_end_with_a_result',
      sql`(${t.state} = 'running') = (${t.closedAt} is null) and (${t.closedAt} is null) = (${t.result} is null)`,
    ),
  ],
)

export const cobuildingProjectUnits = pgTable(
  'cobuilding_project_units',
  {
    communityCode: text('community_code').notNull(),
    projectId: uuid('project_id').notNull(),
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
  },
  (t) => [
    primaryKey({ name: 'cobuilding_project_units_pkey', columns: [t.communityCode, t.projectId, t.unitId] }),
    foreignKey({
      name: 'cobuilding_project_units_project',
      columns: [t.communityCode, t.projectId],
      foreignColumns: [cobuildingProjects.communityCode, cobuildingProjects.id],
    }),
  ],
)
