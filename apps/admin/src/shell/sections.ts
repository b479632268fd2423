import type { Permission } from '@tongxin/contract'
import type { Stage } from '@tongxin/lifecycle'
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

/** The work, by the stages of the loop, and what all of them rest on. */
export const WORK: readonly (Section & { under: Stage | 'first' | 'standing' })[] = [
  { under: 'first', to: '/', label: 'workbench.title', icon: 'check', needs: 'workbench.read' },
  { under: 'raise', to: '/issues', label: 'nav.issues', icon: 'matters' },
  { under: 'raise', to: '/raise', label: 'nav.raise', icon: 'proxy' },
  { under: 'deliberate', to: '/meetings', label: 'nav.meetings', icon: 'council', also: '/council-members' },
  {
    under: 'deliberate',
    to: '/owners-votes',
    label: 'owners.nav',
    icon: 'people',
    also: '/owners-roll',
    needs: 'owners.enter',
  },
  { under: 'handle', to: '/orders', label: 'nav.orders', icon: 'orders', needs: 'orders.read' },
  { under: 'handle', to: '/sittings', label: 'sittings.nav', icon: 'council', needs: 'sittings.read' },
  { under: 'handle', to: '/task-forces', label: 'taskForces.nav', icon: 'flag', needs: 'forces.read' },
  { under: 'handle', to: '/street', label: 'street.nav', icon: 'flag', needs: 'whistles.read' },
  { under: 'handle', to: '/resting', label: 'resting.nav', icon: 'clock', needs: 'resting.read' },
  { under: 'evaluate', to: '/judging', label: 'judging.nav', icon: 'phone', needs: 'judging.read' },
  { under: 'evaluate', to: '/statistics', label: 'statistics.title', icon: 'statistics', needs: 'statistics.read' },
  { under: 'evaluate', to: '/reports', label: 'reports.title', icon: 'download', needs: 'reports.read' },
  { under: 'standing', to: '/units', label: 'units.nav', icon: 'units', needs: 'units.contacts' },
  { under: 'standing', to: '/cobuilding', label: 'cobuilding.nav', icon: 'link', needs: 'cobuilding.keep' },
  { under: 'standing', to: '/duty', label: 'duty.nav', icon: 'clock', needs: 'duty.read' },
]

/** All there is for whoever is here only to preside over one meeting. */
export const presided = (meetingId: string): Section => ({
  to: `/meetings/${meetingId}`,
  label: 'meeting.title',
  icon: 'council',
})
