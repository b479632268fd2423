export { default as MyHomes } from './MyHomes.vue'
