export const offlineZh = {
  title: '没有信号。',
  about: '看过的内容还能看。',
  newVersion: '有新版本。',
  take: '刷新',
  later: '稍后',
  page: '没有信号，这里的内容还没有存在本机',
  pageHint: '有信号后会自动读取。',
  seenAt: '显示的是 {time} 读到的内容。',
}
