import type { Permission } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'

export interface TourStep {
  /** Names its words. */
  key: string
  /** What it points at: the first of these that can be seen. */
  at: string
  /** The page it stands on. */
  page?: string
  /** Left out for who may not. */
  needs?: Permission
}

const TITLE = 'main h1'
const MINE: TourStep = { key: 'mine', at: '[data-tour=mine]', page: '/', needs: 'workbench.read' }
const WARNINGS: TourStep = { key: 'warnings', at: '[data-tour=warnings]', page: '/', needs: 'workbench.read' }
const RAISE: TourStep = { key: 'raise', at: TITLE, page: '/raise', needs: 'intake.use' }
const MATTERS: TourStep = { key: 'matters', at: 'main .tabs, main h1', page: '/issues' }
const ORDERS: TourStep = { key: 'orders', at: TITLE, page: '/orders', needs: 'orders.read' }
const MEETINGS: TourStep = { key: 'meetings', at: TITLE, page: '/meetings' }
const SITTINGS: TourStep = { key: 'sittings', at: TITLE, page: '/sittings', needs: 'sittings.read' }
const JUDGING: TourStep = { key: 'judging', at: TITLE, page: '/judging', needs: 'judging.read' }
const STREET: TourStep = { key: 'street', at: TITLE, page: '/street', needs: 'whistles.read' }
const FIGURES: TourStep = { key: 'figures', at: TITLE, page: '/statistics', needs: 'statistics.read' }
const SETTINGS: TourStep = { key: 'settings', at: TITLE, page: '/settings' }
/** Frame of every page, so that no page need be opened for them. */
const NAVIGATION: TourStep = { key: 'navigation', at: '#navigation, .bar .menu' }
const FIND: TourStep = { key: 'find', at: '.bar .find' }
const BELL: TourStep = { key: 'bell', at: '.bar .bell' }
const SELF: TourStep = { key: 'self', at: '.bar .who' }

/** By the office that a person is shown round for; of several the first here. */
export const TOURS = {
  secretary: [MINE, WARNINGS, MEETINGS, SITTINGS, SETTINGS, FIND, SELF],
  officer: [MINE, WARNINGS, RAISE, MATTERS, JUDGING, FIND, SELF],
  supervisor: [MINE, WARNINGS, STREET, FIGURES, BELL, FIND, SELF],
  grid_worker: [MINE, RAISE, MATTERS, BELL, SELF],
  unit_handler: [MINE, ORDERS, BELL, NAVIGATION, SELF],
  administrator: [SETTINGS, NAVIGATION, FIND, SELF],
} as const satisfies Partial<Record<Role, readonly TourStep[]>>

/** For whoever is here to preside over one meeting. */
const COUNCIL: readonly TourStep[] = [
  { key: 'meeting', at: TITLE },
  { key: 'agenda', at: 'main .columns' },
  { key: 'attendance', at: 'main .aside' },
  SELF,
]

/** The steps for somebody with these roles, those left out that they may not follow. */
export function tourFor(holds: (role: Role) => boolean, may: (permission: Permission) => boolean): readonly TourStep[] {
  const role = (Object.keys(TOURS) as (keyof typeof TOURS)[]).find(holds)
  const steps: readonly TourStep[] = role ? TOURS[role] : COUNCIL
  return steps.filter(({ needs }) => needs === undefined || may(needs))
}
