export const workbenchZh = {
  title: '工作台',
  doFor: '{action}：{number}',
  mine: { title: '等您办理', none: '没有等您办理的事项。' },
  others: { title: '在等别人', none: '没有在等别人的事项。' },
  today: { title: '今天', sitting: '联席会议', mine: '您在值班，至 {time}', onDuty: '{name}值班，至 {time}' },
}
