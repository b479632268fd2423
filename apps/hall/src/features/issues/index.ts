export { default as MatterList } from './MatterList.vue'
