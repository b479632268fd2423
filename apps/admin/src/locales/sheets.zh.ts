export const sheetsZh = {
  template: '下载模板',
  choose: '选择文件',
  checked: '检查完毕，还没有写入。',
  wrong: '有 {count} 处需要修改，一行也没有写入。请在表格里改好后重新选择文件。',
  shown: '先列出前 {count} 处：',
  line: '行',
  column: '列',
  what: '怎么改',
  wholeLine: '整行',
}
