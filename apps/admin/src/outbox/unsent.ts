import { ref } from 'vue'

/** How many acts of who is signed in wait on this device. The shell asks for it, and brings nothing else of the outbox. */
export const unsent = ref(0)
/** How many a form of this page is sending right now: the answer may not come, and then they wait, too. */
export const underWay = ref(0)
