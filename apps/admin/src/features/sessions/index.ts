export { default as PageLink } from './PageLink.vue'
export { useSession } from './session-store.ts'
export { useOffices } from './use-offices.ts'
