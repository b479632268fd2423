import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mapColumns } from './map-columns.ts'
import { planRow, type Rejection } from './plan-row.ts'
import { readTable } from './read-table.ts'

// Messages real residents wrote lie beside the repository on some machines; none of them is copied into it.
const folder = new URL('../../../../../../shared/data/messages/', import.meta.url)
const files = [
  { name: 'raised.xlsx', preset: 'message_board_raised', raised: 4326, answered: 0 },
  { name: 'answered.xlsx', preset: 'message_board_answered', raised: 0, answered: 2816 },
].filter(({ name }) => existsSync(new URL(name, folder)))

if (files.length === 0) console.log(`real messages: skipped, ${fileURLToPath(folder)} is not on this machine`)

it('every message in the real files that are at hand can be taken', async () => {
  for (const { name, preset, raised, answered } of files) {
    const table = await readTable(fileURLToPath(new URL(name, folder)))
    const mapping = mapColumns(table.headers)
    if (mapping.error !== undefined) throw new Error(mapping.error)
    expect(mapping.preset).toBe(preset)
    const counts = { raised: 0, answered: 0 }
    const rejected: Rejection[] = []
    const contents = new Set<string>()
    for await (const row of table.rows()) {
      const plan = planRow(row, { columns: mapping.columns, date1904: table.date1904, now: new Date('2026-01-01') })
      if (plan.rejected) rejected.push(plan.rejected)
      else {
        counts[plan.issue.answer ? 'answered' : 'raised']++
        contents.add(plan.issue.contentHash.toString('hex'))
      }
    }
    await table.close()
    expect(rejected).toEqual([])
    expect(counts).toEqual({ raised, answered })
    expect(contents.size).toBe(raised + answered)
  }
})
