// What is asked of the server. Addresses are built from the origin: one with a password in it breaks fetch.

const ROOT = location.origin + location.pathname.replace(/\/$/, '');

async function answer(response) {
  const type = response.headers.get('content-type') || '';
  const body = type.startsWith('application/json') ? await response.json() : {message: (await response.text()).trim()};
  if (!response.ok) throw new Error(body.message || 'status ' + response.status);
  return body;
}

export async function state(signal) {
  return answer(await fetch(ROOT + '/state.json', {cache: 'no-store', signal}));
}

export async function act(action) {
  return answer(await fetch(ROOT + '/do', {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(action),
  }));
}

export function upload(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // tells how far it is
    request.open('POST', ROOT + '/upload?file=' + encodeURIComponent(file.name));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = event => onProgress(event.loaded / event.total);
    request.onerror = () => reject(new Error('the server did not take it to its end'));
    request.onload = () => {
      let body;
      try { body = JSON.parse(request.responseText); } catch { body = {message: request.responseText.trim()}; }
      if (request.status === 200) resolve(body); else reject(new Error(body.message || 'status ' + request.status));
    };
    request.send(file);
  });
}
