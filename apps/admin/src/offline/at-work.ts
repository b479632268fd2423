import { useOutbox } from '../outbox/outbox-store.ts'
import { keepConsole } from './new-version.ts'
import { sweepSeen } from './seen-store.ts'

let begun = false

/** What makes the console go on without a signal; once for a page. */
export function goOnWithoutSignal(): void {
  if (begun) return
  begun = true
  useOutbox()
  // What tells that there is no signal cannot be fetched without one, where no worker holds the console; and nothing is to wait for what
  // asks about a text that was sent.
  Promise.all([
    import('./StatusStrip.vue'),
    import('../outbox/OutboxButton.vue'),
    import('../appearance/ReviewDialog.vue'),
  ]).catch(() => undefined)
  void sweepSeen()
  keepConsole().catch(() => undefined)
}
