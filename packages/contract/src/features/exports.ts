import * as z from 'zod'
import { media, route } from '../route.ts'
import { MATTER_COLUMNS, type MatterColumn } from '../words.ts'
import { issueFilters } from './issues.ts'

export const exportRoutes = {
  exportIssues: route({
    operationId: 'exportIssues',
    method: 'GET',
    path: '/v1/issues.csv',
    summary: '导出事项（CSV）',
    description:
      '筛选和先后与列表相同，边查边发，不限条数；先到期的在前时，先后以开始导出时为准。以 = + - @ 开头的内容前加单引号，防止表格软件当作公式。每次导出留有审计记录。',
    tag: '事项',
    permission: 'issues.export',
    query: issueFilters.extend({
      columns: z
        .string()
        .regex(/^[a-z]+(,[a-z]+)*$/)
        .transform((list) => list.split(',') as MatterColumn[])
        .refine((list) => list.every((column) => Object.hasOwn(MATTER_COLUMNS, column)), '没有这样的列')
        .optional()
        .describe(
          `只要这些列，按此顺序，逗号分隔，标题总在编号之后：${Object.keys(MATTER_COLUMNS).join('、')}；不写则为全部内容`,
        ),
      bom: z.stringbool().default(false).describe('开头加 BOM，供表格软件识别中文'),
      personal: z.stringbool().default(false).describe('一并导出提出人姓名、电话，须写明用途'),
      purpose: z.string().trim().min(2).max(200).optional().describe('用途'),
    }),
    responses: { 200: media('text/csv') },
  }),
}
