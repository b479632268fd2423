export const inboxZh = {
  title: '工作提醒',
  bell: '工作提醒，{count} 条未读',
  none: '没有新的提醒。',
  noneAtAll: '还没有提醒。',
  all: '全部提醒',
  unreadOnly: '只看未读',
  readAll: '全部标为已读',
  unread: '未读',
  due: '期限 {time}',
}
