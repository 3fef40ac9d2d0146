# What the walks of docs/operations.md share; read by them, not run. A walk names a section and does its shell blocks as they stand there, with this place's paths in them.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(realpath "${1:-$root/artifacts/bin/ChatOps.EndToEnd.Tests/release/chatops}")
limit=${OPERATIONS_LIMIT:-180}  # seconds that one step may take
[ -x "$program" ] || { echo "There is no program at $program: build tests/ChatOps.EndToEnd.Tests first." >&2; exit 2; }
work=$(mktemp -d "${TMPDIR:-/tmp}/operations.XXXXXX")
declare -A started=()
lines=()
export PATH=$(dirname "$program"):$PATH NO_COLOR=1 HOME=$work/home
mkdir -p "$work"/{home,backups,etc}
cd "$root" || exit 1
exec 9>&2  # where a failure is told, also from within what is asked again and again without a word

end() {
  [ ${#started[@]} -eq 0 ] || kill -9 "${started[@]}" 2>/dev/null
  [ ! -s "$work/broker.pid" ] || kill -9 "$(<"$work/broker.pid")" 2>/dev/null  # which is not the process that was started
  wait 2>/dev/null
  rm -rf "$work"
}
trap end EXIT

fail() {
  echo "NOT AS docs/operations.md SAYS: $1" >&9
  [ ! -s "$work/said" ] || cat "$work/said" >&9
  for log in "$work"/*.log; do echo "── $(basename "$log")"; tail -n 20 "$log"; done >&9
  exit 1
}

# Asked again until it is so.
waits() {
  local why=$1 since=$SECONDS
  until "${@:2}" >/dev/null 2>&1; do
    [ $((SECONDS - since)) -lt "$limit" ] || fail "$why"
    sleep 0.1
  done
}

# The lines of the shell blocks of a section.
reads() {
  mapfile -t lines < <(awk -v heading="$1" '/^##/{inside = ($0 == heading)} /^```/{code = ($0 == "```sh"); next} inside && code && NF' docs/operations.md)
  [ ${#lines[@]} -gt 0 ] || fail "there is no '$1' with commands."
}

# Does a line of the guide; each further argument is a replacement for sed that puts this place into it. It must end well, or as $wanted says.
does() {
  local here=$1 change
  echo "\$ $1"
  for change in "${@:2}" "s#/backups/#$work/backups/#g" "s#/etc/chatops/#$work/etc/#g"; do here=$(sed -e "$change" <<<"$here"); done
  bash -c "$here" >"$work/said" 2>&1 </dev/null || fail "'$1' failed ($?)."
}

shows() { grep -qE -- "$1" "$work/said" || fail "the answer does not say '$1'."; }

# Starts a gateway on a data directory, and waits until it is ready.
gateway() {
  local log=$work/$(basename "$1").log
  : >"$log"
  CHATOPS_DATA=$1 chatops gateway --no-open --urls http://127.0.0.1:0 >>"$log" 2>&1 </dev/null &
  started[$1]=$!
  waits "the gateway on $1 is not ready." is_ready "$1"
}

is_ready() {
  kill -0 "${started[$1]}" 2>/dev/null || fail "the gateway on $1 ended."
  curl --silent --fail "$(url_of "$1")/health/ready"
}

url_of() { jq -er .url "$1/gateway.json" | sed 's#/$##'; }

# SIGTERM, and its end within the time that the guide gives.
stops() {
  local since=$SECONDS
  kill -TERM "${started[$1]}" && wait "${started[$1]}" || fail "the gateway on $1 ended badly ($?)."
  unset "started[$1]"
  [ $((SECONDS - since)) -le 35 ] || fail "the gateway on $1 took $((SECONDS - since)) s to stop."
}
