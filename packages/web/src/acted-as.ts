import { type Action, CAPACITIES, type Capacity } from '@tongxin/lifecycle'

/** How somebody stood to the matter when they acted: anybody may raise one, and whoever did is its raiser. */
export const actedAs = ({ action, as }: { action: Action; as: Capacity }) =>
  CAPACITIES[action === 'raise' && as === 'anyone' ? 'raiser' : as]
