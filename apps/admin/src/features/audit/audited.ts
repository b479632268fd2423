/** What the product records of the showing of personal data, as the API names it; a name that is not known here is shown as it is. */
export const ACTIONS = [
  'reveal_person',
  'change_phone',
  'merge_people',
  'reveal_contacts',
  'reveal_origins',
  'reveal_call',
  'reveal_unit',
  'reveal_unit_contact',
  'export_issues',
  'export_issues_ended',
  'download_report',
  'request_client',
  'approve_client',
  'refuse_client',
  'revoke_client',
  'issue_client_key',
  'lock_account',
  'unlock_account',
  'end_sessions',
  'remove_password',
] as const
export const SUBJECTS = ['person', 'issue', 'unit', 'community', 'client'] as const

/** Those that have a page of their own here. */
export const SUBJECT_PAGES = { person: 'person', issue: 'issue', unit: 'unit' } as const
