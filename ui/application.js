// One application, over the page: the next step, checklist, stage, outcome, notes, history, sharing. Each field is saved when
// it is left; what could not be saved stays as it was typed.
window.applicationSheet = (() => {
  const {tag, say, act, call, toast, wrong, doneWith, undo} = window.tracker;
  const {found, nameOf, day, money, count, button, fold, link, badges, due, mover, keeping, opened} = window.applications;
  const drafts = new Map(), problems = new Map(), cards = new Map();
  const visits = window.history;
  let dialog = null, shown = '', missed = '';

  const change = (app, changes, key, text) => act({do: 'change', id: app.id, changes}).then((done) => {
    drafts.delete(key);
    problems.delete(key);
    doneWith(text || say('kept'), done);
    paint();
    return true;
  }, (problem) => {
    if (key) problems.set(key, problem.message);
    wrong(problem);
    paint();
    return false;
  });
  // A field that is saved when it is left.
  const field = (app, name, label, node, {read = (value) => value.trim() || null, hint = ''} = {}) => {
    const key = `${app.id} ${name}`, saved = app[name] ?? '', trouble = problems.get(key);
    node.value = drafts.get(key) ?? saved;
    node.dataset.key = key;
    node.oninput = () => drafts.set(key, node.value);
    node.onchange = () => {
      if (node.type === 'date' && node.value && node.value < '2000') return; // a year that is still being typed
      if (String(saved) === node.value) { drafts.delete(key); problems.delete(key); return; }
      change(app, {[name]: read(node.value)}, key);
    };
    const notes = [hint && tag('small', {className: 'hint', id: `hint-${name}`}, hint), trouble && tag('small', {className: 'form-error', role: 'alert', id: `wrong-${name}`}, trouble)].filter(Boolean);
    if (trouble) node.setAttribute('aria-invalid', 'true');
    if (notes.length) node.setAttribute('aria-describedby', notes.map((note) => note.id).join(' '));
    return tag('div', {className: 'track-field'}, tag('label', {}, label, node), notes);
  };
  const date = () => tag('input', {type: 'date'});

  // The checklist.
  const own = (plan) => (plan?.leadBasis === 'own' ? plan.leadDays : null);
  const plain = (app) => app.checklist.map(({id, text, done}) => ({id, text, done, leadDays: own(app.items.find((plan) => plan.id === id))}));
  const item = (app, one, plan) => {
    const name = plan?.name || one.text;
    const tick = (event) => {
      const done = event.target.checked;
      act({do: 'change', id: app.id, changes: {ticks: {[one.id]: done}}}, (board) => {
        board.applications.find((x) => x.id === app.id).checklist.find((x) => x.id === one.id).done = done;
      }).then((given) => doneWith(say(done ? 'ticked' : 'unticked', {name}), given), wrong);
    };
    const facts = [];
    if (!one.done && plan?.startBy) facts.push(plan.late ? tag('b', {className: 'late'}, say('late_since', {on: day(plan.startBy)}))
      : plan.startBy < window.tracker.board.asOf ? say('start_soon') : say('start_on', {on: day(plan.startBy)}));
    if (!one.done && plan?.leadDays !== null && plan?.leadDays !== undefined) facts.push(`${count('about_days', plan.leadDays)} (${say(`lead_${plan.leadBasis || 'usual'}`)})`);
    const text = tag('input', {value: one.text, maxLength: 300, 'data-key': `text ${app.id} ${one.id}`});
    const days = tag('input', {type: 'number', min: 0, max: 366, inputMode: 'numeric', value: own(plan) ?? '', 'data-key': `days ${app.id} ${one.id}`,
      placeholder: plan?.leadBasis === 'usual' ? String(plan.leadDays) : ''});
    const save = (event) => {
      event.preventDefault();
      if (!text.value.trim()) { text.focus(); return; }
      const list = plain(app).map((x) => (x.id === one.id ? {...x, text: text.value.trim(), leadDays: days.value === '' ? null : Number(days.value)} : x));
      change(app, {checklist: list}).then((good) => { if (good) { opened.delete(`item ${one.id}`); paint(); } });
    };
    return tag('li', {className: plan?.late && !one.done ? 'late' : ''},
      tag('label', {className: 'track-tick'}, tag('input', {type: 'checkbox', checked: one.done, onchange: tick, 'data-key': `tick ${app.id} ${one.id}`}),
        tag('span', {}, name, facts.length ? tag('small', {}, facts.flatMap((x, i) => (i ? [' · ', x] : [x]))) : null)),
      fold(`item ${one.id}`, tag('span', {}, tag('span', {'aria-hidden': 'true'}, '⋯'), tag('span', {className: 'visually-hidden'}, say('edit_item', {name}))),
        plan?.note && tag('p', {}, plan.note, ' ', link(plan.source, say('source')) || (plan.source ? `(${say('ours')})` : '')),
        tag('form', {onsubmit: save}, tag('label', {}, say('item_text'), text), tag('label', {}, say('own_days'), days),
          tag('div', {className: 'card-actions'}, tag('button', {className: 'btn main'}, say('save')),
            button(say('remove'), () => change(app, {checklist: plain(app).filter((x) => x.id !== one.id)}, '', say('removed', {name}))))))); 
  };
  const checklist = (app) => {
    const plans = new Map(app.items.map((plan) => [plan.id, plan])), done = app.checklist.filter((one) => one.done).length;
    const key = `${app.id} addItem`, more = tag('input', {maxLength: 300, placeholder: say('new_item_hint'), value: drafts.get(key) || '', 'data-key': key,
      'aria-label': say('new_item'), oninput: (event) => drafts.set(key, event.target.value)});
    const add = (event) => {
      event.preventDefault();
      if (!more.value.trim()) { more.focus(); return; }
      change(app, {addItem: more.value.trim()}, key, say('added', {name: more.value.trim()}));
    };
    return tag('section', {}, tag('h3', {}, say('checklist'), ' ', app.checklist.length ? tag('span', {className: 'track-count'}, say('done_of', {done, all: app.checklist.length})) : null),
      app.checklist.length ? tag('div', {className: 'bar', 'aria-hidden': 'true'}, tag('span', {style: `width:${Math.round(100 * done / app.checklist.length)}%`})) : null,
      tag('ul', {className: 'track-items'}, app.checklist.map((one) => item(app, one, plans.get(one.id)))),
      tag('form', {className: 'track-add', onsubmit: add}, more, tag('button', {className: 'btn'}, say('add'))),
      problems.has(key) && tag('p', {className: 'form-error', role: 'alert'}, problems.get(key)));
  };

  // Where it stands at the portal, and whom to call.
  const stage = (app) => {
    const stages = window.tracker.board.stageSets[app.stageSet] || [], own = app.portalStatus && !stages.some((one) => one.id === app.portalStatus);
    const words = own || opened.has(`own ${app.id}`);
    const pick = (event) => {
      const {value} = event.target;
      if (value === 'own') { opened.add(`own ${app.id}`); paint(); dialog.querySelector('[data-own]')?.focus(); return; }
      opened.delete(`own ${app.id}`);
      change(app, {portalStatus: value || null});
    };
    const node = field(app, 'portalStatus', say('own_words'), tag('input', {maxLength: 100, 'data-own': true}));
    return tag('section', {}, tag('h3', {}, say('portal')),
      tag('label', {}, say('portal_label'), tag('select', {onchange: pick, 'data-key': `stage ${app.id}`}, tag('option', {value: '', selected: !words && !app.portalStatus}, say('no_stage')),
        stages.map((one) => tag('option', {value: one.id, selected: !words && one.id === app.portalStatus}, one.label)), tag('option', {value: 'own', selected: words}, say('other_stage')))),
      words && node,
      app.stage && app.stage.id ? tag('dl', {className: 'track-stage'}, tag('dt', {}, say('stage_means')), tag('dd', {}, app.stage.meaning),
        tag('dt', {}, say('stage_next')), tag('dd', {}, app.stage.next), tag('dt', {}, say('stage_call')), tag('dd', {}, tag('b', {}, app.stage.call))) : null,
      app.stage?.id && link(app.stage.source, say('source')));
  };

  // Outcome and money.
  const outcome = (app) => {
    const credited = tag('select', {onchange: (event) => change(app, {credited: {yes: true, no: false}[event.target.value] ?? null}), 'data-key': `credited ${app.id}`},
      [['', 'credited_unknown', null], ['yes', 'credited_yes', true], ['no', 'credited_no', false]].map(([value, word, is]) => tag('option', {value, selected: (app.credited ?? null) === is}, say(word))));
    return [tag('div', {className: 'track-fields'},
      field(app, 'amountAwarded', say('amount_awarded', {currency: app.currency || ''}), tag('input', {type: 'number', min: 0, step: 'any', inputMode: 'decimal'}), {read: (value) => (value === '' ? null : Number(value))}),
      tag('label', {}, say('credited'), credited),
      app.credited && field(app, 'creditedOn', say('credited_on'), date()),
      field(app, 'renewalDue', say('renewal'), date(), {hint: say('renewal_hint')})),
    ['awarded', 'rejected', 'withdrawn'].includes(app.status) && button(say('reopen'), () => change(app, {reopen: true}, '', say('reopened')), {'data-key': `reopen ${app.id}`}),
    app.pastRounds.length ? [tag('h4', {}, say('past')), tag('ul', {}, app.pastRounds.map((one) => tag('li', {}, `${day(one.endedAt)}: ${say(`status_${one.status}`)}`,
      one.amountAwarded !== null ? `, ${money(one.amountAwarded, app.currency)}` : '', one.credited === true ? `, ${say('credited_yes')}` : '')))] : null];
  };

  const history = (app) => [
    app.undo && button(say('undo_what', {what: app.undo.what}), () => undo(app.id, app.undo.change), {'data-key': `undo ${app.id}`}),
    tag('ol', {className: 'track-history'}, [...app.events].reverse().map((event) => tag('li', {className: event.undone ? 'undone' : ''},
      tag('time', {dateTime: event.at}, new Date(event.at).toLocaleString(`${window.tracker.language}-IN`, {day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit'})),
      ' ', tag('span', {}, event.what), event.undone ? ` (${say('was_undone')})` : '')))];

  const share = (app) => {
    const key = app.scholarshipId, text = cards.get(key);
    if (!app.inCatalogue) return null;
    const learn = () => { if (!cards.has(key)) call('GET', `scholarships/${encodeURIComponent(key)}/card?language=${window.tracker.language}`).then((given) => { cards.set(key, given.text); paint(); }, wrong); };
    const place = fold(`share ${app.id}`, say('share'), text ? [tag('pre', {className: 'track-share', tabIndex: 0}, text), tag('div', {className: 'card-actions'},
      button(say('copy'), () => window.trackerFiles.copy(text), {className: 'btn main'}),
      navigator.share && button(say('send'), () => navigator.share({text}).catch(() => {})),
      tag('a', {className: 'btn', href: `https://wa.me/?text=${encodeURIComponent(text)}`, target: '_blank', rel: 'noopener noreferrer'}, 'WhatsApp ↗'))] : tag('p', {}, say('loading')));
    place.addEventListener('toggle', () => { if (place.open) learn(); });
    if (place.open) learn();
    return place;
  };
  const remove = (app) => {
    const name = nameOf(app);
    return fold(`delete ${app.id}`, say('delete'), tag('p', {}, say('delete_sure')), button(say('delete_yes'), () => {
      close();
      act({do: 'delete', id: app.id}).then(() => toast(say('deleted_one', {name}), say('undo'), () => act({do: 'restore', id: app.id}).catch(wrong)), wrong);
    }, {className: 'btn danger'}));
  };
  const notices = (app) => [
    app.inCatalogue ? null : tag('p', {className: 'notice'}, say('left_catalogue')),
    app.changedFacts.length ? tag('div', {className: 'notice'}, tag('b', {}, say('facts_changed')), tag('ul', {}, app.changedFacts.map((one) => tag('li', {}, tag('b', {}, say(`fact_${one.field}`)),
      `: ${say('was_now', {was: one.was ?? say('nothing'), now: one.now ?? say('nothing')})}`)))) : null,
    app.news.length ? tag('div', {className: 'notice new'}, tag('b', {}, say('news')), tag('ul', {}, app.news.map((one) => tag('li', {}, one.text))),
      button(say('seen'), () => act({do: 'seen', ids: [app.id]}).catch(wrong))) : null];

  const whole = (app) => {
    const record = app.scholarship;
    if (['submitted', 'awarded'].includes(app.status) && !opened.has(`outcome shown ${app.id}`)) { opened.add(`outcome shown ${app.id}`); opened.add(`outcome ${app.id}`); }
    return [
      tag('div', {className: 'sheet-head'}, tag('div', {className: 'sheet-bar'}, badges(app), button('✕', () => close(), {className: 'btn quiet sheet-close', 'aria-label': say('close'), 'data-key': 'close'})),
        tag('h2', {id: 'sheet-title', tabIndex: -1, 'data-key': 'sheet title'}, nameOf(app)), tag('p', {className: 'provider'}, record?.provider || app.savedFacts?.provider),
        tag('p', {className: 'award'}, app.award || app.savedFacts?.award)),
      notices(app),
      app.nextStep && tag('p', {className: 'track-next big'}, tag('b', {}, say('next_step')), app.nextStep.text),
      due(app),
      tag('div', {className: 'sheet-status'}, tag('label', {}, say('stage'), mover(app, 'sheet')), field(app, 'targetDate', say('target'), date())),
      record && tag('div', {className: 'card-actions'}, link(record.applicationUrl, say(record.applicationUrlIsOfficial ? 'official' : 'source'), `${say(record.applicationUrlIsOfficial ? 'official' : 'source')}: ${nameOf(app)}`),
        button(say('all_facts'), () => window.over.open({kind: 'scholarship', value: record.id}, nameOf(app)), {className: 'btn quiet', 'data-key': 'all facts'})),
      checklist(app), stage(app),
      fold(`outcome ${app.id}`, say('outcome'), outcome(app)),
      fold(`notes ${app.id}`, say('notes_title'), field(app, 'reference', say('reference'), tag('input', {maxLength: 100})),
        field(app, 'notes', say('notes'), tag('textarea', {rows: 5, maxLength: 10000}), {read: (value) => value})),
      app.holding.length ? fold(`holding ${app.id}`, say('together'), app.holding.map((sentence) => tag('blockquote', {}, sentence))) : null,
      share(app),
      fold(`history ${app.id}`, `${say('history')} (${app.events.length})`, history(app)),
      tag('div', {className: 'card-actions'}, window.trackerFiles.file(say('calendar_this'), 'ics', {id: app.id})),
      remove(app)];
  };

  const wanted = () => {
    const own = new URLSearchParams(location.search);
    return own.get('tab') === 'applications' ? own.get('application') || '' : '';
  };
  const paint = () => {
    const app = found(shown);
    if (app && dialog.open) keeping(dialog.querySelector('.sheet-body'), () => whole(app));
  };
  const close = () => { if (dialog.open) dialog.close(); };
  const closed = () => {
    shown = '';
    if (!wanted()) return;
    if (visits.state?.application) { visits.back(); return; }
    const url = new URL(location.href);
    url.searchParams.delete('application');
    visits.replaceState(visits.state, '', url);
  };
  
  // Shows what the address asks for, anew where it is shown already.
  const sync = () => {
    const {board} = window.tracker, id = wanted();
    if (!dialog || (id && !board)) return;
    const app = found(id);
    if (!app) {
      if (id && board && missed !== id) { missed = id; toast(say('not_yours')); }
      if (dialog.open) close();
      return;
    }
    missed = '';
    const fresh = id !== shown || !dialog.open;
    shown = id;
    if (!dialog.open && dialog.parentElement.offsetParent) dialog.showModal();
    paint();
    if (fresh && dialog.open) { dialog.scrollTop = 0; dialog.querySelector('#sheet-title')?.focus({preventScroll: true}); }
  };
  // A phone may be put away in the middle of a note.
  document.addEventListener('visibilitychange', () => { if (document.hidden && dialog?.open && dialog.contains(document.activeElement)) document.activeElement.blur(); });
  return {
    mount(element) {
      dialog = element;
      dialog.append(tag('div', {className: 'sheet-body'}), tag('div', {className: 'tracker-said', role: 'status'}));
      dialog.addEventListener('close', closed);
    },
    sync,
    // Nothing that was typed or shown stays for somebody else.
    forget() { drafts.clear(); problems.clear(); },
  };
})();
