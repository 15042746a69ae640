// The next 90 days and the money, as plots with a table beside each.
window.trackerPlots = (() => {
  const {tag, say} = window.tracker;
  const {day, short, money, count, found, nameOf, opens} = window.applications;
  const LANES = 12, DAY = 86400000;
  const at = (iso) => Date.parse(`${iso}T00:00Z`);

  // Each application has a lane: a bar from the first paper to start until its date, and signs on its dates.
  const timeline = (board) => {
    const {from, to, entries, text} = board.timeline;
    const place = (iso) => Math.min(100, Math.max(0, 100 * (at(iso) - at(from)) / (at(to) - at(from))));
    const sign = (entry) => tag('i', {className: `sign ${entry.kind} ${entry.certain ? '' : 'unsure'}`, style: `left:${place(entry.on)}%`, title: entry.text});
    const lane = (name, signs, bar, when) => tag('div', {className: 'lane'},
      tag('div', {className: 'lane-name'}, tag('span', {}, name), when && tag('b', {}, when)),
      tag('div', {className: 'lane-line'}, bar, signs));
    const bar = (app) => {
      if (app.due?.month) { // some day of a month that is not confirmed
        const [year, month] = app.due.month.split('-').map(Number), end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
        const [left, right] = [place(`${app.due.month}-01`), place(end)];
        return tag('i', {className: 'work expected', style: `left:${left}%;width:${Math.max(right - left, 2)}%`});
      }
      const starts = app.items.filter((item) => item.startBy && !app.checklist.find((x) => x.id === item.id)?.done).map((item) => item.startBy).sort();
      if (!app.due?.on || at(app.due.on) < at(from)) return null;
      const [left, right] = [place(starts[0] || app.due.on), place(app.due.on)];
      return right > left ? tag('i', {className: `work ${app.due.basis}`, style: `left:${left}%;width:${right - left}%`}) : null;
    };
    const of = (id) => entries.filter((entry) => entry.id === id);
    const ids = [...new Set(entries.map((entry) => entry.id).filter((id) => found(id)))];
    const when = (entry, app) => (entry.kind === 'expected' && app.due?.month ? day(`${app.due.month}-01`, {month: 'short', year: 'numeric'}) : short(entry.on));
    const papers = entries.filter((entry) => entry.kind === 'start');
    const months = [];
    for (let when = new Date(at(from)); months.length < 5;) {
      when = new Date(Date.UTC(when.getUTCFullYear(), when.getUTCMonth() + 1, 1));
      if (when.getTime() > at(to)) break;
      months.push(when.toISOString().slice(0, 10));
    }
    const axis = tag('div', {className: 'axis'}, tag('span', {style: 'left:0'}, say('today')), months.filter((iso) => place(iso) > 12 && place(iso) < 94)
      .map((iso) => tag('span', {style: `left:${place(iso)}%`}, day(iso, {month: 'short'}))));
    const grid = tag('div', {className: 'grid'}, tag('i', {className: 'now', style: 'left:0'}), months.map((iso) => tag('i', {style: `left:${place(iso)}%`})));
    const mark = (kind, certain) => tag('i', {className: kind === 'expected' ? 'work expected' : `sign ${kind} ${certain ? '' : 'unsure'}`, 'aria-hidden': 'true'});
    const kinds = [...new Set(entries.map((entry) => entry.kind))];
    const rows = []; // papers to start on one day share a row
    for (const entry of entries) {
      const same = rows.find((one) => entry.kind === 'start' && one.kind === 'start' && one.on === entry.on && one.certain === entry.certain);
      if (same) same.names.push(entry.name); else rows.push({...entry, names: [entry.name]});
    }
    const row = (entry) => {
      const app = found(entry.id);
      return tag('tr', {}, tag('td', {}, app ? when(entry, app) : short(entry.on)), tag('td', {}, mark(entry.kind, entry.certain), entry.names.length > 1 ? say('kind_starts', {n: entry.names.length}) : say(`kind_${entry.kind}`),
        !entry.certain && entry.kind !== 'expected' ? ` (${say('unsure')})` : ''), tag('td', {}, app ? opens(app, entry.name, 'linklike') : entry.names.join(', ')));
    };
    return tag('section', {className: 'track-box'}, tag('h3', {}, say('next_days')),
      entries.length ? [
        tag('div', {className: 'plot timeline', role: 'img', 'aria-label': text}, axis, tag('div', {className: 'lanes'}, grid,
          papers.length ? lane(say('papers_to_start'), papers.map(sign), null, count('n_papers', papers.length)) : null,
          ids.slice(0, LANES).map((id) => lane(nameOf(found(id)), of(id).filter((entry) => entry.kind !== 'expected').map(sign), bar(found(id)), when(of(id)[0], found(id))))),
        ids.length > LANES && tag('p', {className: 'hint'}, say('and_more', {n: ids.length - LANES}))),
        tag('ul', {className: 'legend', 'aria-hidden': 'true'}, kinds.map((kind) => tag('li', {}, mark(kind, true), say(`kind_${kind}`))),
          tag('li', {}, tag('i', {className: 'work'}), say('kind_work'))),
        tag('table', {className: 'track-table of-dates'}, tag('caption', {className: 'visually-hidden'}, text),
          tag('thead', {}, tag('tr', {}, ['when', 'what', 'which'].map((name) => tag('th', {scope: 'col'}, say(name))))), tag('tbody', {}, rows.map(row))),
      ] : tag('p', {className: 'track-none'}, text));
  };

  // Each currency by itself; a range is dark up to its lower end, money that has not arrived is light.
  const bars = (currency) => {
    const rows = currency.inPlay.map((one) => ({title: say(`play_${one.period || 'none'}`), low: one.low, high: one.high, n: one.count, kind: 'play'}));
    if (currency.won) rows.push({title: say('won'), low: currency.credited, high: currency.won, kind: 'won'});
    const top = Math.max(...rows.map((row) => row.high), 1), code = currency.currency;
    const range = (row) => (row.kind === 'won' ? money(row.high, code) : [...new Set([row.low, row.high])].map((x) => money(x, code)).join(' – '));
    return tag('div', {className: 'money'}, tag('h4', {}, code || say('no_currency')),
      tag('div', {className: 'plot', role: 'img', 'aria-label': rows.map((row) => `${row.title}: ${range(row)}`).join('. ')},
        rows.map((row) => tag('div', {className: `sum ${row.kind}`}, tag('div', {className: 'lane-name'}, tag('span', {}, row.title), tag('b', {}, range(row))),
          tag('div', {className: 'sum-line'}, tag('i', {className: 'high', style: `width:${100 * row.high / top}%`}), tag('i', {className: 'low', style: `width:${100 * row.low / top}%`}))))),
      tag('table', {className: 'track-table'}, tag('caption', {className: 'visually-hidden'}, say('money_of', {currency: code || say('no_currency')})),
        tag('thead', {}, tag('tr', {}, tag('th', {scope: 'col'}, say('money_what')), tag('th', {scope: 'col'}, say('amount')), tag('th', {scope: 'col'}, say('note')))),
        tag('tbody', {}, rows.map((row) => tag('tr', {}, tag('th', {scope: 'row'}, row.title), tag('td', {}, range(row)),
          tag('td', {}, row.kind === 'won' ? say('arrived', {amount: money(row.low, code)}) : count('n_applications', row.n)))))));
  };
  const totals = (board) => tag('section', {className: 'track-box'}, tag('h3', {}, say('money')),
    board.totals.currencies.map(bars),
    board.totals.inPlayUnknown ? tag('p', {}, count('play_unknown', board.totals.inPlayUnknown)) : null,
    board.totals.wonUnknown ? tag('p', {}, count('won_unknown', board.totals.wonUnknown)) : null,
    !board.totals.currencies.length && !board.totals.inPlayUnknown && !board.totals.wonUnknown ? tag('p', {className: 'track-none'}, board.totals.text) : null,
    tag('p', {className: 'hint'}, say('money_hint')));
  return {timeline, money: totals};
})();
