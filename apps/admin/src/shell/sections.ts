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
  /** The letter that goes there, after `g`. */
  key?: string
}

export type WorkSection = Section & { under: Stage | 'first' | 'standing' }

/** The work, by the stages of the loop, and what all of them rest on. */
export const WORK: readonly WorkSection[] = [
  { under: 'first', to: '/', label: 'workbench.title', icon: 'check', key: 'b' },
  { under: 'raise', to: '/issues', label: 'nav.issues', icon: 'matters', key: 'm' },
  { under: 'raise', to: '/raise', label: 'nav.raise', icon: 'proxy', key: 'r' },
  { under: 'deliberate', to: '/meetings', label: 'nav.meetings', icon: 'council', also: '/council-members', key: 'c' },
  {
    under: 'deliberate',
    to: '/owners-votes',
    label: 'owners.nav',
    icon: 'ballot',
    also: '/owners-roll',
    key: 'v',
    needs: 'owners.enter',
  },
  { under: 'handle', to: '/orders', label: 'nav.orders', icon: 'orders', key: 'o', needs: 'orders.read' },
  { under: 'handle', to: '/sittings', label: 'sittings.nav', icon: 'table', key: 'j', needs: 'sittings.read' },
  { under: 'handle', to: '/task-forces', label: 'taskForces.nav', icon: 'flag', key: 'f', needs: 'forces.read' },
  { under: 'handle', to: '/street', label: 'street.nav', icon: 'whistle', key: 'w', needs: 'whistles.read' },
  { under: 'handle', to: '/resting', label: 'resting.nav', icon: 'pause', needs: 'resting.read' },
  { under: 'evaluate', to: '/judging', label: 'judging.nav', icon: 'phone', key: 'e', needs: 'judging.read' },
  {
    under: 'evaluate',
    to: '/statistics',
    label: 'statistics.title',
    icon: 'statistics',
    key: 't',
    needs: 'statistics.read',
  },
  { under: 'evaluate', to: '/reports', label: 'reports.title', icon: 'download', needs: 'reports.read' },
  { under: 'standing', to: '/units', label: 'units.nav', icon: 'units', key: 'u', needs: 'units.contacts' },
  { under: 'standing', to: '/cobuilding', label: 'cobuilding.nav', icon: 'link', needs: 'cobuilding.keep' },
  { under: 'standing', to: '/people', label: 'people.nav', icon: 'people', needs: 'people.read' },
  { under: 'standing', to: '/duty', label: 'duty.nav', icon: 'calendar', key: 'd', needs: 'duty.read' },
  { under: 'standing', to: '/settings', label: 'settings.title', icon: 'settings', key: 's' },
]

/** The pages behind the settings' own: seldom opened, so that the side bar names them by one line. */
export const SETTINGS: readonly (Section & { about: string })[] = [
  { to: '/settings/policies', label: 'policies.title', about: 'policies.about', icon: 'clock' },
  { to: '/settings/grants', label: 'grants.title', about: 'grants.about', icon: 'grants', needs: 'grants.read' },
  { to: '/settings/accounts', label: 'accounts.title', about: 'accounts.about', icon: 'lock', needs: 'accounts.read' },
  { to: '/settings/clients', label: 'clients.title', about: 'clients.about', icon: 'link', needs: 'clients.read' },
  { to: '/settings/categories', label: 'categories.title', about: 'categories.about', icon: 'categories' },
  { to: '/settings/phrases', label: 'phrases.title', about: 'phrases.about', icon: 'text', needs: 'phrases.read' },
  { to: '/settings/regions', label: 'regions.title', about: 'regions.about', icon: 'regions' },
  { to: '/settings/audit', label: 'audit.title', about: 'audit.about', icon: 'search', needs: 'audit.read' },
  { to: '/settings/imports', label: 'imports.title', about: 'imports.about', icon: 'download', needs: 'issues.import' },
]

/** All there is for whoever is here only to preside over one meeting. */
export const presided = (meetingId: string): Section => ({
  to: `/meetings/${meetingId}`,
  label: 'meeting.title',
  icon: 'council',
})
