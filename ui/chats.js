// The list of chats beside the conversation: a guest's chats live in this browser only, a student's in the account.
window.chats = (() => {
  const KEY = 'scholarship-chats', OPEN = 'scholarship-open', MOST = 20, STEP = 30, LONGEST = 20000;
  let words = {}, act = {}, root = null, owner = null, current = '', asked = '', shown = STEP, turn = 0, isClearing = false;
  const begun = new Map(); // the chats whose menu is open: their rows stay as they are while the list is drawn anew

  const tag = (name, values = {}, ...children) => {
    const node = Object.assign(document.createElement(name), values);
    if (values.label) node.setAttribute('aria-label', values.label);
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  const button = (text, className, onclick, label) => tag('button', {type: 'button', className, onclick, label}, text);

  // A guest's chats: records {id, title, session, turns, createdAt, updatedAt}, the one used last first.
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || '[]');
      return Array.isArray(found) ? found.filter((chat) => chat && chat.id && typeof chat.title === 'string' && Array.isArray(chat.turns)) : [];
    } catch { return []; }
  };
  const write = (chats) => {
    for (let kept = chats.slice(0, MOST); ; kept = kept.slice(0, -1)) { // a full store keeps the newest ones
      try { localStorage.setItem(KEY, JSON.stringify(kept)); return; } catch (problem) { if (!kept.length) return; }
    }
  };
  // Which chat is open in this tab of the browser, and whose it is: opened again when the page is loaded anew.
  const remember = () => {
    try { if (current) sessionStorage.setItem(OPEN, JSON.stringify({owner, id: current})); else sessionStorage.removeItem(OPEN); } catch { /* begins anew */ }
  };
  let wasOpen = null;
  try { wasOpen = JSON.parse(sessionStorage.getItem(OPEN)); } catch { /* nothing to open */ }
  let opening = Boolean(wasOpen);
  if (opening) setTimeout(() => { opening = false; }, LONGEST);
  const openAgain = () => {
    if (!root || owner === null || !wasOpen) return;
    const {owner: whose, id} = wasOpen;
    wasOpen = null;
    if (whose !== owner || busy()) opening = false;
    else act.again(owner ? {id} : {chat: read().find((chat) => chat.id === id)});
  };
  const change = (id, how) => write(read().flatMap((chat) => (chat.id === id ? how(chat) : [chat])));
  const line = (text) => String(text ?? '').replace(/[*_#`>|]+/g, ' ').replace(/\s+/g, ' ').trim();
  const browser = {
    async list(text, most) {
      const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
      return read().flatMap((chat) => {
        const said = chat.turns.flatMap((x) => [x.question, x.answer]).map(line);
        const all = [chat.title, ...said].join('\n').toLowerCase();
        if (!wanted.every((word) => all.includes(word))) return [];
        const where = wanted.length ? said.find((x) => wanted.some((word) => x.toLowerCase().includes(word))) || '' : '';
        const start = Math.max(0, Math.min(...wanted.map((w) => where.toLowerCase().indexOf(w)).filter((i) => i >= 0), where.length) - 40);
        return [{...chat, snippet: where && `${start ? '… ' : ''}${where.slice(start, start + 120)}`}];
      }).slice(0, most);
    },
    async rename(id, title) { change(id, (chat) => [{...chat, title, named: true}]); },
    async remove(id) { change(id, () => []); },
    async clear() { write([]); },
    open(id) { act.open({chat: read().find((chat) => chat.id === id)}); },
    copy(chat) {
      const said = chat.turns.flatMap((x) => [x.question.split('\n').map((row) => `> ${row}`).join('\n'), x.answer.trim()]);
      const text = [`# ${chat.title}`, `${chat.createdAt.slice(0, 10)}. ${words.advice}`, ...said].join('\n\n') + '\n';
      return URL.createObjectURL(new Blob([text], {type: 'text/markdown'}));
    },
  };

  // A student's chats: the REST door, with the cookie that signs the page in.
  const call = async (method, path, body) => {
    const answer = await fetch(`./api/chat/sessions${path}`, {method, credentials: 'same-origin',
      headers: {'content-type': 'application/json'}, body: body && JSON.stringify(body)});
    const data = await answer.json();
    if (!answer.ok) throw new Error(window.problemOf(data, words.failed));
    return data.data;
  };
  const account = {
    list: (text, most) => call('GET', `?${new URLSearchParams({q: text, limit: most})}`),
    rename: (id, title) => call('PATCH', `/${encodeURIComponent(id)}`, {title}),
    keep: (id, kept) => call('PATCH', `/${encodeURIComponent(id)}`, {kept}),
    remove: (id) => call('DELETE', `/${encodeURIComponent(id)}`),
    clear: () => call('DELETE', ''),
    open(id) { act.open({id}); },
    copy: (chat) => `./api/chat/sessions/${encodeURIComponent(chat.id)}/export?format=md`,
  };
  const busy = () => Boolean(document.querySelector('#chat-window .message-row'));
  const store = () => (owner ? account : browser);

  // Where there is room the list stands beside the conversation, else it is a drawer over the page.
  const wide = matchMedia('(min-width: 1100px)');
  const place = () => {
    if (!root) return;
    const drawer = root.querySelector('.chats-drawer');
    if (wide.matches) drawer.close();
    (wide.matches ? root : drawer).append(root.querySelector('.chats-body'));
  };
  wide.addEventListener('change', place);
  const fold = (open) => {
    const drawer = root && root.querySelector('.chats-drawer');
    if (!drawer || drawer.open === open) return;
    if (open) drawer.showModal(); else drawer.close();
    root.querySelector('.chats-toggle').setAttribute('aria-expanded', String(open));
  };
  const say = (text) => { root.querySelector('.chats-said').textContent = text; };
  const attempt = async (work) => {
    try { await work(); await refresh(); } catch (problem) { say(problem instanceof TypeError ? words.failed : problem.message); }
  };
  const fresh = () => { current = ''; fold(false); act.fresh(); };

  const drawn = (chat) => {
    const more = tag('div', {className: 'chat-more', hidden: true});
    const row = tag('li');
    const finish = (work) => attempt(async () => { await work(); begun.delete(chat.id); });
    const menu = () => more.replaceChildren(...[
      button(words.rename, 'btn', renaming), owner && keeping(), copy(), button(words.delete, 'btn', deleting)].filter(Boolean));
    const keeping = () => {
      const keep = button(words.keep, 'btn', () => finish(() => account.keep(chat.id, !chat.kept)));
      keep.setAttribute('aria-pressed', String(Boolean(chat.kept)));
      return keep;
    };
    const copy = () => {
      const link = tag('a', {className: 'btn', download: `${chat.title.replace(/[\\/:*?"<>|]+/g, ' ').trim() || 'chat'}.md`}, words.download);
      link.href = owner ? account.copy(chat) : '#';
      if (!owner) link.onclick = () => { link.href = browser.copy(chat); setTimeout(() => URL.revokeObjectURL(link.href), 60000); };
      return link;
    };
    const renaming = () => {
      const field = tag('input', {value: chat.title, maxLength: 100, label: words.title});
      const form = tag('form', {className: 'chat-form'}, field, tag('button', {type: 'submit', className: 'btn main'}, words.save),
        button(words.cancel, 'btn', menu));
      form.onsubmit = (event) => {
        event.preventDefault();
        const title = field.value.replace(/\s+/g, ' ').trim();
        if (title) finish(() => store().rename(chat.id, title)); else field.focus();
      };
      more.replaceChildren(form);
      field.select();
    };
    const deleting = () => {
      const yes = button(words.yes, 'btn danger', () => finish(async () => {
        await store().remove(chat.id);
        if (chat.id === current) fresh();
      }));
      more.replaceChildren(tag('p', {}, words.sure), yes, button(words.cancel, 'btn', menu));
      yes.focus();
    };
    const toggle = button('⋯', 'chat-menu', () => {
      more.hidden = !more.hidden;
      toggle.setAttribute('aria-expanded', String(!more.hidden));
      if (more.hidden) { begun.delete(chat.id); return; }
      begun.set(chat.id, row);
      menu();
    }, words.actions.replace('{title}', chat.title));
    toggle.setAttribute('aria-expanded', 'false');
    const open = button('', 'chat-open', () => { fold(false); store().open(chat.id); });
    const day = new Date(chat.updatedAt).toLocaleDateString(navigator.language, {day: 'numeric', month: 'short'});
    open.append(tag('span', {className: 'chat-title'}, chat.title), tag('small', {}, chat.snippet || day));
    row.append(tag('div', {className: 'chat-row'}, open, toggle), more);
    return row;
  };
  const entry = (chat) => {
    const row = begun.get(chat.id) || drawn(chat), isCurrent = chat.id === current;
    row.classList.toggle('current', isCurrent);
    if (isCurrent) row.querySelector('.chat-open').setAttribute('aria-current', 'true');
    else row.querySelector('.chat-open').removeAttribute('aria-current');
    return row;
  };
  const ending = (found, more) => {
    const end = root.querySelector('.chats-end');
    isClearing &&= found.length > 0;
    if (isClearing) return;
    const clearing = () => {
      isClearing = true;
      const yes = button(words.yes, 'btn danger', () => attempt(async () => { await store().clear(); isClearing = false; fresh(); }));
      const no = button(words.cancel, 'btn', () => { isClearing = false; attempt(() => {}); });
      end.replaceChildren(tag('p', {}, words.all_sure), yes, no);
      yes.focus();
    };
    end.replaceChildren(...[
      more ? button(words.more, 'btn', () => { shown += STEP; attempt(() => {}); }) : null,
      found.length && !asked ? button(words.all, 'chat-all', clearing) : null,
      owner ? null : tag('p', {className: 'hint'}, words.guest),
    ].filter(Boolean));
  };

  const refresh = async () => {
    if (!root || owner === null) return;
    const mine = ++turn;
    const found = await store().list(asked, Math.min(shown + 1, 200));
    if (mine !== turn) return; // a later list is on its way
    root.classList.toggle('bare', !found.length && !asked && !current && !busy());
    say(found.length ? '' : asked ? words.nothing : words.none);
    root.querySelector('.chats-search').hidden = !found.length && !asked;
    const seen = found.slice(0, shown), focused = document.activeElement;
    for (const id of begun.keys()) if (!seen.some((chat) => chat.id === id)) begun.delete(id);
    root.querySelector('ul').replaceChildren(...seen.map(entry));
    ending(found, found.length > shown && shown < 200);
    if (root.contains(focused)) focused.focus({preventScroll: true}); // a row that stayed was taken out and put back
  };

  window.addEventListener('storage', (event) => { if (event.key === KEY && !owner) attempt(() => {}); });
  return {
    // Builds the list inside an element; `acts` open a chat and begin a new one.
    mount(element, acts, texts) {
      [act, words, root] = [acts, texts, element.querySelector('.chats')];
      let later = 0;
      const search = tag('input', {type: 'search', className: 'chats-search', placeholder: words.search, label: words.search, hidden: true,
        maxLength: 200, oninput: () => { clearTimeout(later); later = setTimeout(() => { asked = search.value.trim(); shown = STEP; attempt(() => {}); }, 200); }});
      const toggle = button(words.chats, 'btn chats-toggle', () => fold(true));
      toggle.setAttribute('aria-expanded', 'false');
      const drawer = tag('dialog', {className: 'chats-drawer', label: words.chats},
        tag('div', {className: 'drawer-head'}, tag('h2', {}, words.chats), button(words.close, 'btn', () => fold(false))),
        button(words.fresh, 'btn main', fresh));
      drawer.addEventListener('close', () => toggle.setAttribute('aria-expanded', 'false'));
      drawer.addEventListener('click', (event) => { if (event.target === drawer) fold(false); });
      root.replaceChildren(
        tag('div', {className: 'chats-head'}, toggle, tag('h2', {}, words.chats), button(words.fresh, 'btn chats-new', fresh)), drawer,
        tag('div', {className: 'chats-body'}, search, tag('p', {className: 'hint chats-said', role: 'status'}),
          tag('ul', {label: words.chats}), tag('div', {className: 'chats-end'})));
      place();
      attempt(() => {});
      openAgain();
    },
    // Whose page this is: an account's id, or '' for a guest.
    belongTo(id) {
      if (id !== owner) {
        [owner, current, asked, shown, isClearing] = [id, '', '', STEP, false];
        begun.clear();
      }
      const search = root && root.querySelector('.chats-search');
      if (search) search.value = asked;
      if (root) attempt(() => {});
      openAgain();
      window.tracker.belongTo(id);
      window.takeover.belongTo(id);
      return [];
    },
    // Whether a chat is still to be opened again.
    get opening() { return opening; },
    // A guest's chats, and that some of them lie in an account now.
    guest: read,
    moved(ids) { write(read().filter((chat) => !ids.includes(chat.id))); if (root) attempt(() => {}); },
    // After a change of the conversation: '' is a new one, else JSON; a guest's comes whole, to be kept here.
    keep(text) {
      const chat = text ? JSON.parse(text) : {id: ''};
      current = chat.id;
      opening = false;
      remember();
      if (chat.turns && !owner) {
        const before = read(), old = before.find((x) => x.id === chat.id), now = new Date().toISOString();
        const rest = before.filter((x) => x.id !== chat.id);
        const named = old && old.named ? {title: old.title, named: true} : {title: (chat.turns[0]?.question || '').replace(/\s+/g, ' ').trim().slice(0, 60)};
        write(chat.turns.length || named.named ? [{...chat, ...named, createdAt: old ? old.createdAt : now, updatedAt: now}, ...rest] : rest);
      }
      if (root) attempt(() => {});
      return [];
    },
  };
})();
