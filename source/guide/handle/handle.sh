#!/bin/bash
# Prints the calls of an account, and handles what can go wrong on the way.
set -u

api=${API_URL:-https://api.voipbin.net/v1.0}
errors=${ERRORS_URL:-https://errors.example.com/voipbin/reasons}
attempts=5
token=$API_TOKEN
is_new=
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

give_up() {
  echo "gave up: $1" >&2
  exit 1
}

# A text member of the last body; empty where the body is empty, a gateway's page, or something else.
# Where jq is installed: jq -r ".. | .$1? // empty" "$folder/body"
member() {
  tr -d '\n' <"$folder/body" | sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'
}

header() {
  tr -d '\r' <"$folder/headers" | sed -n "s/^$1: *//Ip" | tail -n 1
}

# Sends a request; sets status, 000 where no answer came. Never curl --fail: it drops the body.
send() {
  : >"$folder/body" >"$folder/headers"
  status=$(curl -s --max-time 10 -D "$folder/headers" -o "$folder/body" -w '%{http_code}' "$@")
}

login() {
  echo "logging in again" >&2
  send "$api/auth/login" -H 'Content-Type: application/json' \
    -d "{\"username\": \"$API_USERNAME\", \"password\": \"$API_PASSWORD\"}"
  [[ $status == 2* ]] || give_up "no new token: HTTP $status, $(member reason)"
  token=$(member token)
}

# Waits for the seconds that the server asks for, else twice as many as before.
pause() {
  local asked
  asked=$(header Retry-After)
  [[ $asked =~ ^[0-9]+$ ]] || asked=$((2 ** attempt))
  sleep "$asked"
}

for ((attempt = 0; attempt < attempts; attempt++)); do
  send "$api/calls" -H "Authorization: Bearer $token"
  if [[ $status == 2* ]]; then
    cat "$folder/body"
    exit
  fi
  reason=$(member reason)
  request_id=$(header X-Request-Id)
  echo "HTTP $status, reason ${reason:-none}, request ${request_id:-not given}" >&2
  case $reason/$status in
    AUTHENTICATION_REQUIRED/*)
      [[ -z $is_new ]] || give_up "see $errors/$reason.html"
      login
      is_new=yes
      ;;
    RATE_LIMIT_EXCEEDED/* | SERVICE_UNAVAILABLE/* | REQUEST_TIMEOUT/*) pause ;;
    INSUFFICIENT_BALANCE/*) give_up "the administrator of the account must raise its balance" ;;
    # Not from the API itself, or no answer: a GET does no harm when it is sent twice.
    /429 | /502 | /503 | /504 | /000) pause ;;
    /*) give_up "HTTP $status without a reason" ;;
    *) give_up "see $errors/$reason.html" ;;
  esac
done
give_up "it still fails after $attempts attempts"
