import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig, type Plugin } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { VitePWA } from 'vite-plugin-pwa'

/** Where what is only ever drawn with goes: half a megabyte that nobody needs before a picture is asked for. */
const CHARTS = 'assets/charts/'

/** Element's styles come with the parts that use them, after our own: in a layer they give way to ours whenever they come. */
const elementLayer: Plugin = {
  name: 'element-layer',
  enforce: 'pre',
  transform: {
    filter: { id: /element-plus\/theme-chalk\/.*\.css$/ },
    handler: (css) => `@layer element {${css.replace('@charset "UTF-8";', '')}}`,
  },
}

export default defineConfig({
  base: '/admin/',
  plugins: [
    elementLayer,
    vue(),
    // Element Plus alone is resolved by name; our own components are imported where they are used.
    components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    // Beside each file, for whoever serves them.
    compression({ include: /\.(js|css|svg)$/, threshold: 1024, algorithms: ['gzip', 'brotliCompress'] }),
    VitePWA({
      filename: 'worker.js',
      manifestFilename: 'manifest.json',
      // Registered by the shell, once somebody is at work; a new version waits until they take it.
      injectRegister: false,
      registerType: 'prompt',
      manifest: {
        id: '/admin/',
        start_url: '/admin/',
        scope: '/admin/',
        name: '同心 · 工作台',
        short_name: '同心',
        description: '社区“提事、议事、办事、评事”的工作台',
        lang: 'zh-CN',
        display: 'standalone',
        theme_color: '#0c3f3d',
        background_color: '#f7f3ec',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        shortcuts: [
          { name: '我单位的工单', short_name: '工单', url: '/admin/work' },
          { name: '等我办理', short_name: '待办', url: '/admin/' },
          { name: '代居民提事', short_name: '代报', url: '/admin/raise' },
          { name: '议事会', short_name: '议事会', url: '/admin/meetings' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}', 'icon-192.png'],
        globIgnores: [`${CHARTS}**`],
        // Vite names its assets by their content.
        dontCacheBustURLsMatching: /^assets\//,
        navigateFallback: 'index.html',
        navigateFallbackAllowlist: [/^\/admin(\/|$)/],
        cleanupOutdatedCaches: true,
        // Nothing else passes through it: what the API answers is never kept here.
        runtimeCaching: [
          {
            urlPattern: /\/admin\/assets\/charts\//,
            handler: 'CacheFirst',
            options: { cacheName: 'charts', expiration: { maxEntries: 12 }, cacheableResponse: { statuses: [200] } },
          },
        ],
      },
    }),
  ],
  define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What the first pages need comes in a few files: cut by who shares what it were a hundred, each with a price of its own.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 4 },
            { name: 'sign-in', test: /sessions\/SignInPage\.vue$/, priority: 3 },
            { name: 'shell', test: /shell\/ConsoleShell\.vue$/, priority: 2 },
          ],
        },
        chunkFileNames: ({ moduleIds }) =>
          `${moduleIds.some((id) => /node_modules\/(echarts|zrender)\//.test(id)) ? CHARTS : 'assets/'}[name]-[hash].js`,
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/v1': 'http://127.0.0.1:3000' },
  },
})
