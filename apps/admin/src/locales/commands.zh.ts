export const commandsZh = {
  open: '搜索与前往',
  field: '输入页面、操作，或事项的编号、文字',
  list: '可选的页面、事项和操作',
  recent: '最近用过',
  sections: '页面',
  actions: '操作',
  matters: '事项',
  waiting: '正在查找事项…',
  nothing: '没有找到',
  found: '共 {count} 项，上下键选择，回车打开',
  failed: '事项查找失败：',
  language: '语言：{language}',
}

export const keyboardZh = {
  palette: '搜索与前往',
  sheet: '键盘快捷键',
  close: '关闭',
  nextRow: '列表下一行',
  rowBefore: '列表上一行',
  openRow: '打开所在的行',
  next: '再按',
  under: { anywhere: '任何页面', lists: '列表', go: '前往' },
  characters: '启用单键快捷键',
  turn: { on: '启用单键快捷键', off: '停用单键快捷键' },
  about: '填写内容、打开表单或使用输入法时，单键快捷键不起作用。停用后只留 Ctrl 或 ⌘ 组合键；设置只保存在本机。',
}
