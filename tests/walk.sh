# What the walks of README share; read by them, not run. A walk names its section, and does what stands there, in that order: commands are the lines of its shell blocks, after
# "# on HOST" each on that machine; typed are the lines of its table. $work is a directory of its own, where every *.log is shown when something is not as README says.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(realpath "${1:-$root/artifacts/bin/ChatOps.EndToEnd.Tests/release/chatops}")
limit=${WALK_LIMIT:-120}  # seconds that one step may take
[ -x "$program" ] || { echo "There is no program at $program: build tests/ChatOps.EndToEnd.Tests first." >&2; exit 2; }
export PATH=$(dirname "$program"):$PATH NO_COLOR=1
said='' asked='' line='' host='' title='' section='' next_command=0 next_typed=0 commands=() typed=() started=()

reads() {
  title=$1
  section=$(awk -v heading="## $title" '/^## /{inside = ($0 == heading)} inside' "$root/README.md")
  mapfile -t commands < <(awk '/^```sh$/{inside = 1; next} /^```/{inside = 0} inside && /^# on /{host = $NF; next} inside && NF {print host "\t" $0}' <<<"$section")
  mapfile -t typed < <(sed -n 's/^| `\([^`]*\)` |.*/\1/p' <<<"$section")
  [ ${#commands[@]} -gt 0 ] && [ ${#typed[@]} -gt 0 ] || { echo "README has no walk \"$title\" any more." >&2; exit 1; }
}

fail() {
  echo "NOT AS README SAYS: $1" >&2
  [ -z "$said" ] || printf 'The answer was:\n%s\n' "$said" >&2
  for log in "$work"/*.log; do echo "── $(basename "$log")"; tail -n 15 "$log"; done >&2
  exit 1
}

# Until a command succeeds; what is not so when it never does.
waits() { local what=$1 since=$SECONDS; shift; until "$@"; do [ $((SECONDS - since)) -lt "$limit" ] || fail "$what"; sleep 0.2; done; }

# The next command, which must be the one that the step is about: its machine in $host, itself in $line.
command_of() {
  [ $next_command -lt ${#commands[@]} ] || fail "there is no further command, and one with '$1' is expected."
  host=${commands[next_command]%%$'\t'*} line=${commands[next_command]#*$'\t'} next_command=$((next_command + 1))
  case $line in *"$1"*) echo "$host\$ $line";; *) fail "the next command is not about '$1': $line";; esac
}

# The next line of the table, typed into the chat; ID in it is the card or thing that is asked about.
types() {
  [ $next_typed -lt ${#typed[@]} ] || fail "there is no further line to type, and one with '$1' is expected."
  line=${typed[next_typed]} next_typed=$((next_typed + 1))
  case $line in "$1"*) echo "> $line";; *) fail "the next line is not about '$1': $line";; esac
  [[ $line != *ID* ]] || { [ -n "$asked" ] || fail "there is no id for it."; line=${line//ID/$asked}; }
}

says() { types "$1"; said=$(timeout "$limit" chatops chat --no-wait -m "$line" 2>&1 </dev/null); }
asks() { says "$1"; asked=$(card <<<"$said"); [ -n "$asked" ] || fail "no card asked for $line"; }
card() { grep -oE 'approval [A-Z0-9]{6}' | head -n 1 | cut -d' ' -f2; }
approves() { says /approve; asked=''; }
shows() { local part; for part in "$@"; do grep -qE -- "$part" <<<"$said" || fail "'$part' is not in the answer to $line"; done; }
hides() { if grep -qE -- "$1" <<<"$said"; then fail "'$1' is in the answer to $line"; fi; }

# Whether a command shows all of it now; and the same as a person would see it a moment later.
sees() { said=$(chatops $1 2>&1 </dev/null); local part; for part in "${@:2}"; do grep -qE -- "$part" <<<"$said" || return 1; done; }
comes() { waits "'chatops $1' never shows '${*:2}'." sees "$@"; }

knows_all_commands() { [ $next_command -eq ${#commands[@]} ] || fail "README has commands that this walk does not know: ${commands[*]:next_command}"; }
ends() {
  [ $next_typed -eq ${#typed[@]} ] || fail "README's table has lines that this walk does not know: ${typed[*]:next_typed}"
  echo "README's walk \"$title\" holds: ${#commands[@]} commands and ${#typed[@]} typed lines${1:+ ($1)}."
}
