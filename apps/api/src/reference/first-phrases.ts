import { readFileSync } from 'node:fs'
import { type Phrase, phrase } from '@tongxin/contract'
import { parse } from 'csv-parse/sync'

const rows: { choice: string }[] = parse(readFileSync(new URL('phrases.csv', import.meta.url)), {
  columns: true,
  skip_empty_lines: true,
})

/** What every community begins with. */
export const FIRST_PHRASES: readonly Phrase[] = rows.map((row) => phrase.parse({ ...row, choice: row.choice || null }))
