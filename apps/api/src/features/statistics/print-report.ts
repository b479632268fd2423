import type { Readable } from 'node:stream'
import type { MeasureCode, YearReport } from '@tongxin/contract'
import { openOfficialPage } from '../minutes/index.ts'
import { periodInWords, reportSections } from './report-words.ts'

const NUMERALS = '一二三四五六七八九十'

/** The year's report as an A4 PDF; what can be listed is a link to the list. @param publicUrl where the hall is */
export const printReport = async (report: YearReport, publicUrl: string, now: Date): Promise<Readable> => {
  const title = `${report.name}年度成绩单`
  const period = periodInWords(report)
  const page = await openOfficialPage({ title: `${title}（${period}）`, author: report.name, at: now })
  page.mark(title, period)
  const list = (measure: MeasureCode) =>
    `${publicUrl}/report/${report.community}/matters?measure=${measure}${report.year === null ? '' : `&year=${report.year}`}`
  for (const [i, { heading, entries = [], paragraphs = [], table }] of reportSections(report, list).entries()) {
    if (i > 0) page.paragraph(' ')
    page.paragraph(`${NUMERALS[i]}、${heading}`, { style: 'bold', lines: 4 })
    for (const { label, text, link } of entries) page.entry(label, text, link)
    if (table && table.rows.length > 0) page.table(table.head, table.rows)
    for (const text of paragraphs) page.paragraph(text)
  }
  page.paragraph(' ')
  page.signature(report.name, now.toLocaleDateString('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }))
  page.finish({ header: `${title}　${period}`, check: '', across: null })
  return page.doc as unknown as Readable
}
