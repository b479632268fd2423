export const workbenchZh = {
  title: '工作台',
  doFor: '{action}：{number}',
  mine: { title: '等您办理', none: '没有等您办理的事项。' },
  warnings: { title: '超期，要您决定', none: '没有超期要您决定的事项。' },
  rungs: { 2: '已超期', 3: '超期已报书记', 4: '超期已报街道' },
  rungOf: '{clock} {rung}',
  others: { title: '在等别人', none: '没有在等别人的事项。' },
  of: { grants: '授权', clients: '第三方系统' },
  approvals: {
    grants: '批准授权申请',
    clients: '批准第三方系统接入',
  },
  proposed: {
    grants: '您提出的授权申请',
    clients: '您提出的第三方系统接入',
  },
  waiting: '{count} 项',
  go: '去办',
  goFor: '{go}：{title}，{about}',
  by: '不晚于',
  today: { title: '今天', sitting: '联席会议', mine: '您在值班，至 {time}', onDuty: '{name}值班，至 {time}' },
}
