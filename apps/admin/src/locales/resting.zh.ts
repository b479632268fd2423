export const restingZh = {
  nav: '挂账与转介',
  title: '挂账与转介',
  suspended: {
    title: '问题库（挂账）',
    lead: '因条件所限暂时办不了的事项，先复查的在前；到了复查日期自行恢复办理。',
    none: '没有挂账的事项。',
    review: '复查',
    since: '{day} 挂账，第 {count} 次',
  },
  referred: {
    title: '转介跟踪',
    lead: '转给其他部门、还没有登记办理结果的事项。期限内须有反馈，反馈和结果会告知提出人。',
    none: '没有等结果的转介。',
    to: '{day} 转介至 {to}',
    number: '受理编号 {number}',
    silent: '还没有反馈。',
    record: '登记反馈',
  },
}
