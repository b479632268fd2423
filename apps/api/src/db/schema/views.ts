import type { MatterColumn, MatterLayout, MatterView } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'

/** Ways of looking at the list of matters that somebody keeps, for themselves or for all who work in the community. */
export const matterViews = pgTable(
  'matter_views',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    name: text('name').notNull(),
    filters: jsonb('filters').$type<MatterView['filters']>().notNull(),
    columns: text('columns').array().$type<MatterColumn[]>().notNull(),
    layout: text('layout').$type<MatterLayout>().notNull(),
    shared: boolean('shared').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'matter_views_pkey', columns: [t.communityCode, t.id] }),
    uniqueIndex('matter_views_name').on(t.communityCode, t.ownerId, t.name),
    index('matter_views_shared').on(t.communityCode, t.name, t.id).where(sql`${t.shared}`),
  ],
)
