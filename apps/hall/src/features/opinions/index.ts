export { default as OpenMatters } from './OpenMatters.vue'
export { default as OpinionsCard } from './OpinionsCard.vue'
