import * as z from 'zod'
import { media, route } from '../route.ts'
import { issueFilters } from './issues.ts'

export const exportRoutes = {
  exportIssues: route({
    operationId: 'exportIssues',
    method: 'GET',
    path: '/v1/issues.csv',
    summary: '导出事项（CSV）',
    description:
      '筛选与列表相同，新的在前，边查边发，不限条数。以 = + - @ 开头的内容前加单引号，防止表格软件当作公式。每次导出留有审计记录。',
    tag: '事项',
    permission: 'issues.export',
    query: issueFilters.omit({ mine: true }).extend({
      bom: z.stringbool().default(false).describe('开头加 BOM，供表格软件识别中文'),
      personal: z.stringbool().default(false).describe('一并导出提出人姓名、电话，须写明用途'),
      purpose: z.string().trim().min(2).max(200).optional().describe('用途'),
    }),
    responses: { 200: media('text/csv') },
  }),
}
