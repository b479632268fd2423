import type { inboxZh } from './inbox.zh.ts'

export const inboxEn: typeof inboxZh = {
  title: 'Reminders',
  bell: 'Reminders, {count} unread',
  none: 'Nothing new.',
  noneAtAll: 'Nothing yet.',
  all: 'All reminders',
  unreadOnly: 'Unread only',
  readAll: 'Mark all as read',
  unread: 'Unread',
  due: 'Due {time}',
}
