import type { streetZh } from './street.zh.ts'

export const streetEn: typeof streetZh = {
  nav: 'Whistles',
  title: 'Whistles and supervisions',
  lists: 'Whistles and supervisions',
  state: 'State',
  whistles: {
    title: 'Whistles',
    lead: 'Matters over which a community called its street, nearest deadline first. The street reads no personal data.',
    states: { open: 'Waiting', reported: 'Reported in' },
    none: { open: 'No whistle waits for a report.', reported: 'Nobody has reported in yet.' },
    to: 'To {unit}',
    whole: 'the whole street',
    third: 'Third round: escalated by itself.',
    reportIn: 'Report in',
    reported: '{unit} reported in on {time}',
    supervisor: 'The street’s supervisor',
  },
  supervisions: {
    title: 'Supervisions',
    lead: 'What the street and the district ordered, and the community’s replies; nearest deadline first.',
    states: { open: 'Waiting', overdue: 'Overdue', answered: 'Answered' },
    none: {
      open: 'No supervision waits for a reply.',
      overdue: 'None is overdue.',
      answered: 'None was answered yet.',
    },
    reply: 'Reply',
    answered: 'Answered on {time}',
  },
  wasLate: 'Late',
  inTime: 'In time',
  assessment: {
    title: 'Whistles and supervisions assessed',
    lead: 'In time by the deadline as it stood at the report or reply. By unit, whistles and reports are those of the unit of the street that was called.',
    escalated: 'Whistles',
    reportedIn: 'Reported in',
    reportedOnTime: 'In time',
    supervised: 'Supervisions',
    answered: 'Answered',
    answeredOnTime: 'In time',
  },
}
