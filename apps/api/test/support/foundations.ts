import pg from 'pg'

export const DISTRICT = '340803'
export const STREET = '340803002'
export const COMMUNITY = '340803002001'
/** Another community of the same street, for what must not reach across. */
export const NEIGHBOUR = '340803002003'
export const GRID = '340803002001001'
export const OTHER_GRID = '340803002001002'
export const BUILDING = '340803002001001B01'

/** Two people who ask for and approve the grants that builders give. */
export const ASKER = '00000000-0000-7000-8000-000000000001'
export const APPROVER = '00000000-0000-7000-8000-000000000002'

const PLACES: [code: string, level: string, name: string, parent: string | null][] = [
  [DISTRICT, 'district', '大观区', null],
  [STREET, 'street', '玉琳路街道', DISTRICT],
  [COMMUNITY, 'community', '滨江苑社区', STREET],
  [NEIGHBOUR, 'community', '太平寺社区', STREET],
  [GRID, 'grid', '第一网格', COMMUNITY],
  [OTHER_GRID, 'grid', '第二网格', COMMUNITY],
  [BUILDING, 'building', '1 栋', GRID],
]

/** What stands in every test's database: the places, and two people. */
export async function layFoundations(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const place of PLACES) {
      await client.query('insert into regions (code, level, name, parent_code) values ($1, $2, $3, $4)', place)
    }
    await client.query(`insert into people (id, level, created_at) values ($1, 'resident', $3), ($2, 'resident', $3)`, [
      ASKER,
      APPROVER,
      '2026-01-01T00:00:00Z',
    ])
  } finally {
    await client.end()
  }
}
