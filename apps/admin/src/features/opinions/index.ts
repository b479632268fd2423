export { default as OpinionLinks } from './OpinionLinks.vue'
