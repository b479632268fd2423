export { default as PhrasePicker } from './PhrasePicker.vue'
