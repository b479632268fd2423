import type { Loading } from '@tongxin/web'
import type { InjectionKey } from 'vue'

/** Where the parts of a page that are shown together are known. */
export const TOGETHER: InjectionKey<Set<Loading<unknown>>> = Symbol('together')
