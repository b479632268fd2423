import type { workbenchZh } from './workbench.zh.ts'

export const workbenchEn: typeof workbenchZh = {
  title: 'Workbench',
  doFor: '{action}: {number}',
  mine: { title: 'Waits for you', none: 'Nothing waits for you.' },
  others: { title: 'You wait for others', none: 'You wait for nobody.' },
  today: {
    title: 'Today',
    sitting: 'Sitting of the joint office',
    mine: 'You are on duty until {time}',
    onDuty: '{name} is on duty until {time}',
  },
}
