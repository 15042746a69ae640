// The forms of the Account tab: they talk to the REST door, which alone can set the httpOnly cookie, and say what is wrong
// beside the field that it is about.
window.accountForms = (() => {
  const KNOWN = 'scholarship-account-here';
  let words = {};
  const input = (form, name) => document.querySelector(`#${form}-${name} input`);
  const been = () => { try { return localStorage.getItem(KNOWN); } catch { return null; } };

  const clear = (form) => {
    for (const said of document.querySelectorAll(`[data-form="${form}"]`)) said.textContent = '';
    for (const field of document.querySelectorAll(`[id^="${form}-"] [aria-invalid]`)) field.removeAttribute('aria-invalid');
  };
  // A text that begins with a field's name ("password: too short") stands beside that field, any other above the button.
  const say = (form, text, isGood = false) => {
    const [, named = '', rest] = /^([A-Za-z]\w*): (.*)$/s.exec(text) || [], name = named === 'newPassword' ? 'password' : named;
    const place = (name && document.getElementById(`${form}-${name}-said`)) || document.getElementById(`${form}-said`);
    place.textContent = name ? rest.charAt(0).toUpperCase() + rest.slice(1) : text;
    place.classList.toggle('good', isGood);
    const field = name && input(form, name);
    if (!field) return;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', place.id);
    field.focus();
  };
  const missing = (form, given) => {
    for (const name of ['email', 'password']) if (name in given && !given[name]) return `${name}: ${words[`no_${name}`]}`;
    return given.agree === false ? `agree: ${words.agree}` : '';
  };
  const call = async (method, path, body, isQuiet = false) => {
    try {
      const answer = await fetch(`./api/auth/${path}`, {method, credentials: 'same-origin',
        headers: {'content-type': 'application/json'}, body: body ? JSON.stringify(body) : undefined});
      const data = await answer.json();
      if (answer.ok && !isQuiet) await window.account.changed(data.data);
      return answer.ok ? '' : ((data.error && data.error.message) || words.failed);
    } catch (problem) { return words.failed; }
  };
  // Sends a form that signs nobody in or out, and says `done` where it worked, in the form `there`; gives whether it did.
  const ask = async (form, method, path, given, done, there = form) => {
    clear(form);
    const problem = missing(form, given) || await call(method, path, given, true);
    say(problem ? form : there, problem || words[done], !problem);
    return !problem;
  };
  // The chosen form is said by the page itself: Gradio takes back the classes of its own elements.
  const choose = (form) => {
    document.documentElement.dataset.accountForm = form;
    for (const button of document.querySelectorAll('[data-choose]')) button.setAttribute('aria-pressed', String(button.dataset.choose === form));
  };
  const eyes = (event) => {
    const eye = event.target.closest('[data-eye]'), field = eye && document.querySelector(`#${eye.dataset.eye} input`);
    if (!field) return;
    const seen = field.type === 'password';
    field.type = seen ? 'text' : 'password';
    eye.setAttribute('aria-pressed', String(seen));
  };
  document.addEventListener('click', eyes);
  return {
    // Builds the choice between the two forms, which a phone shows one at a time.
    mount(element, texts) {
      words = texts;
      let tapped = '', frames = 3;
      element.addEventListener('click', (event) => {
        tapped = event.target.closest('[data-choose]')?.dataset.choose || tapped;
        if (tapped) choose(tapped);
      });
      // Gradio writes once more what the fields of a tab held when it first shows them, a frame later: what was typed into
      // them by then would be gone, so they are shown after that.
      const settle = () => {
        if (!input('signin', 'password') || !input('signup', 'password') || frames--) { requestAnimationFrame(settle); return; }
        choose(tapped || (been() ? 'signin' : 'signup'));
        input('signin', 'password').autocomplete = 'current-password'; // Gradio leaves it out
        input('signup', 'password').autocomplete = 'new-password';
      };
      settle();
    },
    // Sends a form; gives what its password field shows afterwards.
    async send(form, method, path, given) {
      clear(form);
      const {agree, ...body} = given;
      const problem = missing(form, given) || await call(method, path, body);
      if (problem) { say(form, problem); return [given.password ?? '']; }
      try { if (path === 'me') localStorage.removeItem(KNOWN); else localStorage.setItem(KNOWN, '1'); } catch { /* no store */ }
      choose(path === 'me' ? 'signup' : 'signin');
      return [''];
    },
    async forgot(email) { await ask('forgot', 'POST', 'forgot', {email}, 'sent'); return []; },
    // Sets the password by what a mail's link carried; gives what the field shows afterwards.
    async byLink(password) {
      const given = {token: window.account.linkToken, newPassword: password};
      if (!(await ask('link', 'POST', 'new-password', given, 'set', 'signin'))) return [password];
      window.account.linkUsed();
      choose('signin');
      return [''];
    },
    async change(now, password) {
      const given = {currentPassword: now, newPassword: password};
      return await ask('change', 'PATCH', 'me', given, 'changed') ? ['', ''] : [now, password];
    },
    // An account without a password has no field for it.
    async remove(password) {
      return this.send('delete', 'DELETE', 'me', input('delete', 'password')?.offsetParent ? {password} : {});
    },
    async leave() { await call('POST', 'signout'); return []; },
  };
})();
