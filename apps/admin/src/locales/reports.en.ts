import type { reportsZh } from './reports.zh.ts'

export const reportsEn: typeof reportsZh = {
  title: 'Reports',
  make: 'Download a report',
  kind: 'Report',
  month: 'Month',
  format: 'Format',
  formatOf: 'Format of: {report}',
  download: 'Download',
  downloaded: '{report} was downloaded',
  about: {
    ledger: 'All matters raised in the month, and how they stand now.',
    overdue:
      'What was overdue and not done at the end of the month (of this month: is now), and what came of it; and what was done late in it.',
    units: 'Each lead unit’s matters, punctuality, returns, rework and composite, the highest first.',
    calls: 'Every attempt to call somebody back in the month.',
  },
  schedules: 'Made each month',
  schedulesLead:
    'At the start of each month last month’s report is made, without names or phone numbers, and kept for a year.',
  switchedOn: '{report} will be made each month',
  switchedOff: '{report} will no longer be made',
  kept: 'Reports made',
  noneKept: 'No reports yet.',
  rows: '{count} row | {count} rows',
  madeAt: 'Made on {time}, asked for by {name}',
  until: 'kept until {day}',
}
