// Prints the calls of an account, and handles what can go wrong on the way.

const API = process.env.API_URL ?? "https://api.voipbin.net/v1.0";
const ERRORS = process.env.ERRORS_URL ?? "https://errors.example.com/voipbin/reasons";
const ATTEMPTS = 5;

class GiveUp extends Error {} // no repeat will help; the message says who can

async function calls() {
  let token = process.env.API_TOKEN;
  let isNew = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let response, body;
    try {
      response = await fetch(`${API}/calls`, {
        headers: { Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(10_000),
      });
      body = await response.text();
    } catch (error) {
      console.error(`no answer: ${error.message}`); // a GET does no harm when it is sent twice
      await sleep(2 ** attempt);
      continue;
    }
    if (response.ok) return body;
    const reason = reasonOf(body);
    const requestId = response.headers.get("X-Request-Id") ?? "not given";
    console.error(`HTTP ${response.status}, reason ${reason}, request ${requestId}`);
    switch (reason) {
      case "AUTHENTICATION_REQUIRED":
        if (isNew) throw new GiveUp(`see ${ERRORS}/${reason}.html`);
        token = await login();
        isNew = true;
        break;
      case "RATE_LIMIT_EXCEEDED":
      case "SERVICE_UNAVAILABLE":
      case "REQUEST_TIMEOUT":
        await sleep(wait(response, attempt));
        break;
      case "INSUFFICIENT_BALANCE":
        throw new GiveUp("the administrator of the account must raise its balance");
      case null: // not from the API itself
        if (![429, 502, 503, 504].includes(response.status)) {
          throw new GiveUp(`HTTP ${response.status} without a reason`);
        }
        await sleep(wait(response, attempt));
        break;
      default:
        throw new GiveUp(`see ${ERRORS}/${reason}.html`);
    }
  }
  throw new GiveUp(`it still fails after ${ATTEMPTS} attempts`);
}

// The reason; null where the body is empty, a gateway's page, or something else.
function reasonOf(body) {
  try {
    return JSON.parse(body).error.reason ?? null;
  } catch {
    return null;
  }
}

// The seconds that the server asks for, else twice as many as before.
function wait(response, attempt) {
  const asked = response.headers.get("Retry-After") ?? "";
  return /^\d+$/.test(asked) ? Number(asked) : 2 ** attempt;
}

async function login() {
  console.error("logging in again");
  const { API_USERNAME: username, API_PASSWORD: password } = process.env;
  const response = await fetch(`${API}/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const body = await response.text();
  if (!response.ok) throw new GiveUp(`no new token: HTTP ${response.status}, ${reasonOf(body)}`);
  return JSON.parse(body).token;
}

function sleep(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

try {
  console.log(await calls());
} catch (error) {
  if (!(error instanceof GiveUp)) throw error;
  console.error(`gave up: ${error.message}`);
  process.exitCode = 1;
}
