import type { workbenchZh } from './workbench.zh.ts'

export const workbenchEn: typeof workbenchZh = {
  title: 'Workbench',
  doFor: '{action}: {number}',
  mine: { title: 'Waits for you', none: 'Nothing waits for you.' },
  warnings: { title: 'Overdue, yours to decide', none: 'Nothing overdue is yours to decide.' },
  rungs: { 2: 'Overdue:', 3: 'Overdue, told the secretary:', 4: 'Overdue, told the street:' },
  others: { title: 'You wait for others', none: 'You wait for nobody.' },
  stepsUnread: 'Meetings and approvals could not be read.',
  approvals: {
    grants: 'Approve grants',
    clients: 'Approve third-party systems',
  },
  proposed: {
    grants: 'Grants you asked for',
    clients: 'Third-party systems you asked for',
  },
  waiting: '{count} waiting',
  go: 'Go to it',
  goFor: '{go}: {title}, {about}',
  by: 'By',
  today: {
    title: 'Today',
    sitting: 'Sitting of the joint office',
    mine: 'You are on duty until {time}',
    onDuty: '{name} is on duty until {time}',
  },
}
