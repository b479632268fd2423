import * as z from 'zod'
import { route } from '../route.ts'
import { sheetError } from '../sheet-error.ts'
import type { MemberKind } from '../words.ts'

/** How somebody belongs to the home, as the spreadsheet says it; nothing is family. */
export const RESIDENT_KINDS = {
  owner: ['产权人', '业主', '房主'],
  family: ['', '家庭成员', '家属'],
  tenant: ['承租人', '租户', '租客'],
} as const satisfies Record<MemberKind, readonly string[]>

export const residentsReport = z
  .object({
    applied: z.boolean().describe('已写入；试运行或有错误时一行也不写'),
    lines: z.int(),
    newHouseholds: z.int(),
    newPeople: z.int(),
    bound: z.int().describe('新绑定的成员'),
    unchanged: z.int().describe('已经绑定、没有变化的'),
    errorCount: z.int(),
    errors: z.array(sheetError).describe('最多列出 200 处'),
  })
  .meta({ id: 'ResidentsReport' })
export type ResidentsReport = z.infer<typeof residentsReport>

const community = z
  .string()
  .regex(/^\d{12}$/, '社区代码为 12 位数字')
  .meta({ example: '340803002001' })

export const residentRoutes = {
  importResidents: route({
    operationId: 'importResidents',
    method: 'POST',
    path: '/v1/residents/imports',
    summary: '导入人员和住户（.xlsx 或 .csv）',
    description:
      '每行写一户的一位成员。列：楼栋、门牌、姓名、电话、身份、份额。没有的住户和人员会登记，已绑定的不变；文件里没有的不动。有一行有误就一行也不写。由此绑定的列入书记清单。',
    tag: '住户',
    permission: 'households.manage',
    upload: {
      field: 'file',
      mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
      maxBytes: 5_000_000,
    },
    body: z.strictObject({ community, dryRun: z.stringbool().default(true).describe('试运行：只检查，不写入') }),
    responses: { 200: residentsReport },
    errors: ['conflict', 'unprocessable', 'body_too_large'],
  }),
}
