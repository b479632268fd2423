import '@tongxin/web/tokens.css'
import './styles/hall.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, keptLanguage, speak } from './locales/index.ts'
import { router } from './router.ts'

// Not awaited by the module: a language comes as a file that may need this one, and would wait for it in turn.
// Where it does not come the page opens in Chinese.
void speak(keptLanguage())
  .catch(() => undefined)
  .then(() => createApp(App).use(createPinia()).use(i18n).use(router).mount('#app'))
