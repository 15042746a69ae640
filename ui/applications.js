// The Applications tab: what needs the student now, board or list, papers, dates, money. Drawn from the board's JSON as nodes
// and texts, the same for an account and for a guest's browser.
window.applications = (() => {
  const {tag, say, act, toast, wrong, doneWith} = window.tracker;
  const STATUSES = ['saved', 'preparing', 'submitted', 'awarded', 'rejected', 'withdrawn'];
  const PARTS = ['stages', 'papers', 'dates', 'money'];
  const TONES = {open: 'good', closing_soon: 'soon', expected_open: 'likely', closed: 'off', rolling: 'good', unconfirmed: 'unknown'};
  const SURE = {confirmed: 'good', target: 'own', expected: 'likely'};
  const STEP = 20;
  const wide = window.matchMedia('(min-width: 960px)');
  const locale = `${window.tracker.language}-IN`;
  let root = null, body = null, problem = null, part = 'stages', layout = 'board', order = 'stage', dragged = '';
  let most = {}, opened = new Set(), composing = false, waiting = false;

  // Words, dates and amounts as people read them.
  const day = (iso, how = {day: 'numeric', month: 'short', year: 'numeric'}) => new Date(`${iso.slice(0, 10)}T00:00`).toLocaleDateString(locale, how);
  const short = (iso) => day(iso, {day: 'numeric', month: 'short'});
  const money = (amount, currency) => {
    if (!currency) return amount.toLocaleString(locale);
    try {
      return amount.toLocaleString(currency === 'INR' ? locale : 'en-US', {style: 'currency', currency, maximumFractionDigits: 0});
    } catch { return `${currency} ${amount.toLocaleString()}`; }
  };
  const count = (name, n) => say(n === 1 ? `${name}_1` : name, {n});
  const nameOf = (app) => app.scholarship?.name || app.savedFacts?.name || app.scholarshipId;
  const found = (id) => window.tracker.board?.applications.find((app) => app.id === id);

  // Small parts.
  const button = (text, onclick, values = {}) => tag('button', {type: 'button', className: 'btn', onclick, ...values}, text);
  const badge = (text, tone, kind = '') => tag('span', {className: `badge ${tone} ${kind}`}, text);
  const state = (app) => {
    const name = app.scholarship?.deadlineState?.state;
    return name ? badge(say(`state_${name}`), TONES[name] || 'unknown', `is-${name}`) : badge(say('gone'), 'off');
  };
  const sure = (due) => badge(say(`basis_${due.basis || 'none'}`), due.basis !== 'expected' && due.daysLeft !== null && due.daysLeft <= 14 ? 'soon' : SURE[due.basis] || 'unknown');
  const isOpen = (app) => ['saved', 'preparing'].includes(app.status);
  const due = (app) => (isOpen(app) && app.due?.text
    ? tag('p', {className: 'track-due'}, app.due.text) : null);
  // How certain its date is; of what is not to be handed in any more, how the scholarship stands.
  const badges = (app, more) => tag('div', {className: 'card-top'}, isOpen(app) && app.due?.basis && app.inCatalogue
    ? [sure(app.due), app.due.basis === 'target' && state(app)] : state(app), app.news?.length ? badge(say('changed'), 'own') : null, more);
  const progress = (app) => {
    const all = app.checklist.length, done = app.checklist.filter((item) => item.done).length;
    return all && isOpen(app) ? tag('p', {className: 'track-done'}, tag('span', {className: 'bar', 'aria-hidden': 'true'},
      tag('span', {style: `width:${Math.round(100 * done / all)}%`})), say('done_of', {done, all})) : null;
  };
  const fold = (key, title, ...content) => tag('details', {className: 'track-fold', open: opened.has(key),
    ontoggle: (event) => { if (event.target.open) opened.add(key); else opened.delete(key); }, 'data-fold': key}, tag('summary', {}, title), ...content);
  const link = (url, text, label) => (/^https?:\/\//.test(url || '')
    ? tag('a', {className: 'btn link', href: url, target: '_blank', rel: 'noopener noreferrer nofollow', 'aria-label': label}, `${text} ↗`) : null);
  const opens = (app, text, className) => tag('button', {type: 'button', className, onclick: () => open(app.id), 'data-key': `open ${app.id} ${className}`}, text);

  // Moving an application.
  const move = (id, status) => {
    const app = found(id);
    if (!app || app.status === status) return;
    const text = say('moved', {name: nameOf(app), status: say(`status_${status}`)});
    act({do: 'change', id, changes: {status}}, (board) => {
      board.applications.find((x) => x.id === id).status = status;
      for (const name of STATUSES) board.columns[name] = board.columns[name].filter((x) => x !== id);
      board.columns[status].unshift(id);
    }).then((done) => doneWith(text, done), wrong);
  };
  const mover = (app, where) => tag('select', {className: 'track-move', onchange: (event) => move(app.id, event.target.value),
    'aria-label': where === 'move' && `${say('move_to')}: ${nameOf(app)}`, 'data-key': `${where} ${app.id}`}, STATUSES.map((name) => tag('option', {value: name, selected: name === app.status},
    where === 'move' && name === app.status ? say('move_to') : say(`status_${name}`))));

  const card = (app, onBoard) => tag('article', {className: 'track-card', 'data-app': app.id, 'data-status': app.status, draggable: onBoard,
    ondragstart: (event) => { dragged = app.id; event.dataTransfer.setData('text/plain', app.id); event.dataTransfer.effectAllowed = 'move'; root.classList.add('dragging'); },
    ondragend: () => { dragged = ''; root.classList.remove('dragging'); }},
  badges(app, order === 'date' && !onBoard && badge(say(`status_${app.status}`), 'stage')),
  tag('h4', {}, opens(app, nameOf(app), 'track-open')),
  app.nextStep && tag('p', {className: 'track-next'}, app.nextStep.text),
  due(app), progress(app), mover(app, 'move'));

  const some = (key, apps, draw) => {
    const shown = most[key] || STEP;
    return [...apps.slice(0, shown).map(draw), apps.length > shown && button(say('show_more', {n: apps.length - shown}),
      () => { most[key] = shown + 5 * STEP; paint(); }, {'data-key': `more ${key}`})];
  };
  const column = (board, status) => {
    const apps = board.columns[status].map(found).filter(Boolean), title = say(`status_${status}`);
    const leave = (event) => { if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.classList.remove('over-it'); };
    return tag('section', {className: 'track-column', 'data-status': status, 'aria-label': title,
      ondragover: (event) => { if (dragged) { event.preventDefault(); event.currentTarget.classList.add('over-it'); } },
      ondragleave: leave,
      ondrop: (event) => { event.preventDefault(); event.currentTarget.classList.remove('over-it'); move(dragged, status); }},
    tag('h3', {}, title, ' ', tag('span', {className: 'track-count'}, String(apps.length))),
    apps.length ? some(status, apps, (app) => card(app, true)) : tag('p', {className: 'hint'}, say('drop_here')));
  };
  const drawBoard = (board) => tag('div', {className: 'track-board'},
    STATUSES.slice(0, 4).map((name) => column(board, name)),
    tag('div', {className: 'track-ended'}, STATUSES.slice(4).map((name) => column(board, name))));
  const drawList = (board) => {
    if (order === 'date') {
      const apps = [...board.applications].sort((a, b) => (a.due?.on || '9').localeCompare(b.due?.on || '9'));
      return tag('div', {className: 'track-list'}, some('date', apps, (app) => card(app, false)));
    }
    return STATUSES.filter((name) => board.columns[name].length).map((name) => {
      const apps = board.columns[name].map(found).filter(Boolean);
      return tag('section', {className: 'track-group', 'data-status': name},
        tag('h3', {}, say(`status_${name}`), ' ', tag('span', {className: 'track-count'}, String(apps.length))),
        tag('div', {className: 'track-list'}, some(name, apps, (app) => card(app, false))));
    });
  };
  const choice = (name, values, now, choose) => tag('div', {className: 'track-choice', role: 'group', 'aria-label': say(name)},
    values.map((value) => tag('button', {type: 'button', 'aria-pressed': String(value === now), 'data-key': `${name} ${value}`,
      onclick: () => { choose(value); paint(); }}, say(`${name}_${value}`))));
  const stages = (board) => [
    tag('div', {className: 'track-tools'},
      wide.matches && choice('layout', ['board', 'list'], layout, (value) => { layout = value; }),
      !(wide.matches && layout === 'board') && choice('order', ['stage', 'date'], order, (value) => { order = value; })),
    wide.matches && layout === 'board' ? drawBoard(board) : drawList(board)];

  // What needs the student now.
  const needs = (board) => {
    const late = board.planner.filter((paper) => paper.late && !paper.done).map((paper) => tag('li', {}, badge(say('late'), 'soon'),
      tag('span', {className: 'need-text'}, say('late_paper', {name: paper.name, on: day(paper.startBy)})),
      button(say('part_papers'), () => show('papers'), {'aria-label': `${say('part_papers')}: ${paper.name}`})));
    const soon = board.dueSoon.map((one) => ({one, app: found(one.id)})).filter(({app}) => app).map(({one, app}) => tag('li', {}, badge(say('soon'), 'soon'),
      tag('span', {className: 'need-text'}, one.text),
      button(say('open'), () => open(app.id), {'aria-label': `${say('open')}: ${nameOf(app)}`})));
    const seen = (ids) => act({do: 'seen', ids}).then(() => toast(say('seen_done')), wrong);
    const news = Object.values(board.news.reduce((all, one) => ({...all, [one.id]: [...(all[one.id] || []), one]}), {}));
    const changed = news.map((all) => tag('li', {}, badge(say('changed'), 'own'),
      tag('span', {className: 'need-text'}, tag('b', {}, all[0].name), ` ${all.map((one) => one.text).join(' ')}`),
      button(say('seen'), () => seen([all[0].id]), {'aria-label': `${say('seen')}: ${all[0].name}`})));
    const rows = [...soon, ...late, ...changed];
    if (!rows.length) return null;
    const few = wide.matches ? 4 : 2, all = most.needs || rows.length <= few + 1;
    return tag('section', {className: 'track-needs', 'aria-labelledby': 'track-needs'},
      tag('h3', {id: 'track-needs'}, say('needs')), tag('ul', {}, all ? rows : rows.slice(0, few)),
      !all && button(say('show_more', {n: rows.length - few}), () => { most.needs = true; paint(); }, {'data-key': 'needs more'}),
      news.length > 1 && button(say('seen_all'), () => seen(news.map((one) => one[0].id))));
  };

  // The papers of all applications, each once.
  const paper = (board, one) => {
    const tick = (event) => {
      const done = event.target.checked;
      act({do: 'document', document: one.document, done}, (board) => {
        const ids = new Set(one.applications.map((need) => need.itemId));
        for (const app of board.applications) for (const item of app.checklist) if (ids.has(item.id)) item.done = done;
        board.planner.find((x) => x.document === one.document).done = done;
      }).then(() => toast(say(done ? 'paper_done' : 'paper_undone', {name: one.name})), wrong);
    };
    const users = tag('div', {className: 'track-for'}, one.applications.map((need) => {
      const app = found(need.id);
      return app && opens(app, `${nameOf(app)}${need.done && !one.done ? ' ✓' : ''}`, 'linklike');
    }));
    const when = one.done ? null : one.startBy ? tag('p', {className: 'track-due'},
      one.late ? [badge(say('late'), 'soon'), ' ', say('was_due', {on: day(one.startBy)})]
        : one.startBy < board.asOf ? say('start_soon') : [badge(say('start_by'), 'unknown'), ' ', day(one.startBy)])
      : tag('p', {className: 'track-due'}, say('no_start'));
    return tag('li', {className: one.late && !one.done ? 'late' : ''},
      tag('label', {className: 'track-tick'}, tag('input', {type: 'checkbox', checked: one.done, onchange: tick, 'data-key': `paper ${one.document}`}),
        tag('span', {}, tag('b', {}, one.name), one.leadDays !== null && !one.done && tag('small', {}, ` ${count('about_days', one.leadDays)}`))),
      when,
      one.applications.length > 2 ? fold(`for ${one.document}`, count('for', one.applications.length), users) : tag('div', {className: 'track-for'}, tag('span', {}, say('needed_for')), users),
      one.note && fold(`note ${one.document}`, say('how'), tag('p', {}, one.note), link(one.source, say('source')) || (one.source && tag('p', {className: 'hint'}, say('ours')))));
  };
  const papers = (board) => {
    const missing = board.planner.filter((one) => !one.done), ready = board.planner.filter((one) => one.done);
    if (!board.planner.length) return tag('p', {className: 'track-none'}, say('no_papers'));
    return [tag('p', {className: 'hint'}, say('papers_hint')),
      missing.length ? tag('ul', {className: 'track-papers'}, missing.map((one) => paper(board, one))) : tag('p', {className: 'track-none'}, say('all_papers')),
      ready.length ? [tag('h3', {}, say('ready'), ' ', tag('span', {className: 'track-count'}, String(ready.length))), tag('ul', {className: 'track-papers'}, ready.map((one) => paper(board, one)))] : null];
  };

  // Can they be held together?
  const holding = (board) => tag('section', {className: 'track-box'}, tag('h3', {}, say('together')), tag('p', {}, board.holding.text),
    board.holding.stated.length ? tag('ul', {className: 'track-quotes'}, board.holding.stated.map((one) => tag('li', {}, tag('b', {}, one.name),
      one.sentences.map((sentence) => tag('blockquote', {}, sentence))))) : null);
  const clashes = (board) => board.clashes.length && tag('section', {className: 'track-box'}, tag('h3', {}, say('clashes')),
    tag('ul', {className: 'track-clashes'}, board.clashes.map((clash) => tag('li', {}, badge(say(`clash_${clash.kind}`), 'likely'), ' ', clash.text))));

  const empty = () => tag('div', {className: 'empty'}, tag('h3', {}, say('empty_title')), tag('p', {}, say('empty_text')),
    tag('button', {type: 'button', className: 'btn main', onclick: () => window.tracker.go('scholarships')}, say('to_search')));
  const guest = (room) => tag('div', {className: 'track-guest'},
    tag('p', {}, say(window.tracker.lasting ? 'guest' : 'guest_page')),
    room && room.applications ? tag('p', {className: 'track-room'}, tag('meter', {min: 0, max: room.mostBytes, value: room.bytes, high: room.mostBytes * 0.8,
      'aria-label': say('room_label')}), say('room', {n: room.applications, most: room.most, percent: Math.round(100 * room.bytes / room.mostBytes)})) : null,
    tag('button', {type: 'button', className: 'linklike', onclick: () => window.tracker.go('account')}, say('to_account')));

  const show = (name) => {
    part = name;
    paint();
    body.querySelector('[aria-current]')?.focus({preventScroll: true});
  };
  const whole = (board) => {
    const drawn = {
      stages: () => stages(board), papers: () => papers(board),
      dates: () => [window.trackerPlots.timeline(board), clashes(board), window.trackerFiles.calendar(board)],
      money: () => [window.trackerPlots.money(board), holding(board)],
    };
    const any = board.applications.length > 0;
    return [
      tag('div', {className: 'section-head'}, tag('h2', {}, say('title'))),
      board.guest && guest(window.tracker.room),
      !any && empty(),
      any && tag('nav', {className: 'track-parts', 'aria-label': say('parts')}, PARTS.map((name) => tag('button', {type: 'button',
        'aria-current': name === part ? 'true' : null, 'data-key': `part ${name}`, onclick: () => { part = name; paint(); }}, say(`part_${name}`)))),
      any && part === 'stages' && needs(board),
      any && drawn[part](),
      window.trackerFiles.along(board)];
  };

  // What was typed, opened and focused stays through a drawing.
  const keeping = (place, draw) => {
    const active = document.activeElement, key = place.contains(active) ? active.dataset.key : '';
    const [from, to] = key && 'selectionStart' in active ? [active.selectionStart, active.selectionEnd] : [null, null];
    place.replaceChildren(...[draw()].flat(4).filter(Boolean));
    const again = key && [...place.querySelectorAll('[data-key]')].find((node) => node.dataset.key === key);
    if (!again || again === document.activeElement) return;
    again.focus({preventScroll: true});
    if (from !== null) try { again.setSelectionRange(from, to); } catch { /* not a text */ }
  };
  const paint = (trouble) => {
    if (!root) return;
    if (composing) { waiting = true; return; }
    const board = window.tracker.board;
    if (!board) { window.applicationSheet.forget(); window.trackerFiles.forget(); }
    problem = trouble instanceof Error ? trouble : board ? null : problem;
    body.removeAttribute('aria-busy');
    if (board) keeping(body, () => whole(board));
    else if (problem) body.replaceChildren(tag('div', {className: 'empty'}, tag('h3', {}, say('title')), tag('p', {role: 'alert'}, problem.message),
      button(say('again'), () => { problem = null; paint(); act({do: 'view'}).catch(paint); })));
    else body.replaceChildren(tag('p', {className: 'visually-hidden'}, say('loading')), ...[1, 2, 3].map(() => tag('div', {className: 'ghost'})));
    window.applicationSheet.sync();
  };

  // One application, by its address.
  const open = (id) => {
    const url = new URL(location.href);
    url.searchParams.set('tab', 'applications');
    url.searchParams.set('application', id);
    window.over?.close();
    history.pushState({...history.state, application: true}, '', url);
    if (root?.offsetParent) window.applicationSheet.sync();
    else window.dispatchEvent(new PopStateEvent('popstate', {state: history.state}));
  };
  window.addEventListener('popstate', () => { if (root) window.applicationSheet.sync(); });
  wide.addEventListener('change', () => { if (window.tracker.board) paint(); });

  return {
    mount(element) {
      root = element.querySelector('.tracker');
      body = root.querySelector('.track-body');
      root.addEventListener('compositionstart', () => { composing = true; });
      root.addEventListener('compositionend', () => { composing = false; if (waiting) { waiting = false; paint(); } });
      window.applicationSheet.mount(root.querySelector('dialog'));
      window.tracker.watch(paint);
    },
    open, found, nameOf, day, short, money, count, badge, button, fold, link, badges, due, sure, mover, opens, keeping, paint, opened,
  };
})();
