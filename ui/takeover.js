// After a sign-in: the chats that this browser kept for a guest are offered to the account, and moved there on a click.
window.takeover = (() => {
  const LEFT = 'scholarship-chats-left', SHOWN = 3;
  let root = null, words = {}, taken = () => {}, owner = '';

  const tag = (name, values = {}, ...children) => {
    const node = Object.assign(document.createElement(name), values);
    node.append(...children);
    return node;
  };
  const left = (value) => { // who chose to leave them; forgotten at sign-out
    try {
      if (value === undefined) return localStorage.getItem(LEFT);
      if (value) localStorage.setItem(LEFT, value); else localStorage.removeItem(LEFT);
    } catch { /* no store: asked again */ }
    return value;
  };
  const said = (chat) => chat.turns.filter((turn) => turn.question?.trim() && turn.answer?.trim());
  const profileOf = (chats) => chats.flatMap((chat) => chat.turns.slice(-1)).map((turn) => turn.profile || {})[0] || {};
  const imported = async (chat) => {
    const turns = said(chat).map((turn) => ({question: turn.question, answer: turn.answer, profile: turn.profile || {}, scholarshipIds: turn.shown || []}));
    const answer = await fetch('./api/chat/sessions/import', {method: 'POST', credentials: 'same-origin',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({id: chat.id, title: chat.named ? chat.title : null, createdAt: chat.createdAt || null, turns})});
    const data = await answer.json();
    if (!answer.ok) throw new Error((data.error && data.error.message) || words.failed);
    return data.data.id;
  };

  const offer = () => {
    if (!root) return;
    const chats = owner && left() !== owner ? window.chats.guest().filter((chat) => said(chat).length) : [];
    root.hidden = !chats.length;
    if (!chats.length) { root.replaceChildren(); return; }
    const names = Object.keys(profileOf(chats)).map((name) => words.fields[name]?.toLowerCase()).filter(Boolean);
    const also = tag('input', {type: 'checkbox'});
    const yes = tag('button', {type: 'button', className: 'btn main'}, words.yes);
    const no = tag('button', {type: 'button', className: 'btn'}, words.no);
    const problem = tag('p', {className: 'hint', role: 'status'});
    const titles = [...chats.slice(0, SHOWN).map((chat) => chat.title), ...(chats.length > SHOWN ? [words.more.replace('{n}', chats.length - SHOWN)] : [])];
    no.onclick = () => { left(owner); offer(); };
    yes.onclick = async () => {
      [yes.disabled, no.disabled] = [true, true];
      const ids = {}, profile = also.checked ? profileOf(chats) : null;
      try {
        for (const chat of [...chats].reverse()) ids[chat.id] = await imported(chat); // the one used last comes last
      } catch (error) {
        problem.textContent = error instanceof TypeError ? words.failed : error.message;
        [yes.disabled, no.disabled] = [false, false];
        window.chats.moved(Object.keys(ids));
        return;
      }
      window.chats.moved(Object.keys(ids));
      offer();
      taken({ids, profile});
    };
    root.replaceChildren(
      tag('h2', {}, (chats.length > 1 ? words.many : words.one).replace('{n}', chats.length)),
      tag('ul', {}, ...titles.map((title) => tag('li', {}, title))),
      ...(names.length ? [tag('label', {className: 'tick'}, also, ' ', words.profile.replace('{what}', names.join(', ')))] : []),
      tag('p', {className: 'hint'}, words.hint), problem, tag('div', {className: 'card-actions'}, yes, no));
  };
  window.addEventListener('storage', (event) => { if (event.key === 'scholarship-chats' || event.key === LEFT) offer(); });
  return {
    // Builds the offer inside an element; `act` is told what was taken over.
    mount(element, act, texts) {
      [taken, words, root] = [act, texts, element.querySelector('.takeover')];
      offer();
    },
    // Whose page this is: an account's id, or '' for a guest.
    belongTo(id) {
      owner = id;
      if (!id) left('');
      offer();
    },
  };
})();
