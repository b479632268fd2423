export const settingsZh = {
  title: '设置',
  lead: '规则、人员、授权和区域：谁能做什么，按什么办，都在这里看和改。每次修改都留下记录。',
  region: '区域',
  reason: '理由',
  reasonHint: '写给以后查看的人，留在记录里。',
  change: '修改',
  history: '修改记录',
  saved: '已保存',
}
