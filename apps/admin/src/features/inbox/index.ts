export { default as InboxBell } from './InboxBell.vue'
export { useInbox } from './inbox-store.ts'
