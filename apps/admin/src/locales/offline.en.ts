import type { offlineZh } from './offline.zh.ts'

export const offlineEn: typeof offlineZh = {
  title: 'No signal.',
  about: 'What you have looked at can still be read.',
  newVersion: 'There is a new version.',
  take: 'Reload',
  later: 'Later',
  page: 'No signal, and this is not kept on this device yet',
  pageHint: 'It will be read once there is a signal.',
  seenAt: 'This is what was read at {time}.',
}
