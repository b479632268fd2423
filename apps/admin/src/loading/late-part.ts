import {
  type AsyncComponentLoader,
  type Component,
  defineAsyncComponent,
  onActivated,
  onDeactivated,
  onScopeDispose,
} from 'vue'
import { sayMissing } from './missing.ts'

/** As long as the part is asked for by the page that is looked at. */
const SaysMissing: Component = {
  inheritAttrs: false,
  setup() {
    let unsay = sayMissing()
    onDeactivated(() => unsay())
    onActivated(() => {
      unsay()
      unsay = sayMissing()
    })
    onScopeDispose(() => unsay())
    return () => null
  },
}

/**
 * A part of a page whose script is fetched when it is first shown.
 * `instead`: what stands in its place where that does not come; by default nothing does, and the page says so.
 */
export const latePart = <Part extends Component>(fetch: AsyncComponentLoader<Part>, instead: Component = SaysMissing) =>
  defineAsyncComponent({ loader: fetch, errorComponent: instead })
