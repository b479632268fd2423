export const reportZh = {
  title: '年度成绩单',
  lead: '一年来解决了哪些事、多快、群众满不满意',
  of: '{name}年度成绩单',
  period: '{from} 至 {to}',
  pdf: '下载 PDF',
  raisedAndClosed: '提出与办结',
  answered: '24 小时内 {share}，中位 {median}，九成 {p90}以内',
  months: '各月提出和办结的件数',
  categories: '按类别',
  category: '类别',
  other: '其他',
  basis:
    '数字由事项的存证记录逐件算出，可以核验。不公开的事项计入数字，不列出；件数少于 5 的类别并入“其他”，少于 5 的其他各项不公布，以免从少数几件认出是谁的事。',
  tooFew: '不足 {least}，不公布',
  behind: '数字背后的事项',
  privateOut: '不公开的事项计入数字，不在此列出。',
  none: '没有可以公开列出的事项。',
}
