import type { Role } from '@tongxin/lifecycle'

/** Who may call: anybody, anybody signed in, or holders of one of these roles somewhere. Where is the feature's policy. */
export interface PermissionRule {
  roles: 'anyone' | 'signed_in' | readonly Role[]
  zh: string
}

const rules = <const P extends Record<string, PermissionRule>>(permissions: P): P => permissions

/** The single list of permissions; every route names one. */
export const PERMISSIONS = rules({
  'public.read': { roles: 'anyone', zh: '查看公开信息' },
  'session.start': { roles: 'anyone', zh: '登录' },
  'session.end': { roles: 'anyone', zh: '退出登录' },
  'me.read': { roles: 'signed_in', zh: '查看本人信息' },
  'account.keep': { roles: 'signed_in', zh: '设置本人的密码，查看、结束本人的登录' },

  // Who may take which action on an issue is the lifecycle's to say; raisers without an account act with a code.
  'issues.read': { roles: 'anyone', zh: '查看事项' },
  'issues.raise': { roles: 'anyone', zh: '提事' },
  'issues.act': { roles: 'anyone', zh: '办理事项' },
  'intake.use': {
    roles: ['grid_worker', 'officer', 'secretary'],
    zh: '代为提事时识别群消息、查看疑似重复和提出人的往事',
  },
  'issues.origins': { roles: ['grid_worker', 'officer', 'secretary'], zh: '查看照片拍摄时间和地点' },
  'issues.export': { roles: ['grid_worker', 'officer', 'secretary', 'supervisor'], zh: '导出事项' },
  'issues.import': { roles: ['officer', 'secretary'], zh: '导入历史事项' },

  'attachments.upload': { roles: 'anyone', zh: '上传照片' },
  'attachments.read': { roles: 'anyone', zh: '查看照片' },

  'regions.manage': { roles: ['administrator'], zh: '管理区域与网格' },
  'categories.manage': { roles: ['administrator'], zh: '管理事项分类' },
  'phrases.read': {
    roles: ['unit_handler', 'grid_worker', 'officer', 'secretary', 'supervisor'],
    zh: '使用办事常用语',
  },
  'phrases.manage': { roles: ['secretary'], zh: '修改办事常用语' },
  'policies.manage': { roles: ['secretary', 'supervisor', 'administrator'], zh: '管理议事与办理规则' },
  'units.read': { roles: 'signed_in', zh: '查看联办单位' },
  'units.manage': { roles: ['officer', 'secretary', 'administrator'], zh: '管理联办单位' },
  'units.keep': { roles: ['officer', 'secretary', 'administrator', 'unit_handler'], zh: '维护单位联系人' },
  'units.contacts': {
    roles: ['grid_worker', 'officer', 'secretary', 'unit_handler', 'supervisor', 'administrator'],
    zh: '查看单位联系人、经办人和修改记录',
  },
  'units.reveal': { roles: ['grid_worker', 'officer', 'secretary', 'unit_handler'], zh: '查看单位完整电话' },
  'people.read': {
    roles: ['grid_worker', 'officer', 'secretary', 'supervisor', 'administrator'],
    zh: '查看人员（脱敏）',
  },
  'people.manage': { roles: ['officer', 'secretary', 'administrator'], zh: '管理人员' },
  'people.change': { roles: 'signed_in', zh: '修改本人或所辖人员资料' },
  'people.merge': { roles: ['officer', 'secretary'], zh: '合并重复的人员' },
  'people.reveal': { roles: ['grid_worker', 'officer', 'secretary'], zh: '查看完整联系方式' },
  'contacts.reveal': { roles: ['unit_handler'], zh: '承办单位查看同意提供的联系方式' },
  'audit.read': { roles: ['secretary', 'supervisor'], zh: '查看个人信息审计记录' },
  'households.read': { roles: ['grid_worker', 'officer', 'secretary', 'supervisor'], zh: '查看户籍房屋' },
  'households.audit': { roles: ['secretary'], zh: '查看住户绑定清单' },
  'households.manage': { roles: ['officer', 'secretary'], zh: '管理户籍房屋' },
  'households.join': { roles: 'signed_in', zh: '绑定住户' },
  'owners.enter': { roles: ['grid_worker', 'officer', 'secretary'], zh: '录入业主表决的纸质票' },
  'owners.manage': { roles: ['officer', 'secretary'], zh: '管理业主名册' },
  'grants.read': { roles: ['officer', 'secretary', 'supervisor', 'administrator'], zh: '查看授权' },
  'grants.propose': { roles: ['officer', 'secretary', 'supervisor', 'administrator'], zh: '提出授权' },
  'grants.approve': { roles: ['officer', 'secretary', 'supervisor'], zh: '批准授权' },
  'grants.revoke': { roles: ['officer', 'secretary', 'supervisor', 'administrator'], zh: '撤销授权' },

  // Nobody sets another's password: whoever gives a way in must not be able to take it.
  'accounts.read': { roles: ['secretary', 'administrator'], zh: '查看工作人员的账号' },
  'accounts.manage': { roles: ['secretary', 'administrator'], zh: '锁定账号、结束登录、撤下密码' },

  'clients.read': { roles: ['secretary', 'supervisor', 'administrator'], zh: '查看第三方系统' },
  'clients.manage': { roles: ['secretary', 'supervisor', 'administrator'], zh: '登记、停用第三方系统，签发密钥' },
  'clients.approve': { roles: ['secretary', 'supervisor'], zh: '批准第三方系统接入' },

  'meetings.read': { roles: 'anyone', zh: '查看议事会' },
  'meetings.manage': { roles: ['officer', 'secretary'], zh: '组织议事会' },
  'meetings.attend': {
    roles: ['representative', 'party_member', 'officer', 'secretary'],
    zh: '参加议事会',
  },
  'ballots.vote': { roles: 'signed_in', zh: '参加议事会投票' },
  'ballots.cast': { roles: 'anyone', zh: '投无记名选票（不问身份）' },
  'meetings.answer': { roles: 'signed_in', zh: '答复会议邀请' },
  // Whoever was there may, whether or not they still hold an office.
  'minutes.answer': { roles: 'signed_in', zh: '对到会的会议纪要提意见、作确认' },
  'calendar.subscribe': { roles: 'signed_in', zh: '订阅本人的会议日程' },
  'opinions.read': { roles: 'anyone', zh: '查看议前意见和意见分布图' },
  'opinions.take_part': { roles: ['resident', 'representative', 'party_member'], zh: '提出意见、表态' },
  // Also for whoever lives there no longer.
  'opinions.own': { roles: 'signed_in', zh: '查看本人提出的意见，删除其中的个人信息' },
  'opinions.moderate': { roles: ['officer', 'secretary'], zh: '审核意见' },
  'calls.read': { roles: ['grid_worker', 'officer', 'secretary'], zh: '查看回访台' },
  'judging.read': {
    roles: ['grid_worker', 'officer', 'secretary', 'supervisor'],
    zh: '查看公示中的事项、待答复异议和评价申诉',
  },
  'statistics.read': { roles: ['grid_worker', 'officer', 'secretary', 'supervisor'], zh: '查看统计' },
  'forces.read': { roles: ['unit_handler', 'grid_worker', 'officer', 'secretary', 'supervisor'], zh: '查看专班' },
  'forces.manage': { roles: ['secretary'], zh: '成立、调整和结束专班' },
  'forces.work': { roles: ['unit_handler', 'grid_worker', 'officer', 'secretary'], zh: '安排和完成专班的节点' },
  'sittings.read': { roles: ['officer', 'secretary', 'supervisor'], zh: '查看联席会议' },
  'sittings.manage': { roles: ['officer', 'secretary'], zh: '召集和主持联席会议' },
  'cobuilding.keep': { roles: ['officer', 'secretary', 'unit_handler'], zh: '登记共建资源和需求' },
  'cobuilding.match': { roles: ['officer', 'secretary'], zh: '共建立项、办结' },
  'duty.read': { roles: ['grid_worker', 'officer', 'secretary'], zh: '查看值班、交接班' },
  'duty.manage': { roles: ['officer', 'secretary'], zh: '排班' },
  'orders.read': { roles: ['unit_handler', 'grid_worker', 'officer', 'secretary', 'supervisor'], zh: '查看工单' },
  'inbox.read': { roles: 'signed_in', zh: '查看本人的工作提醒' },
  'workbench.read': {
    roles: ['unit_handler', 'grid_worker', 'officer', 'secretary', 'supervisor'],
    zh: '查看本人的工作台',
  },
  'views.keep': {
    roles: ['grid_worker', 'officer', 'secretary', 'supervisor'],
    zh: '保存事项列表的视图',
  },
  'resting.read': { roles: ['grid_worker', 'officer', 'secretary', 'supervisor'], zh: '查看挂账和转介的事项' },
  'reports.read': { roles: ['officer', 'secretary', 'supervisor'], zh: '查看、下载报表' },
  'reports.schedule': { roles: ['officer', 'secretary'], zh: '设置每月自动生成的报表' },
  'whistles.read': { roles: ['unit_handler', 'officer', 'secretary', 'supervisor'], zh: '查看吹哨报到' },
  'supervisions.read': { roles: ['officer', 'secretary', 'supervisor'], zh: '查看督办' },
  'orders.handle': { roles: ['unit_handler', 'officer', 'secretary'], zh: '办理工单' },
})

