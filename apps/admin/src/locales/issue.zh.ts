export const issuesZh = {
  count: '共 {count} 件',
  number: '编号',
  matter: '事项',
  stage: '阶段与状态',
  due: '时限',
  raisedAt: '提出时间',
  shown: '已显示 {count} 件',
  none: '还没有事项',
  noMatch: '没有符合条件的事项',
}

export const issueZh = {
  title: '事项',
  erased: '（个人信息已删除）',
  private: '不公开',
  anonymous: '对公众匿名',
  escalated: '已吹哨',
  endorsed: '{count} 户附议',
  round: '第 {count} 轮',
  mergedInto: '已并入',
  about: '基本情况',
  body: '反映内容',
  publicText: '公开内容',
  result: '办理结果',
}

export const factsZh = {
  kind: '类型',
  category: '类别',
  urgency: '紧急程度',
  route: '办理路径',
  place: '地点',
  unit: '主办单位',
  complainedUnit: '被投诉单位',
  channel: '渠道',
  raisedAt: '提出',
  acceptedAt: '受理',
  promisedAt: '承诺办结',
  extensionAskedFor: '申请延至',
  reviewAt: '复查',
  publicizedAt: '公示',
  noticeEndsAt: '公示期满',
  evaluationEndsAt: '评价期满',
  supervisionDueAt: '督办期限',
  closedAt: '办结',
  endorsed: '附议户数',
  externalSupport: '外部点赞',
}

export const timelineZh = {
  title: '全过程记录',
  hash: '证据散列值',
  filter: '显示哪些记录',
  reminders: '{count} 次时限提醒',
  all: '全部（{count}）',
  only: { public: '只看公开的（{count}）', raisers: '只看提出人可见的（{count}）' },
}

export const relatedZh = {
  title: '相关事项',
  none: '没有并案、拆案或转介的事项',
  another: '另一事项',
  alike: '相近的事项',
  noneAlike: '没有找到相近的事项',
  relations: {
    merged_into: '本件已并入',
    merged: '已并入本件',
    split_off: '已从本件拆出',
    split_from: '本件由此拆出',
    referred_to: '本件转往此件',
    referred_from: '本件由此转来',
  },
}

export const foldedZh = { more: '展开全文（{count} 字）', less: '收起' }

export const raisersZh = {
  title: '提出人',
  none: '没有登记提出人',
  unnamed: '未留姓名',
  consent: '同意提供联系方式',
  merged: '随并案而来',
  left: '已退出',
}

export const ordersZh = {
  none: '没有工单',
  due: '期限',
  unit: '单位',
  anyUnit: '全部单位',
  mine: '本单位',
  overdue: '已超期',
  states: { open: '待办', finished: '已办结', waived: '免办', returned: '已退单', replaced: '已改派' },
  roles: { lead: '主办', co: '协办' },
}

export const evaluationZh = {
  title: '群众评价与异议',
  own: '本人评价 {count} 人',
  helped: '代填 {count} 人',
  objections: '异议 {count} 条（待答复 {open}）',
  contacted: '已联系过',
  notContacted: '未联系过',
  byHelper: '{name} 代填',
  attempts: '回访 {count} 次',
  contest: '申诉',
  objection: '异议',
  answerBy: '须在 {time} 前答复',
  callBacks: { none: '不需回访', open: '待回访', concluded: '已回访', superseded: '随新一轮办理终结' },
  objectionStates: { open: '待答复', answered: '已答复', superseded: '随新一轮办理终结' },
}

export const actionsZh = {
  title: '现在可以办的',
  none: '现在没有您要办的。',
  forward: '推进',
  other: '其他处理',
  facts: '补充记录',
  as: '以{capacity}身份',
  read: {
    public: '填写的内容居民可见。',
    raisers: '填写的内容提出人可见。',
    author: '填写的内容仅本人和工作人员可见。',
    staff: '填写的内容仅工作人员可见。',
  },
  readBut: {
    raisers: '其中“{fields}”提出人可见，其他居民看不到。',
    author: '其中“{fields}”仅本人和工作人员可见。',
    staff: '其中“{fields}”仅工作人员可见。',
  },
  confirm: '确定“{action}”吗？这一步会记入全过程记录。',
  done: '“{action}”已记录',
}

export const publicWordsZh = {
  title: '这些文字会公开',
  text: '其中疑有个人信息（姓名、电话、门牌等）。请改写；确认可以公开的，核对后照原文保存。',
  asItIs: '已核对，照原文保存',
  rewrite: '返回改写',
}
