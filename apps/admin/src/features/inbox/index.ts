export { default as InboxBell } from './InboxBell.vue'
