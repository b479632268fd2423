export { default as NextMeeting } from './NextMeeting.vue'
