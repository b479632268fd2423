// Before the page is first drawn, or it would flash in the wrong colours. A file of its own: pages run no script within them.
const kept = localStorage.getItem('tongxin.theme')
const isDark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.classList.toggle('dark', isDark)
