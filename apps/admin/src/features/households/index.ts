export { default as ShareOf } from './ShareOf.vue'
