export const homesZh = {
  title: '我的住户',
  none: '还没有绑定住户。绑定后可以附议、异议和参加表决。',
  kinds: { owner: '产权人', family: '家庭成员', tenant: '承租人' },
  bind: '用邀请码绑定住户',
  code: '社区给您的邀请码',
  send: '绑定',
  bound: '已绑定',
}
