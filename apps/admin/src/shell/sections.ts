import type { Permission } from '@tongxin/contract'
import type { IconName } from '../appearance/icons.ts'

export interface Section {
  to: string
  label: string
  icon: IconName
  /** An address that belongs to it beside those under its own. */
  also?: string
  /** Shown to those who may call this. */
  needs?: Permission
}

/** The work of the loop. */
export const WORK: readonly Section[] = [
  { to: '/issues', label: 'nav.issues', icon: 'matters' },
  { to: '/raise', label: 'nav.raise', icon: 'proxy' },
  { to: '/meetings', label: 'nav.meetings', icon: 'council', also: '/council-members' },
  { to: '/owners-votes', label: 'owners.nav', icon: 'people', also: '/owners-roll', needs: 'owners.enter' },
  { to: '/orders', label: 'nav.orders', icon: 'orders', needs: 'orders.read' },
  { to: '/sittings', label: 'sittings.nav', icon: 'units', needs: 'sittings.read' },
  { to: '/task-forces', label: 'taskForces.nav', icon: 'flag', needs: 'forces.read' },
  { to: '/units', label: 'units.nav', icon: 'units', needs: 'units.contacts' },
  { to: '/cobuilding', label: 'cobuilding.nav', icon: 'link', needs: 'cobuilding.keep' },
  { to: '/duty', label: 'duty.nav', icon: 'clock', needs: 'duty.read' },
  { to: '/judging', label: 'judging.nav', icon: 'phone', needs: 'judging.read' },
  { to: '/resting', label: 'resting.nav', icon: 'clock', needs: 'resting.read' },
  { to: '/street', label: 'street.nav', icon: 'flag', needs: 'whistles.read' },
  { to: '/statistics', label: 'statistics.title', icon: 'statistics', needs: 'statistics.read' },
  { to: '/reports', label: 'reports.title', icon: 'download', needs: 'reports.read' },
]

/** All there is for whoever is here only to preside over one meeting. */
export const presided = (meetingId: string): Section => ({
  to: `/meetings/${meetingId}`,
  label: 'meeting.title',
  icon: 'council',
})
