import type { workbenchZh } from './workbench.zh.ts'

export const workbenchEn: typeof workbenchZh = {
  title: 'Workbench',
  doFor: '{action}: {number}',
  mine: { title: 'Waiting for you', none: 'Nothing is waiting for you.' },
  warnings: { title: 'Overdue, yours to decide', none: 'Nothing overdue is yours to decide.' },
  rungs: { 2: 'Overdue', 3: 'Secretary told', 4: 'Street told' },
  rungOf: '{clock}: {rung}',
  others: { title: 'Waiting for others', none: 'You are waiting for nobody.' },
  of: { grants: 'Grants', clients: 'Systems' },
  approvals: {
    grants: 'Approve grants',
    clients: 'Approve third-party systems',
  },
  proposed: {
    grants: 'Grants you asked for',
    clients: 'Third-party systems you asked for',
  },
  waiting: '{count} waiting',
  go: 'Open',
  goFor: '{go}: {title}, {about}',
  by: 'By',
  today: {
    title: 'Today',
    sitting: 'Sitting of the joint office',
    mine: 'You are on duty until {time}',
    onDuty: '{name} is on duty until {time}',
  },
}
