import { expect, it } from 'vitest'
import { testApp } from './support/index.ts'

// Per table with a community_code: the first column of each index, and whether it is the primary key.
const LEADING = `
  select c.relname as "table", x.relname as "index", i.indisprimary as "primary", a.attname as leading
  from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_class x on x.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
  where exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'community_code' and t.attnum > 0)
  order by 1, 2`

/** Looked up without knowing a community, each for its reason. */
const ACROSS_COMMUNITIES: Readonly<Record<string, string>> = {
  household_members_pkey: 'a member belongs to a household, which lies in one community',
  household_members_person: 'one’s own homes, wherever they are',
  meeting_invitations_by_person: 'one’s own invitations, wherever they come from',
  inbox_items_by_person: 'what one was told of, wherever it lies',
  inbox_items_unread: 'what one was told of, wherever it lies',
  raisers_by_person: 'one’s own matters, wherever they were raised',
  endorsements_by_person: 'what one stands behind, wherever it lies, when two records of a person become one',
  statement_answers_by_person: 'one’s own answers, wherever they were given, when two records of a person become one',
  ratings_by_person: 'what one rated, wherever it lies, when two records of a person become one',
  objections_by_person: 'what one objected to, wherever it lies, when two records of a person become one',
  imports_kept: 'checked files whose time is over, wherever they lie',
}

it('leads every key and index of a community’s records with that community', async () => {
  const t = await testApp()
  const { rows } = await t.deps.pool.query(LEADING)
  expect(rows.length).toBeGreaterThan(30)
  const stray = rows.filter(
    ({ leading, index }) => leading !== 'community_code' && !Object.hasOwn(ACROSS_COMMUNITIES, index),
  )
  expect(stray).toEqual([])
  const known = new Set(rows.map(({ index }) => index))
  expect(Object.keys(ACROSS_COMMUNITIES).filter((index) => !known.has(index))).toEqual([])
})
