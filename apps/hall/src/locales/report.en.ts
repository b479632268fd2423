import type { reportZh } from './report.zh.ts'

export const reportEn: typeof reportZh = {
  title: 'The year’s report',
  lead: 'What was solved in a year, how fast, and how people judge it',
  of: 'The year’s report of {name}',
  period: '{from} to {to}',
  pdf: 'Download as PDF',
  raisedAndClosed: 'Raised and closed',
  answered: '{share} within 24 hours, median {median}, nine in ten within {p90}',
  months: 'Matters raised and closed by month',
  categories: 'By category',
  category: 'Category',
  other: 'Other',
  basis:
    'The figures are counted from the record of each matter and can be verified. Private matters are counted, not listed; categories with fewer than 5 stand together as other, and nothing else of fewer than 5 is shown, so that nobody is recognized.',
  tooFew: 'Fewer than {least}: too few to show',
  behind: 'Matters behind a figure',
  privateOut: 'Private matters are counted, not listed here.',
  none: 'No matter that can be listed in public.',
}
