import type { offlineZh, outboxZh } from './offline.zh.ts'

export const offlineEn: typeof offlineZh = {
  title: 'No signal.',
  about:
    'What you have looked at can still be read; what you do is kept on this device and sent once there is a signal.',
  newVersion: 'There is a new version.',
  take: 'Reload',
  later: 'Later',
  page: 'No signal, and this is not kept on this device yet',
  pageHint: 'It will be read once there is a signal.',
  seenAt: 'This is what was read at {time}.',
}

export const outboxEn: typeof outboxZh = {
  button: '{count} to be sent',
  done: 'All sent ({count})',
  offline: 'Offline',
  title: 'To be sent',
  none: 'Nothing waits to be sent.',
  about:
    'Kept on this device only, and sent in order while this page is open and there is a signal. What counts is when it arrives.',
  kept: '{action}: kept on this device, sent once there is a signal',
  keptShort: 'Kept on this device, sent once there is a signal',
  sending: 'Sending…',
  sentNow: 'Sent: {title}',
  sentTitle: 'Sent just now',
  pressedAt: 'Written {time}',
  photos: '{count} photo | {count} photos',
  behind: 'Waits for the one before it',
  refused: 'Not accepted: {why}',
  unsure: 'Sent a day ago without an answer: it may have arrived. Look first, then send it again or discard it.',
  look: 'Look',
  edit: 'Edit',
  retry: 'Send again',
  sendNow: 'Send now',
  discard: 'Discard',
  discardSure: 'It cannot be had back. Discard it?',
  keep: 'Keep it',
  takenBack: 'What you wrote is in the form again: open “{action}” to see it.',
  takenBackHere: 'What you wrote is on this page again: in the form, or among the drafts that wait.',
  blocked: 'The form “{action}” still holds something else: send or clear that first.',
  photoGone: 'The photo is no longer on this device; fill it in again',
  photosKept: 'The photos are kept on this device and sent with the form.',
  full: 'This device has no room left; nothing was kept. Free some space, or submit where there is a signal.',
  mergeLater: 'Once it was sent, merge it.',
  leave: {
    title: '{count} not sent yet',
    about:
      'They will not be sent once you are signed out, but when you sign in on this device again; kept for 30 days.',
    stay: 'Stay',
    go: 'Sign out',
  },
}
