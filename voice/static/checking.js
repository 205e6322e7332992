// Codes an answer from the keyboard: the key before a theme ticks it, Enter saves and goes on.
// Every page works without it.
const form = document.querySelector('[data-voice-slip]')

function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type="checkbox"]), textarea, select')
}

document.addEventListener('keydown', (event) => {
  if (!form || isTyping(event)) return
  const key = event.key.toLowerCase()
  if (key === 'enter') {
    if (event.target.closest('a, button, summary')) return
    event.preventDefault()
    if (!event.repeat) form.querySelector('button[type="submit"]:not([name])').click()
    return
  }
  const found = document.querySelector(`[data-voice-key="${CSS.escape(key)}"]`)
  if (!found) return
  event.preventDefault()
  found.closest('details')?.setAttribute('open', '')
  found.focus()
  found.click()
})
