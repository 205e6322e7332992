// The web chat without leaving the page. Words that could not be sent are kept in this tab, and sent once when there is
// signal again: each turn carries its page's own key, by which the service knows a second copy. Without this script every
// turn is an ordinary form.
const PLACE = 'voice-chat:' + window.location.pathname
const RETRY_MS = [2000, 5000, 10000, 30000]
const ANSWER_MS = 20000

let tries = 0
let timer = 0
let isSending = false
let isWaiting = false

const chat = () => document.querySelector('[data-voice-chat]')
const form = () => document.getElementById('say')
const box = () => chat().querySelector('textarea')

// A tab may forbid storing; then nothing is kept, and all else works.
function keep(name, value) {
  try {
    if (value === null) window.sessionStorage.removeItem(PLACE + name)
    else window.sessionStorage.setItem(PLACE + name, value)
  } catch { /* nothing is kept */ }
}

function kept(name) {
  try {
    return window.sessionStorage.getItem(PLACE + name)
  } catch {
    return null
  }
}

function forget() {
  keep(':typed', null)
  keep(':unsent', null)
}

function tell(words) {
  const notice = chat().querySelector('[data-voice-unsent]')
  notice.hidden = false
  notice.querySelector('[data-voice-unsent-words]').textContent = words
  document.querySelector('[data-voice-said]').textContent = words
}

// What a reader of the screen hears: the new messages, and nothing that was there before.
function announce() {
  const newest = chat().querySelector('[data-voice-newest]')
  const bubbles = [...chat().querySelectorAll('.voice-bubble')]
  const news = newest ? bubbles.slice(bubbles.indexOf(newest)) : []
  document.querySelector('[data-voice-said]').textContent = news.map((each) => each.textContent.trim()).join(' ')
}

function turn(pressed) {
  const fields = new FormData(form(), pressed)
  const isFile = [...fields.values()].some((each) => each instanceof File && each.size > 0)
  if (isFile) return fields
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name)
  return new URLSearchParams(fields)
}

function send(body) {
  isSending = true
  chat().setAttribute('aria-busy', 'true')
  if (body instanceof URLSearchParams) keep(':unsent', body.toString())
  const stop = new AbortController()
  const late = window.setTimeout(() => stop.abort(), body instanceof FormData ? 10 * ANSWER_MS : ANSWER_MS)
  fetch(window.location.pathname, { method: 'POST', body, signal: stop.signal })
    .then((reply) => (reply.status >= 500 ? Promise.reject(new Error('down')) : show(reply)))
    .catch(() => wait(body))
    .finally(() => {
      window.clearTimeout(late)
      isSending = false
      chat().removeAttribute('aria-busy')
    })
}

function wait(body) {
  isWaiting = true
  const words = chat().dataset.unsent
  tell(words)
  window.clearTimeout(timer)
  const after = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]
  tries += 1
  timer = window.setTimeout(() => send(body), after)
  window.addEventListener('online', () => { window.clearTimeout(timer); if (!isSending) send(body) }, { once: true })
  chat().querySelector('[data-voice-try]').onclick = () => { window.clearTimeout(timer); if (!isSending) send(body) }
}

async function show(reply) {
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  const drawn = page.querySelector('[data-voice-chat]')
  tries = 0
  isWaiting = false
  keep(':unsent', null)
  if (reply.status < 400) keep(':typed', null)
  const isElsewhere = !drawn || new URL(reply.url).pathname !== window.location.pathname
  if (isElsewhere || page.documentElement.lang !== document.documentElement.lang) {
    window.location.assign(reply.url)
    return
  }
  const wasTyping = document.activeElement === box()
  chat().replaceChildren(...drawn.childNodes)
  document.title = page.title
  if (reply.status >= 400) {
    chat().querySelector('.govuk-error-summary')?.focus()
    return
  }
  announce()
  listen()
  if (wasTyping && box()) box().focus({ preventScroll: true })
  else form().focus({ preventScroll: true })
  chat().querySelector('[data-voice-newest]')?.scrollIntoView({ block: 'start' })
}

function listen() {
  box()?.addEventListener('input', () => keep(':typed', box().value))
}

function begin() {
  const unsent = kept(':unsent')
  if (box() && !box().value && kept(':typed')) box().value = kept(':typed')
  listen()
  document.addEventListener('submit', (event) => {
    if (event.target !== form()) return
    event.preventDefault()
    if (!isSending && !isWaiting) send(turn(event.submitter))
  })
  document.querySelector('.govuk-js-exit-this-page-button')?.addEventListener('click', forget)
  if (unsent) send(new URLSearchParams(unsent))
}

if (chat()) begin()
