/** The thirteen roles of the community; a person holds them as grants of (role, region). */
export const ROLES = {
  resident: { zh: '居民', en: 'Resident', staff: false },
  representative: { zh: '居民代表', en: 'Residents’ representative', staff: false },
  party_member: { zh: '党员骨干', en: 'Party member', staff: false },
  volunteer: { zh: '志愿者', en: 'Volunteer', staff: false },
  grid_worker: { zh: '网格员', en: 'Grid worker', staff: true },
  officer: { zh: '社区专干', en: 'Community officer', staff: true },
  secretary: { zh: '社区书记', en: 'Community secretary', staff: true },
  unit_handler: { zh: '联办单位经办人', en: 'Unit handler', staff: true },
  supervisor: { zh: '街道/区督办', en: 'Street or district supervisor', staff: true },
  administrator: { zh: '系统管理员', en: 'Administrator', staff: true },
  care_worker: { zh: '为老专员', en: 'Care worker', staff: true },
  teacher: { zh: '课堂老师', en: 'Teacher', staff: true },
  mediator: { zh: '调解员', en: 'Mediator', staff: true },
} as const satisfies Record<string, { zh: string; en: string; staff: boolean }>

export type Role = keyof typeof ROLES
export const ROLE_CODES = Object.keys(ROLES) as [Role, ...Role[]]
export const isStaffRole = (role: Role): boolean => ROLES[role].staff

/**
 * How someone stands to one issue when acting on it: a role held over its region, or a relation to the issue itself.
 * `identified` is a signed-in person at level `resident` or above; `system` and `import_job` are the product itself.
 */
export const CAPACITIES = {
  ...ROLES,
  anyone: { zh: '任何人', en: 'Anyone' },
  identified: { zh: '实名居民', en: 'Verified resident' },
  raiser: { zh: '提出人', en: 'Raiser' },
  presider: { zh: '主持人', en: 'Presiding person' },
  lead_handler: { zh: '主办单位经办人', en: 'Handler of the lead unit' },
  part_handler: { zh: '协办单位经办人', en: 'Handler of a co-unit' },
  street_handler: { zh: '街道经办人', en: 'Handler at the street' },
  api_client: { zh: '第三方系统', en: 'Third-party system' },
  system: { zh: '系统', en: 'System' },
  import_job: { zh: '导入任务', en: 'Import job' },
} as const
export type Capacity = keyof typeof CAPACITIES
