// What goes out and comes in: the calendar with its private address, copies as files, our own copy back in, what was deleted.
window.trackerFiles = (() => {
  const {tag, say, act, call, ask, toast, wrong, language} = window.tracker;
  const {button, fold, day, count, paint} = window.applications;
  const NAMES = {ics: 'scholarships.ics', csv: 'applications.csv', json: 'applications.json'};
  let address = '', counts = null;

  const keep = (text, name, type) => {
    const url = URL.createObjectURL(new Blob([text], {type}));
    tag('a', {href: url, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };
  // A file: an account's is a link, a guest's is made of what the browser sends along.
  const file = (text, format, more = {}) => {
    const dates = {...more, language};
    if (window.tracker.owner) {
      const query = new URLSearchParams(format === 'ics' ? dates : {format});
      return tag('a', {className: 'btn', download: NAMES[format], href: `./api/applications/${format === 'ics' ? 'calendar.ics' : 'export'}?${query}`}, text);
    }
    return button(text, async () => {
      try {
        const given = {applications: window.tracker.guest(), ...(format === 'ics' ? dates : {format})};
        const answer = await ask('POST', format === 'ics' ? 'tracker/calendar' : 'tracker/export', given);
        keep(await answer.text(), NAMES[format], answer.headers.get('content-type'));
      } catch (problem) { wrong(problem); }
    });
  };

  const copy = async (text, near) => {
    if (await navigator.clipboard?.writeText(text).then(() => true, () => false)) toast(say('copied'));
    else near?.select?.();
  };
  const learn = (fresh) => call(fresh ? 'POST' : 'GET', 'applications/calendar-key').then((given) => {
    address = new URL(`./api/applications/calendar.ics?key=${encodeURIComponent(given.key)}&language=${language}`, document.baseURI).href;
    paint();
    if (fresh) toast(say('renewed'));
  }, wrong);
  const subscribe = () => {
    if (!window.tracker.owner) return tag('p', {className: 'hint'}, say('subscribe_guest'));
    if (!address) return button(say('subscribe'), () => learn(false), {className: 'btn main', 'data-key': 'subscribe'});
    const field = tag('input', {readOnly: true, value: address, onfocus: (event) => event.target.select(), 'data-key': 'calendar-address'});
    return tag('div', {className: 'track-subscribe'}, tag('label', {}, say('address'), field), tag('p', {className: 'hint'}, say('address_hint')),
      tag('div', {className: 'card-actions'}, button(say('copy'), () => copy(address, field), {className: 'btn main', 'data-key': 'calendar-copy'}),
        tag('a', {className: 'btn', href: address.replace(/^https?:/, 'webcal:')}, say('webcal')),
        button(say('renew'), () => learn(true), {'data-key': 'calendar-renew', title: say('renew_hint')})),
      tag('p', {className: 'hint'}, say('renew_hint')),
      fold('calendar help', say('subscribe_how'), tag('ul', {}, ['google', 'apple', 'outlook'].map((name) => tag('li', {}, say(`subscribe_${name}`))))));
  };
  const calendar = () => tag('section', {className: 'track-box'}, tag('h3', {}, say('calendar')), tag('p', {}, say('calendar_text')),
    subscribe(), tag('div', {className: 'card-actions'}, file(say('calendar_file'), 'ics'), file(say('calendar_papers'), 'ics', {startBy: true})));

  // A copy that was taken out before.
  const listOf = (text) => {
    let found;
    try { found = JSON.parse(text); } catch { throw new Error(say('import_not_ours')); }
    const list = Array.isArray(found) ? found : found?.applications || found?.data?.applications;
    if (!Array.isArray(list) || !list.every((one) => one && typeof one === 'object' && one.scholarshipId && one.id)) throw new Error(say('import_not_ours'));
    return list;
  };
  const bring = async (field) => {
    const [chosen] = field.files;
    if (!chosen) return;
    try {
      if (chosen.size > 5e6) throw new Error(say('import_large'));
      counts = await window.tracker.bring(listOf(await chosen.text()));
      toast(said(counts));
    } catch (problem) { counts = problem; wrong(problem); }
    field.value = '';
    paint();
  };
  const said = (done) => say('imported', done);
  const along = (board) => fold('along', say('along'),
    board.applications.length ? [tag('p', {className: 'hint'}, say('export_hint')),
      tag('div', {className: 'card-actions'}, file('CSV', 'csv'), file('JSON', 'json'), file('iCalendar', 'ics'))] : null,
    tag('label', {className: 'track-file'}, say('import'), tag('input', {type: 'file', accept: '.json,application/json', onchange: (event) => bring(event.target), 'data-key': 'import'})),
    tag('p', {className: 'hint'}, say('import_hint')),
    counts && tag('p', {className: counts instanceof Error ? 'form-error' : 'hint', role: 'status'}, counts instanceof Error ? counts.message : said(counts)),
    board.deleted.length ? [tag('h3', {}, say('deleted')), tag('ul', {className: 'track-deleted'}, board.deleted.map((one) => tag('li', {},
      tag('span', {}, tag('b', {}, one.name), tag('small', {}, ` ${say('until', {on: day(one.restorableUntil)})}`)),
      button(say('restore'), () => act({do: 'restore', id: one.id}).then(() => toast(say('restored', {name: one.name})), wrong), {'aria-label': `${say('restore')}: ${one.name}`}),
      fold(`forever ${one.id}`, say('forever'), tag('p', {}, say('forever_sure')),
        button(say('forever_yes'), () => act({do: 'delete', id: one.id, forever: true}).then(() => toast(say('gone_forever')), wrong), {className: 'btn danger'})))))] : null);

  return {calendar, along, file, copy, forget() { address = ''; counts = null; }, count};
})();
