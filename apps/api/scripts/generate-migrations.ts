/**
 * Writes the migrations anew: one made from the drizzle schema, preceded by `migrations-sql/000_*.sql` (extensions,
 * functions its indexes need), then every other file of `migrations-sql` as a migration of its own, in order of name.
 * Only as long as nothing has shipped; from then on migrations are added.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const root = new URL('..', import.meta.url)
const migrations = new URL('src/db/migrations/', root)
const handWritten = new URL('src/db/migrations-sql/', root)

rmSync(migrations, { recursive: true, force: true })
const made = spawnSync('drizzle-kit', ['generate', '--name=initial'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, PATH: `${new URL('node_modules/.bin', root).pathname}:${process.env.PATH}` },
})
if (made.status !== 0) process.exit(made.status ?? 1)

const sql = readdirSync(handWritten)
  .filter((file) => file.endsWith('.sql'))
  .sort()
  .map((file) => ({ file, text: readFileSync(new URL(file, handWritten), 'utf8') }))
const before = sql.filter(({ file }) => file.startsWith('000_'))
const after = sql.filter(({ file }) => !file.startsWith('000_'))

const initialFile = new URL('0000_initial.sql', migrations)
const breakpoint = '--> statement-breakpoint\n'
const initial = [...before.map(({ text }) => text), readFileSync(initialFile, 'utf8')].join(breakpoint)
writeFileSync(initialFile, initial)

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[]
}
const journalFile = new URL('meta/_journal.json', migrations)
const journal: Journal = JSON.parse(readFileSync(journalFile, 'utf8'))
for (const { file, text } of after) {
  const idx = journal.entries.length
  const tag = `${String(idx).padStart(4, '0')}_${file.replace(/^\d+_|\.sql$/g, '')}`
  writeFileSync(new URL(`${tag}.sql`, migrations), text)
  journal.entries.push({ idx, version: journal.entries[0]?.version ?? '7', when: 0, tag, breakpoints: true })
}
// Fixed times and ids, so that writing them again changes nothing; drizzle applies what is later than the last applied.
for (const entry of journal.entries) entry.when = Date.UTC(2026, 0, 1) + entry.idx * 1_000
writeFileSync(journalFile, `${JSON.stringify(journal, null, 2)}\n`)
const snapshotFile = new URL('meta/0000_snapshot.json', migrations)
const snapshot = JSON.parse(readFileSync(snapshotFile, 'utf8'))
snapshot.id = '00000000-0000-4000-8000-000000000001'
writeFileSync(snapshotFile, `${JSON.stringify(snapshot, null, 2)}\n`)
console.log(`${journal.entries.length} migrations written`)