export type Permission = keyof typeof PERMISSIONS

export const permissions = Object.keys(PERMISSIONS) as Permission[]

/** What somebody with these roles (`null`: not signed in) may call. */
export function allows(permission: Permission, roles: ReadonlySet<Role> | null): boolean {
  const who: PermissionRule['roles'] = PERMISSIONS[permission].roles
  if (who === 'anyone') return true
  if (roles === null) return false
  return who === 'signed_in' || who.some((role) => roles.has(role))
}

/**
 * What a third-party system may be let do: a few of the permissions above, each by itself. Reading is as a supervisor of the region
 * reads, with personal data masked; raising is for somebody else, never in the system's own name. Nothing else is open to a key but
 * what anybody may read.
 */
export const CLIENT_SCOPES = {
  'issues.raise': {
    zh: '代居民提事（含上传照片）',
    en: 'Raise matters for residents, with photos',
    opens: ['attachments.upload'],
  },
  'issues.read': { zh: '查看事项和进展（脱敏）', en: 'Read matters and their progress, masked', opens: [] },
  'resting.read': { zh: '查看挂账和转介的事项（脱敏）', en: 'Read suspended and referred matters, masked', opens: [] },
  'statistics.read': { zh: '查看统计', en: 'Read statistics', opens: [] },
} as const satisfies { [P in Permission]?: { zh: string; en: string; opens: readonly Permission[] } }
export type ClientScope = keyof typeof CLIENT_SCOPES
export const CLIENT_SCOPE_CODES = Object.keys(CLIENT_SCOPES) as [ClientScope, ...ClientScope[]]

/** The scope that a key needs for this permission; `'none'` for what anybody may read, null for what no key opens. */
export function scopeFor(permission: Permission): ClientScope | 'none' | null {
  if (permission === 'public.read') return 'none'
  const opens = (scope: ClientScope) =>
    scope === permission || CLIENT_SCOPES[scope].opens.some((opened) => opened === permission)
  return CLIENT_SCOPE_CODES.find(opens) ?? null
}
