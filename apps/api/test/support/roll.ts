import { ownersRoutes } from '@tongxin/contract'
import type { Caller } from './caller.ts'
import { ok } from './council.ts'
import { COMMUNITY } from './foundations.ts'

export const ROLL_HEADER = '楼栋,门牌,用途,专有部分面积,业主,证件号码,份额'

export const rollFile = (lines: readonly string[], header = ROLL_HEADER) => ({
  name: '业主名册.csv',
  type: 'text/csv',
  bytes: Buffer.from([header, ...lines].join('\n')),
})

export const sendRoll = (caller: Caller, lines: readonly string[], dryRun = false) =>
  caller.call(ownersRoutes.importRoll, {
    body: { community: COMMUNITY, dryRun: String(dryRun) } as never,
    file: rollFile(lines),
  })

/** Imported, or the test fails. */
export const aRoll = async (caller: Caller, lines: readonly string[]): Promise<void> => {
  const report = ok(await sendRoll(caller, lines))
  if (!report.applied) throw new Error(JSON.stringify(report.errors))
}
