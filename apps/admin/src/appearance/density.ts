import { keptChoice } from '@tongxin/web'

export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

/** How close the lines of lists and tables stand. */
export const useDensity = keptChoice<Density>('tongxin.density', DENSITIES, (density) => {
  document.documentElement.dataset.density = density
})
