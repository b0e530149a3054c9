// Shows a liaison sheet for printing. The ticket stands behind # in the address, which never reaches a server's log;
// it is sent once, in the body of a request to the same address.
'use strict';

const ticket = location.hash.slice(1);
// Neither the history nor whoever looks at the screen keeps it.
history.replaceState(null, '', location.pathname);

const FAILED = `うまくいきませんでした。しばらくしてから、もう一度お試しください。
Something went wrong. Please try again later.`;

// What comes back is shown in the place of this page. A parsed document runs no script.
function show(html) {
  const sheet = new DOMParser().parseFromString(html, 'text/html');
  const style = document.querySelector('link[rel=stylesheet]');
  document.replaceChild(document.adoptNode(sheet.documentElement), document.documentElement);
  if (!document.querySelector('.page')) {
    return;
  }
  document.head.append(style);
  const button = document.createElement('button');
  button.id = 'print';
  button.textContent = '印刷する';
  button.addEventListener('click', () => window.print());
  document.body.append(button);
}

fetch(location.pathname, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: ticket })
  .then((answer) => answer.text())
  .then(show)
  .catch(() => {
    document.getElementById('message').textContent = FAILED;
  });
