import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { IMPORT_REJECTIONS } from '@tongxin/contract'
import { eq } from 'drizzle-orm'
import type { Db } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { regions } from '../db/schema/regions.ts'
import { type ImportRecord, importFile, listImportRows, parseMap, writeReport } from '../features/imports/index.ts'
import { onInstallation, runCommand, UsageError } from './command.ts'

const USAGE = `用法：npm run import -- 文件.xlsx --community 社区代码 [选项]
  --dry-run           只报告每一行会怎样，不写入
  --map 字段=列名,…    指明列；字段：number raiser title raisedAt body answer answeredAt support opposition
  --sheet 名称         读哪张工作表；默认第一张可见的
  --source 名称        编号属于哪个来源；默认由表头决定
  --report 文件.csv    写出逐行报告`

const SHOWN_REJECTIONS = 20

const seconds = (since: number) => (performance.now() - since) / 1000

await runCommand(async () => {
  const { file, report, ...asked } = readArguments()
  return onInstallation(async (deps) => {
    await assertCommunity(deps.db, asked.community)
    console.log(`▸ 导入 ${path.basename(file)} → ${asked.community}${asked.dryRun ? '（试运行，不写入）' : ''}`)
    const started = performance.now()
    const record = await importFile(deps, { ...asked, path: file }, showProgress())
    if (record.state === 'failed') {
      console.error(`✗ ${record.errorMessage}`)
      return 1
    }
    summarize(record, seconds(started))
    await showRejected(deps.db, record, report)
    if (report) {
      await writeReport(deps.db, record, report)
      console.log(`  逐行报告：${report}`)
    }
    return 0
  }, migrate)
})

function readArguments() {
  const options = {
    community: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    map: { type: 'string' },
    sheet: { type: 'string' },
    source: { type: 'string' },
    report: { type: 'string' },
  } as const
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    parsed = parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`)
  }
  const { values, positionals } = parsed
  const [file] = positionals
  if (!file || positionals.length > 1 || !values.community) throw new UsageError(USAGE)
  if (!existsSync(file)) throw new UsageError(`没有文件 ${file}`)
  const mapping = parseMap(values.map ?? '')
  if (mapping.error !== undefined) throw new UsageError(mapping.error)
  const { community, sheet, source, report } = values
  return { file, community, map: mapping.map, sheet, source, report, dryRun: values['dry-run'] }
}

async function assertCommunity(db: Db, code: string): Promise<void> {
  const [found] = await db.select({ level: regions.level }).from(regions).where(eq(regions.code, code))
  if (found?.level === 'community') return
  const known = await db
    .select({ code: regions.code, name: regions.name })
    .from(regions)
    .where(eq(regions.level, 'community'))
    .limit(10)
  const list = known.map((region) => `  ${region.code} ${region.name}`).join('\n')
  throw new UsageError(`没有代码为 ${code} 的社区。已有：\n${list || '  （尚无社区，请先运行 npm start）'}`)
}

/** One line that moves on a terminal, a line each second elsewhere. */
function showProgress(): (record: ImportRecord) => void {
  const started = performance.now()
  let shown = 0
  return (record) => {
    const done = record.created + record.updated + record.unchanged + record.rejected
    const total = record.totalRows ?? done
    if (performance.now() - shown < (process.stdout.isTTY ? 100 : 1_000) && done < total) return
    shown = performance.now()
    const rate = Math.round(done / seconds(started))
    const line = `  ${done} / ${total} 行（${total ? Math.floor((done / total) * 100) : 100}%），每秒 ${rate} 行`
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}${done >= total ? '\n' : ''}` : `${line}\n`)
  }
}

function summarize(record: ImportRecord, took: number): void {
  const { created, updated, unchanged, rejected } = record
  console.log(
    `✓ ${record.totalRows} 行，${took.toFixed(1)} 秒：新增 ${created}，更新 ${updated}，无变化 ${unchanged}，拒绝 ${rejected}`,
  )
  if (record.unusedColumns.length > 0) console.log(`  没有用到的列：${record.unusedColumns.join('、')}`)
  if (record.unreadSheets.length > 0) console.log(`  没有读取的工作表：${record.unreadSheets.join('、')}`)
}

async function showRejected(db: Db, record: ImportRecord, report: string | undefined): Promise<void> {
  const rows = await listImportRows(db, record, { outcome: 'rejected', after: 0, limit: SHOWN_REJECTIONS })
  for (const row of rows)
    console.log(`  第 ${row.rowNumber} 行：${row.code ? IMPORT_REJECTIONS[row.code] : ''}，${row.reason}`)
  if (record.rejected > rows.length && !report) console.log('  ……其余请加 --report 文件.csv 查看')
}
