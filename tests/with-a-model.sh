#!/usr/bin/env bash
# Walks README's "Ask in plain words" as it stands there: the commands and the lines that are typed are read from it, so neither can drift from the other.
# The model is whatever README's configuration means here: OPENAI_API_KEY is its key, and CHATOPS__Models__0__BaseUrl, when it is set, its address. What is looked at is what the
# gateway shows and records, so the same walk goes with any model that follows plain requests.
# Usage: OPENAI_API_KEY=… [CHATOPS__Models__0__BaseUrl=…] tests/with-a-model.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=$(realpath "${1:-$root/artifacts/bin/ChatOps.EndToEnd.Tests/release/chatops}")
limit=${WITH_A_MODEL_LIMIT:-120}  # seconds that one step may take
[ -x "$program" ] || { echo "There is no program at $program: build tests/ChatOps.EndToEnd.Tests first." >&2; exit 2; }
[ -n "${OPENAI_API_KEY:-}" ] || { echo "OPENAI_API_KEY is not set: README's walk needs a model." >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/with-a-model.XXXXXX")
started=()
end() { [ ${#started[@]} -eq 0 ] || kill "${started[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work" /var/tmp/made-by-words; }
trap end EXIT
export HOME=$work PATH=$(dirname "$program"):$PATH NO_COLOR=1 CHATOPS__Gateway__Urls=http://127.0.0.1:0
rm -f /var/tmp/made-by-words
cd "$work" || exit 1

section=$(awk '/^## /{inside = ($0 == "## Ask in plain words")} inside' "$root/README.md")
mapfile -t commands < <(awk '/^```/{inside = !inside; next} inside && NF' <<<"$section")
mapfile -t typed < <(sed -n 's/^| `\([^`]*\)` |.*/\1/p' <<<"$section")
[ ${#commands[@]} -gt 0 ] && [ ${#typed[@]} -gt 0 ] || { echo "README has no walk \"Ask in plain words\" any more." >&2; exit 1; }

said='' asked='' next_command=0 next_typed=0
fail() {
  echo "NOT AS README SAYS: $1" >&2
  [ -z "$said" ] || printf 'The answer was:\n%s\n' "$said" >&2
  for log in "$work"/*.log; do echo "── $(basename "$log")"; tail -n 15 "$log"; done >&2
  exit 1
}
waits() { local what=$1 since=$SECONDS; shift; until "$@"; do [ $((SECONDS - since)) -lt "$limit" ] || fail "$what"; sleep 0.2; done; }
command_of() {
  line=${commands[next_command]:-}; next_command=$((next_command + 1))
  case $line in *"$1"*) echo "\$ $line";; *) fail "the next command is not about '$1': $line";; esac
}
types() {
  line=${typed[next_typed]:-}; next_typed=$((next_typed + 1))
  case $line in "$1"*) echo "> $line";; *) fail "the next line is not about '$1': $line";; esac
  [[ $line != *ID* ]] || { [ -n "$asked" ] || fail "no card asked."; line=${line//ID/$asked}; }
}
says() { types "$1"; said=$(timeout "$limit" chatops chat --no-wait -m "$line" 2>&1 </dev/null); }
shows() { local part; for part in "$@"; do grep -qE -- "$part" <<<"$said" || fail "'$part' is not in the answer to $line"; done; }

command_of 'export CHATOPS__Models__0__Name'; eval "$line"
command_of 'chatops doctor'; said=$(eval "$line" 2>&1); shows 'model' ; ! grep -q '^WRONG' <<<"$said" || fail "doctor finds something wrong."
command_of 'chatops gateway'; eval "exec $line --no-open" </dev/null >"$work/gateway.log" 2>&1 & started+=($!)
waits "the gateway does not start." grep -q '/sign-in?code=' "$work/gateway.log"
[ $next_command -eq ${#commands[@]} ] || fail "README has commands that this walk does not know: ${commands[*]:next_command}"

says 'How loaded'; shows '[Ll]oad'
said=$(chatops audit list 2>&1); shows 'Run uptime' 'A turn of'
types 'Make'; timeout "$limit" chatops chat -m "$line" </dev/null >"$work/asked.log" 2>&1 & asking=$!; started+=($asking)
waits "no card asks." grep -qE 'approval [A-Z0-9]{6}' "$work/asked.log"
asked=$(grep -oE 'approval [A-Z0-9]{6}' "$work/asked.log" | head -n 1 | cut -d' ' -f2)
[ ! -e /var/tmp/made-by-words ] || fail "the file was made before anybody approved."
says '/approve'
waits "nothing answers what was asked." bash -c '! kill -0 "$1" 2>/dev/null' sh "$asking"
said=$(<"$work/asked.log"); [ -e /var/tmp/made-by-words ] || fail "the file was not made."
says '/cost'; shows 'main|gpt|token|\$'
says '/audit verify'; shows '^Intact'
[ $next_typed -eq ${#typed[@]} ] || fail "README's table has lines that this walk does not know: ${typed[*]:next_typed}"
echo "README's walk \"Ask in plain words\" holds: ${#commands[@]} commands and ${#typed[@]} typed lines."
