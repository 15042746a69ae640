// The tracker of applications: a student's is in the account, a guest's in this browser only. One way to call both; the
// server computes everything (docs/tracker.md).
window.tracker = (() => {
  const KEY = 'scholarship-tracker', BODY = 60000, TRIES = 5, LATE_MS = 1000;
  const language = document.documentElement.lang === 'hi' ? 'hi' : 'en';
  let words = {}, owner = null, board = null, room = null, shown = false, change = 0;
  let running = Promise.resolve(), watchers = [];

  // A node of the page: properties, attributes and children; texts stay texts.
  const tag = (name, values = {}, ...children) => {
    const node = document.createElement(name);
    node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
    for (const [key, value] of Object.entries(values)) {
      if (value === null || value === undefined || value === false) continue;
      if (key in node && !key.includes('-')) node[key] = value; else node.setAttribute(key, value === true ? '' : value);
    }
    return node;
  };
  const say = (name, values = {}) => String(words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');

  // What a guest's browser keeps: a list of stored forms.
  const kept = () => { try { return localStorage.getItem(KEY) || '[]'; } catch { return '[]'; } };
  const read = () => {
    try {
      const found = JSON.parse(kept());
      return Array.isArray(found) ? found.filter((one) => one && typeof one.id === 'string' && typeof one.scholarshipId === 'string') : [];
    } catch { return []; }
  };
  // Another window's localStorage reaches this one a moment later, IndexedDB at once: it holds what was written last, so
  // that a window knows whether it sees that yet. Where there is none, what is seen counts.
  const last = (() => {
    const wait = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
    let opened = null;
    const open = () => opened || (opened = (async () => {
      const request = indexedDB.open(KEY, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('last');
      return wait(request);
    })());
    return {
      get: async () => wait((await open()).transaction('last').objectStore('last').get(KEY)),
      put: async (text) => {
        const work = (await open()).transaction('last', 'readwrite');
        work.objectStore('last').put(text, KEY);
        await new Promise((done, failed) => { work.oncomplete = done; work.onabort = () => failed(work.error); });
      },
    };
  })();
  const arrived = async () => {
    const written = await last.get().catch(() => undefined);
    for (let waited = 0; written !== undefined && kept() !== written && waited < LATE_MS; waited += 20) {
      await new Promise((done) => { setTimeout(done, 20); });
    }
  };
  const write = async (applications) => {
    const text = JSON.stringify(applications);
    if (text === kept()) return;
    try { localStorage.setItem(KEY, text); } catch { throw new Error(words.full); }
    await last.put(text).catch(() => {});
  };
  const bytes = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

  const ask = async (method, path, body) => {
    let answer;
    try {
      answer = await fetch(`./api/${path}`, {method, credentials: 'same-origin',
        headers: {'content-type': 'application/json'}, body: body && JSON.stringify(body)});
    } catch { throw new Error(words.offline); }
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => null);
    throw new Error(window.problemOf(said, words.failed));
  };
  const call = async (...given) => (await (await ask(...given)).json()).data;
  const inAccount = (action) => call('POST', 'applications/act', {action, language});
  // A guest's: the server says what the browser must keep now. One window at a time; where the browser knows no locks and
  // another one was quicker, on what that one left.
  const inBrowser = (action) => (navigator.locks ? navigator.locks.request(KEY, () => applied(action)) : applied(action));
  const applied = async (action) => {
    await arrived();
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = kept();
      const given = await call('POST', 'tracker/apply', {applications: read(), action, language});
      if (kept() === before) {
        await write(given.applications);
        return given;
      }
    }
    throw new Error(words.failed);
  };

  const tell = () => { for (const watcher of watchers) watcher(); mark(); };
  // One action after the other; `guess` changes the board at once, as the server will (taken back where it does not).
  const act = (action, guess) => {
    const mine = change;
    if (guess && board) {
      board = structuredClone(board);
      guess(board);
      tell();
    }
    const work = running.then(async () => {
      if (mine !== change) return {};
      const done = await (owner ? inAccount : inBrowser)(action);
      if (mine !== change) return {};
      [board, room] = [done.board || board, done.room || room];
      tell();
      return done;
    });
    running = work.catch(() => {});
    return work.catch(async (problem) => {
      if (guess && mine === change) await act({do: 'view'}).catch(() => {});
      throw problem;
    });
  };

  // A word on what was done, with the way back beside it, in the page or in the dialog over it.
  let later = 0;
  const place = () => tag('div', {className: 'tracker-said', role: 'status'});
  const hush = () => { clearTimeout(later); for (const host of document.querySelectorAll('.tracker-said')) host.replaceChildren(); };
  const toast = (text, label, undo) => {
    hush();
    const over = [...document.querySelectorAll('dialog[open]')].pop() || document.getElementById('tracker');
    if (!over) return;
    const host = over.querySelector('.tracker-said') || over.appendChild(place());
    const wait = () => { clearTimeout(later); later = setTimeout(hush, label ? 10000 : 5000); };
    const bar = tag('div', {className: 'said-bar', onmouseenter: () => clearTimeout(later), onfocusin: () => clearTimeout(later), onmouseleave: wait},
      tag('span', {}, text), label && tag('button', {type: 'button', className: 'btn', onclick: () => { hush(); undo(); }}, label));
    host.append(bar);
    wait();
  };
  const wrong = (problem) => toast(problem.message || words.failed);
  const undo = (id, last, where) => act({do: 'undo', id, change: last}).then(() => { toast(words.undone); where?.(); }, wrong);
  const doneWith = (text, {changed}) => {
    const last = board?.applications.find((x) => x.id === changed)?.undo;
    toast(text, last && words.undo, () => undo(changed, last.change));
  };

  // The cards' marks: a guest's are known here, a student's come with the cards.
  const saved = () => new Set(read().filter((x) => !x.deletedAt).map((x) => x.scholarshipId));
  const mark = () => {
    if (owner === null) return;
    const mine = owner ? board && new Set(board.applications.map((x) => x.scholarshipId)) : saved();
    if (!mine) return;
    for (const button of document.querySelectorAll('[data-id] [data-act=save]')) {
      button.setAttribute('aria-pressed', String(mine.has(button.closest('[data-id]').dataset.id)));
    }
  };
  const told = (scholarshipId, isSaved) => {
    for (const button of document.querySelectorAll('[data-id] [data-act=save]')) {
      if (button.closest('[data-id]').dataset.id === scholarshipId) button.setAttribute('aria-pressed', String(isSaved));
    }
  };
  const parts = (list, room_) => {
    const found = [[]];
    let size = 0;
    for (const each of list) {
      const more = bytes(each) + 1;
      if (size + more > room_ && found[found.length - 1].length) { found.push([]); size = 0; }
      found[found.length - 1].push(each);
      size += more;
    }
    return found.filter((part) => part.length);
  };

  window.addEventListener('storage', (event) => {
    if (event.key !== KEY || owner !== '') return;
    mark();
    if (shown) act({do: 'view'}).catch(() => {});
  });
  document.addEventListener('visibilitychange', () => { // another device or window may have changed it
    if (!document.hidden && shown && board && owner) act({do: 'view'}).catch(() => {});
  });

  return {
    tag, say, act, call, ask, toast, wrong, undo, doneWith, hush, mark, language, KEY,
    get words() { return words; },
    get owner() { return owner; },
    get board() { return board; },
    get room() { return room; },
    // Whether what this browser keeps lasts; inside another site it may be gone with the page.
    get lasting() { return Object.prototype.toString.call(window.localStorage) === '[object Storage]'; },
    mount(element, texts) {
      words = texts;
      element.append(place());
    },
    // Opens a tab of the page.
    go(tab) {
      const url = new URL(location.href);
      url.searchParams.set('tab', tab);
      history.pushState(history.state, '', url);
      window.dispatchEvent(new PopStateEvent('popstate', {state: history.state})); // as Back and Forward do
    },
    // Tells `watcher` of each change; with the first one the board is loaded.
    watch(watcher) {
      watchers = [watcher];
      shown = true;
      if (owner !== null) act({do: 'view'}).catch((problem) => watcher(problem));
    },
    // Whose page it is: a student's id, or '' for a guest. Of somebody else nothing stays.
    belongTo(id) {
      if (id !== owner) {
        [owner, board, room, running] = [id, null, null, Promise.resolve()];
        change += 1;
        hush();
        tell();
      }
      if (shown) act({do: 'view'}).catch((problem) => watchers.forEach((each) => each(problem)));
      mark();
    },
    // A card's button: saves, or takes that back (saved again, it comes back with its notes).
    async toggle(scholarshipId, isSaved) {
      try {
        if (!isSaved) {
          const done = await act({do: 'save', scholarshipId});
          told(scholarshipId, true);
          toast(owner ? words.saved : words.saved_here, words.open, () => window.applications.open(done.changed));
          return;
        }
        const all = owner ? (board?.applications || await call('GET', 'applications')) : read();
        const mine = all.find((x) => x.scholarshipId === scholarshipId && !x.deletedAt);
        if (mine) await act({do: 'delete', id: mine.id});
        told(scholarshipId, false);
        toast(words.taken_back, mine && words.undo, () => act({do: 'restore', id: mine.id}).then(() => told(scholarshipId, true), wrong));
      } catch (problem) { wrong(problem); }
    },
    // Takes in what an export holds, in parts that the server's door lets through; gives the counts.
    async bring(list) {
      const sum = {added: 0, merged: 0, unchanged: 0, deleted: 0};
      let rest = list;
      while (rest.length) {
        const [part] = parts(rest, Math.max(BODY - (owner ? 0 : bytes(read())), 1000));
        const {result} = await act({do: 'import', applications: part});
        for (const name of Object.keys(sum)) sum[name] += result?.[name] || 0;
        rest = rest.slice(part.length);
      }
      return sum;
    },
    // What this browser kept for a guest, and that it lies in the account now.
    guest: read,
    async take() {
      await arrived();
      const all = read();
      for (const part of parts(all, BODY)) await call('POST', 'applications/import', {applications: part});
      const taken = new Set(all.map((x) => x.id));
      await write(read().filter((x) => !taken.has(x.id)));
      if (shown) await act({do: 'view'});
    },
  };
})();
