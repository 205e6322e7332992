// Reads the page aloud with the browser's own voice: nothing is fetched and nothing is sent anywhere.
// The button is shown only where there is a voice; every page works without it.
const LEFT_OUT = '[aria-hidden="true"], .govuk-visually-hidden, [data-voice-aloud], input, script, nav'
const PAGE = 'h1, h2, p, label, .govuk-hint, .voice-symbol-answer button, .voice-way'
// In a chat only what is new is read, and what can be tapped.
const CHAT = '[data-voice-newest], [data-voice-newest] ~ .voice-bubble, #say .voice-chat-option'

function wordsOf(element) {
  const copy = element.cloneNode(true)
  for (const each of copy.querySelectorAll(LEFT_OUT)) each.remove()
  return copy.textContent.replace(/\s+/g, ' ').trim()
}

// Each heading, paragraph, answer and button is said on its own, with a pause between.
function sentences() {
  const main = document.querySelector('main')
  const found = main.querySelectorAll(main.querySelector('.voice-chat') ? CHAT : PAGE)
  return [...found].filter((each) => each.offsetParent !== null && !each.closest('[data-voice-unread]')).map(wordsOf).filter(Boolean)
}

function show(button, isReading) {
  const words = button.querySelector('[data-voice-aloud-words]')
  words.dataset.read ||= words.textContent
  words.textContent = isReading ? button.dataset.stop : words.dataset.read
  button.setAttribute('aria-pressed', String(isReading))
}

function readOrStop(button) {
  const voice = window.speechSynthesis
  if (button.getAttribute('aria-pressed') === 'true') {
    voice.cancel()
    show(button, false)
    return
  }
  voice.cancel()
  const said = sentences().map((words) => {
    const one = new SpeechSynthesisUtterance(words)
    one.lang = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang
    one.rate = 0.9
    return one
  })
  if (!said.length) return
  said[said.length - 1].addEventListener('end', () => show(button, false))
  show(button, true)
  for (const each of said) voice.speak(each)
}

if ('speechSynthesis' in window) {
  for (const button of document.querySelectorAll('[data-voice-aloud]')) {
    button.hidden = false
    button.addEventListener('click', () => readOrStop(button))
  }
  window.addEventListener('pagehide', () => window.speechSynthesis.cancel())
}
