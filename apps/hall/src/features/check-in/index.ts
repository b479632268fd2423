export { default as CheckInByCode } from './CheckInByCode.vue'
