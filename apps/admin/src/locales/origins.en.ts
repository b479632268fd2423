import type { originsZh } from './origins.zh.ts'

export const originsEn: typeof originsZh = {
  title: 'Where and when photos were taken',
  hint: 'What the photos say of themselves, and where the phone was at the check: evidence for staff. To see it takes a purpose and leaves an audit record.',
  purpose: 'Purpose',
  show: 'Show',
  none: 'Neither time nor place was recorded',
  photo: 'Photo (entry #{seq})',
  phone: 'Phone (entry #{seq})',
  unknown: 'not recorded',
}
