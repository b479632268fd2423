import type { ErrorCode } from '@tongxin/contract'

/** What a violated constraint means to the caller; a violation not named here is our own fault and answers 500. */
export const CONSTRAINT_ERRORS: Record<string, { code: ErrorCode; reason: string; zh?: string }> = {
  accounts_username_unique: { code: 'username_taken', reason: 'username_taken' },
  people_phone_hash_unique: { code: 'conflict', reason: 'phone_taken', zh: '该手机号码已登记' },
  regions_pkey: { code: 'conflict', reason: 'region_exists', zh: '该区域代码已存在' },
  categories_pkey: { code: 'conflict', reason: 'category_exists', zh: '该类别代码已存在' },
  households_door_unique: { code: 'conflict', reason: 'household_exists', zh: '该楼栋已登记此门牌' },
  household_members_pkey: { code: 'conflict', reason: 'already_member', zh: '此人已是该住户成员' },
  task_force_issues_one_owner: { code: 'unprocessable', reason: 'matter_owned', zh: '有事项已由另一个专班负责' },
  sitting_items_one_waiting: { code: 'unprocessable', reason: 'matter_elsewhere', zh: '该事项已列入另一次联席会议' },
  sittings_number: { code: 'conflict', reason: 'sitting_number', zh: '另一次会议刚刚开会，请再试一次' },
  agenda_items_one_waiting: { code: 'unprocessable', reason: 'item_elsewhere', zh: '该事项已列入另一次会议' },
  minutes_pkey: { code: 'conflict', reason: 'minutes_exist', zh: '这次会议已有纪要' },
  motions_one_open: { code: 'motion_open', reason: 'motion_open' },
  motions_one_moved: { code: 'motion_open', reason: 'motion_open' },
  motions_one_amendment: { code: 'motion_open', reason: 'amendment_open' },
  motions_one_open_on_matter: { code: 'motion_open', reason: 'motion_open', zh: '这件事项的上一次表决还没有结束' },
  head_votes_pkey: { code: 'already_voted', reason: 'already_voted' },
  open_votes_pkey: { code: 'already_voted', reason: 'already_voted' },
  statements_text_once: { code: 'conflict', reason: 'statement_exists', zh: '已有相同的意见，请看看大家的意见并表态' },
  phrase_sets_pkey: { code: 'conflict', reason: 'phrases_changed', zh: '刚才有人先改过常用语，请看看最新的再改' },
  matter_views_name: { code: 'conflict', reason: 'view_exists', zh: '您已有同名的视图，请换一个名称' },
  grants_one_standing: { code: 'conflict', reason: 'grant_exists', zh: '此人已有相同的授权' },
}

export interface DatabaseError extends Error {
  code: string
  constraint?: string
}

/** The PostgreSQL error inside an error, if any: drizzle wraps the driver's. */
export function databaseError(error: unknown): DatabaseError | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('severity' in e && 'code' in e && typeof e.code === 'string') return e as DatabaseError
  }
  return null
}
