import { shallowRef } from 'vue'
import type { Act } from './acts.ts'

/** What was taken back to be gone over: for the form it goes back to, and in this page's memory alone. */
export const inHand = shallowRef<Act>()
