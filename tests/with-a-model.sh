#!/usr/bin/env bash
# Walks README's "Ask in plain words" as it stands there: the commands and the lines that are typed are read from it, so neither can drift from the other.
# The model is whatever README's configuration means here: OPENAI_API_KEY is its key, and CHATOPS__Models__0__BaseUrl, when it is set, its address. What is looked at is what the
# gateway shows and records, so the same walk goes with any model that follows plain requests.
# Usage: OPENAI_API_KEY=… [CHATOPS__Models__0__BaseUrl=…] tests/with-a-model.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
. "$(dirname "$0")/walk.sh"
[ -n "${OPENAI_API_KEY:-}" ] || { echo "OPENAI_API_KEY is not set: README's walk needs a model." >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/with-a-model.XXXXXX")
end() { [ ${#started[@]} -eq 0 ] || kill "${started[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work" /var/tmp/made-by-words; }
trap end EXIT
export HOME=$work CHATOPS__Gateway__Urls=http://127.0.0.1:0
rm -f /var/tmp/made-by-words
cd "$work" || exit 1

reads "Ask in plain words"

command_of 'export CHATOPS__Models__0__Name'; eval "$line"
command_of 'chatops doctor'; said=$(eval "$line" 2>&1); shows 'model' ; ! grep -q '^WRONG' <<<"$said" || fail "doctor finds something wrong."
command_of 'chatops gateway'; eval "exec $line --no-open" </dev/null >"$work/gateway.log" 2>&1 & started+=($!)
waits "the gateway does not start." grep -q '/sign-in?code=' "$work/gateway.log"
knows_all_commands

says 'How loaded'; shows '[Ll]oad'
said=$(chatops audit list 2>&1); shows 'Run uptime' 'A turn of'
types 'Make'; timeout "$limit" chatops chat -m "$line" </dev/null >"$work/asked.log" 2>&1 & asking=$!; started+=($asking)
waits "no card asks." grep -qE 'approval [A-Z0-9]{6}' "$work/asked.log"
asked=$(card <"$work/asked.log")
[ ! -e /var/tmp/made-by-words ] || fail "the file was made before anybody approved."
says '/approve'
waits "nothing answers what was asked." bash -c '! kill -0 "$1" 2>/dev/null' sh "$asking"
said=$(<"$work/asked.log"); [ -e /var/tmp/made-by-words ] || fail "the file was not made."
says '/cost'; shows 'main|gpt|token|\$'
says '/audit verify'; shows '^Intact'
ends
