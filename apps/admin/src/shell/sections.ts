import type { Permission } from '@tongxin/contract'
import type { IconName } from '../appearance/icons.ts'

export interface Section {
  to: string
  label: string
  icon: IconName
  /** Shown to those who may call this. */
  needs?: Permission
}

/** The work of the loop. */
export const WORK: readonly Section[] = [
  { to: '/issues', label: 'nav.issues', icon: 'matters' },
  { to: '/raise', label: 'nav.raise', icon: 'proxy' },
  { to: '/meetings', label: 'nav.meetings', icon: 'council' },
  { to: '/owners-votes', label: 'owners.nav', icon: 'people', needs: 'owners.enter' },
  { to: '/orders', label: 'nav.orders', icon: 'orders', needs: 'orders.read' },
]

/** All there is for whoever is here only to preside over one meeting. */
export const presided = (meetingId: string): Section => ({
  to: `/meetings/${meetingId}`,
  label: 'meeting.title',
  icon: 'council',
})
