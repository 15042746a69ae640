// The conversation on the page: what was asked is shown at once, an answer grows in its place, a question is never lost.
window.chat = (() => {
  const DRAFT = 'scholarship-draft', MOST = 2000, NEAR = 1600;
  const NARROW = matchMedia('(max-width: 799px)');
  let words = {}, asked = '', moved = false, watching = 0;

  const at = (selector) => document.querySelector(selector);
  const box = () => at('#chat-box textarea');
  const log = () => at('#chat-window [role=log]');
  const waiting = () => at('#chat-wait .wait');
  const draft = (text) => { // for as long as this tab of the browser is open
    try {
      if (text === undefined) return sessionStorage.getItem(DRAFT) || '';
      if (text) sessionStorage.setItem(DRAFT, text); else sessionStorage.removeItem(DRAFT);
    } catch { /* no store: the question lives in the box only */ }
    return text || '';
  };
  const write = (text) => { // as if it was typed, so that Gradio knows of it
    const field = box();
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
  };

  // How much room is left, said only near the end and not at each letter.
  let later = 0;
  const count = () => {
    const field = box(), place = at('#chat-count .count');
    if (!field || !place) return;
    const used = field.value.length;
    place.hidden = used < NEAR;
    place.classList.toggle('full', used >= MOST);
    clearTimeout(later);
    later = setTimeout(() => { place.textContent = used < NEAR ? '' : words.count.replace('{n}', used.toLocaleString('en-IN')); }, place.textContent ? 400 : 0);
  };

  // A question shows at once, before the server knows of it.
  const asking = (text) => {
    if (!text.trim()) return;
    [asked, moved] = [text.trim(), false];
    draft(asked);
    const place = waiting();
    if (!place) return;
    place.querySelector('.mine').textContent = asked;
    place.hidden = false;
    problem('');
    clearInterval(watching);
    watching = setInterval(() => { if (at('.toast-body.error')) unreachable(); }, 400); // Gradio tells nobody else
    document.documentElement.classList.add('chat-asking');
    at('.chats.bare')?.classList.remove('bare'); // the bar above the conversation is there from now on
    busy(true);
    if (NARROW.matches) place.scrollIntoView({block: 'end'});
    else log().scrollTop = log().scrollHeight;
  };
  // One thing at a time: the buttons at the messages are away while an answer is on its way (busy), or a tap on one of them.
  let tapped = 0;
  const taking = (is) => {
    clearTimeout(tapped);
    document.documentElement.classList.toggle('chat-taking', is);
    if (is) tapped = setTimeout(taking, 4000, false); // a refusal says nothing here
  };
  const taken = () => {
    if (waiting()) waiting().hidden = true;
    document.documentElement.classList.remove('chat-asking');
  };
  const problem = (text) => { const place = at('#chat-wait .problem'); if (place) [place.textContent, place.hidden] = [text, !text]; };
  // No answer will come: the question goes back into the box. Gradio loads the page anew once it reaches the server.
  const unreachable = () => {
    clearInterval(watching);
    taken();
    busy(false);
    write(asked);
    draft(asked);
    problem(words.unsent);
    at('#chat-wait .problem')?.scrollIntoView({block: 'nearest'});
  };
  const busy = (is) => {
    const place = log();
    if (!place) return;
    place.setAttribute('aria-busy', String(is));
    place.setAttribute('aria-live', 'off'); // `news` tells the answer once it is whole, not each piece of it
  };
  const news = (text) => { const place = at('#chat-news [role=status]'); if (place) place.textContent = text; };
  const plain = (row) => {
    const copy = row.cloneNode(true);
    copy.querySelectorAll('.sources').forEach((part) => part.remove());
    document.body.append(Object.assign(copy, {className: 'visually-hidden'}));
    const text = copy.innerText.trim();
    copy.remove();
    return text;
  };

  // After an answer its question stands on top, so that reading starts at the first line; not where the student moved.
  const toQuestion = () => {
    const place = log(), mine = place ? [...place.querySelectorAll('.user-row')].pop() : null;
    if (!mine || moved) return;
    if (NARROW.matches) {
      const head = at('.list-column')?.getBoundingClientRect().height || 0;
      scrollBy(0, mine.getBoundingClientRect().top - head - 8);
    } else place.scrollTop += mine.getBoundingClientRect().top - place.getBoundingClientRect().top - 8;
  };

  // What Gradio's chatbot leaves out for those who cannot see it: names, and no text twice.
  const mend = () => {
    const place = log();
    if (!place) return;
    if (words.log) place.setAttribute('aria-label', words.log);
    if (place.getAttribute('aria-live') !== 'off') busy(false);
    place.tabIndex = 0; // a long answer can be scrolled by keys
    for (const text of place.querySelectorAll('div[data-testid][aria-label]')) text.removeAttribute('aria-label');
    for (const field of place.querySelectorAll('textarea:not([aria-label])')) field.setAttribute('aria-label', words.edit);
    for (const wide of place.querySelectorAll('.md:has(table):not([tabindex])')) wide.tabIndex = 0;
    for (const empty of place.querySelectorAll('th:empty')) empty.replaceWith(Object.assign(document.createElement('td'), {}));
  };
  let drawing = 0;
  const watch = () => new MutationObserver(() => {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(mend);
  }).observe(at('#chat-window'), {subtree: true, childList: true, attributeFilter: ['aria-label']});

  const keys = (event) => {
    if (event.target !== box() || event.key !== 'Enter') return;
    if (event.shiftKey || event.isComposing) event.stopPropagation(); // a new line, or the end of a word being composed
  };
  const fit = () => { // above the keyboard of a phone; on wide screens the three columns end with the window
    const view = window.visualViewport, root = document.documentElement.style;
    if (view) root.setProperty('--keyboard', `${Math.max(0, Math.round(innerHeight - view.height - view.offsetTop))}px`);
    const columns = at('.chat-columns');
    if (columns?.offsetParent) root.setProperty('--chat-top', `${Math.round(columns.getBoundingClientRect().top + scrollY)}px`);
  };

  document.addEventListener('keydown', keys, true);
  document.addEventListener('keypress', keys, true);
  document.addEventListener('input', (event) => {
    if (event.target !== box()) return;
    draft(event.target.value);
    count();
  });
  for (const way of ['wheel', 'touchmove']) document.addEventListener(way, () => { moved = true; }, {passive: true});
  document.addEventListener('click', (event) => {
    const chip = event.target.closest?.('#chat-chips [data-act=pick], #chat-known [data-act=pick]');
    if (chip) asking(chip.dataset.text);
    const skip = event.target.closest?.('a.skip');
    if (skip) {
      event.preventDefault();
      if (!box()?.offsetParent) at('#tabs [role=tab]')?.click();
      requestAnimationFrame(() => box()?.focus());
    }
    const name = event.target.closest?.('#chat-window a[href*="?scholarship="]');
    if (name && window.over && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const wanted = new URL(name.href).searchParams.get('scholarship');
      window.over.open({kind: 'scholarship', value: wanted}, name.textContent);
    }
  });
  // Copied as it reads, with its sources, for a message to a friend; Gradio's own button would copy Markdown's signs.
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('#chat-window .message-buttons-left button:first-child');
    const row = button?.closest('.message-buttons')?.previousElementSibling;
    if (!row?.querySelector('.sources') || !navigator.clipboard) return;
    event.stopImmediatePropagation();
    const found = [...row.querySelectorAll('.sources li')].map((item) => `${item.querySelector('strong').textContent}: ${[...item.querySelectorAll('a[target]')].map((link) => link.href).join(' ')}`);
    navigator.clipboard.writeText([plain(row.querySelector('.message') || row), `${words.sources}:`, ...found].join('\n\n')).then(() => {
      news(words.copied);
      button.classList.add('copied');
      setTimeout(() => button.classList.remove('copied'), 2000);
    });
  }, true);
  addEventListener('resize', fit);
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);

  return {
    mount(texts) {
      words = texts;
      const begin = () => {
        if (!box() || !at('#chat-window')) { requestAnimationFrame(begin); return; }
        watch();
        mend();
        fit();
        new ResizeObserver(fit).observe(document.body);
        if (draft() && !box().value) write(draft());
        count();
      };
      begin();
    },
    // Before an event that asks goes to the server; the box's text is its first input.
    send(...given) {
      asking(given[0] || '');
      if (!navigator.onLine && (given[0] || '').trim()) throw new Error('offline'); // `unsent` is next
      return given;
    },
    // Before an event that takes back goes to the server.
    takingBack(...given) { taking(true); return given; },
    // The conversation with what the server said of one turn: a line of JSON {at, question} and under it the answer.
    merged(said, shown) {
      taken();
      taking(false);
      const cut = said.indexOf('\n');
      if (cut < 0) return [shown];
      const {at: place, question} = JSON.parse(said.slice(0, cut));
      const kept = (shown || []).slice(0, 2 * place);
      if (question === null) return [kept];
      if (said.slice(cut + 1) === words.thinking) busy(true);
      else requestAnimationFrame(() => requestAnimationFrame(toQuestion)); // once it is drawn
      const message = (role, text) => ({role, metadata: {}, options: null, content: [{type: 'text', text}]});
      return [[...kept, message('user', question), message('assistant', said.slice(cut + 1))]];
    },
    // After an answer, or what came in its place.
    settled() {
      clearInterval(watching);
      taken();
      busy(false);
      draft(box()?.value || '');
      toQuestion();
      const answers = log()?.querySelectorAll('.bot-row');
      const last = answers?.length ? plain(answers[answers.length - 1]) : '';
      news([last.slice(0, 700), at('#chat-note')?.innerText.trim()].filter(Boolean).join('\n'));
      const here = document.activeElement;
      if (matchMedia('(pointer: fine)').matches && (!here || here === document.body || here.closest('#chat-stop'))) box()?.focus({preventScroll: true});
      return [];
    },
    // The question was not taken, or its answer broke off.
    unsent() { unreachable(); return []; },
    lost(shown) {
      unreachable();
      const update = (visible) => ({__type__: 'update', visible});
      const last = (shown || []).at(-1);
      const rest = last ? [...shown.slice(0, -1), {...last, content: [{type: 'text', text: words.lost}]}] : shown;
      return [rest, update(true), update(false)];
    },
    // The form about the student is open: to the field that was tapped, else the first one.
    field: '',
    toField() {
      requestAnimationFrame(() => {
        const form = at('#chat-form');
        if (!form) return;
        form.tabIndex = -1;
        form.scrollIntoView({block: 'start'});
        ((this.field && at(`#known-${this.field} input`)) || form).focus({preventScroll: true});
      });
      return [];
    },
    toChips() { at('#chat-known button')?.focus(); return []; },
  };
})();
