using System.Globalization;

namespace ChatOps.Fleet.Ssh;

/// <summary>
/// What is sent to a node's shell on its standard input. The command runs in a session of its own with an environment made from nothing; the
/// script around it enforces the time limit there, stops what is left behind, and says on standard error, in lines that begin with a secret word,
/// what becomes of it. The command's own output, both of its streams, is on standard output behind a line with the same word.
/// </summary>
internal static class SshScript
{
    /// <summary>The command that a session is opened with. What runs comes on its standard input and is nobody's argument.</summary>
    /// <param name="key">The secret word; hexadecimal.</param>
    public static string Opening(string key) => $"exec /bin/sh -c 'echo {key} {SshWord.Ready} >&2; exec /bin/sh'";

    /// <summary>Keeps a connection open, tells what machine it is, and answers every line with the same line.</summary>
    public const string Holder =
        "exec /bin/sh -c 'echo; echo " + HolderBegin + "; "
        + "f() { test -n \"$2\" && printf \"%s=%s\\n\" \"$1\" \"$2\"; }; "
        + "f host \"$(uname -n)\"; f kernel \"$(uname -r)\"; f arch \"$(uname -m)\"; f user \"$(id -un)\"; "
        + "f os \"$(sed -n \"s/^PRETTY_NAME=//p\" /etc/os-release 2>/dev/null | tr -d \"\\042\")\"; "
        + "f cpus \"$(getconf _NPROCESSORS_ONLN 2>/dev/null)\"; "
        + "f load \"$(cut -d \" \" -f 1-3 /proc/loadavg 2>/dev/null)\"; "
        + "f uptime \"$(cut -d . -f 1 /proc/uptime 2>/dev/null)\"; "
        + "f memory \"$(sed -n \"s/^MemTotal: *\\([0-9]*\\).*/\\1/p; s/^MemAvailable: *\\([0-9]*\\).*/\\1/p\" /proc/meminfo 2>/dev/null | tr \"\\012\" \" \")\"; "
        + "f disk \"$(df -Pk / 2>/dev/null | sed -n \"2s/^[^ ]*  *\\([0-9]*\\)  *[0-9]*  *\\([0-9]*\\).*/\\1 \\2/p\")\"; "
        + "echo " + HolderReady + "; exec cat'";

    /// <summary>Before the facts of the machine; what came earlier is noise of its login.</summary>
    public const string HolderBegin = "chatops-facts";

    /// <summary>Behind the facts: the connection is good.</summary>
    public const string HolderReady = "chatops-ready";

    private const string SearchList = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // As on the gateway's own machine: nothing that a repository says may start a program when the words alone were judged.
    private const string WithoutShell =
        " GIT_OPTIONAL_LOCKS=0 GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=core.fsmonitor GIT_CONFIG_VALUE_0=false GIT_CONFIG_KEY_1=core.hooksPath GIT_CONFIG_VALUE_1=/dev/null";

    // Marked processes are found wherever they went, as long as the machine has a /proc. Only a shell that was read to its end begins anything.
    private const string Stopping =
        """
        marked() { grep -lsF "CHATOPS_MARK=$mark" /proc/[0-9]*/environ 2>/dev/null | sed 's|^/proc/||; s|/environ$||'; }
        pause() { sleep 0.1 2>/dev/null || sleep 1; }
        send() {
          kill -"$1" -"$group" 2>/dev/null || kill -"$1" "$group" 2>/dev/null
          for p in $(marked); do kill -"$1" "$p" 2>/dev/null; done
        }
        alive() { kill -0 -"$group" 2>/dev/null || [ -n "$(marked)" ]; }
        stop() {
          send TERM
          n=0
          while [ "$n" -lt "$1" ] && alive; do pause; n=$((n+1)); done
          n=0
          while [ "$n" -lt 20 ] && alive; do send KILL; pause; n=$((n+1)); done
        }

        """;

    /// <summary>
    /// Runs one command. When it reads something, that has to follow: <see cref="InputBegin"/>, the content in base64, and <see cref="InputEnd"/>. The shell has read
    /// all of it before it begins anything.
    /// </summary>
    /// <param name="request">What runs.</param>
    /// <param name="key">The secret word of what is said about it.</param>
    /// <param name="mark">What its processes bear in their environment.</param>
    public static string Run(ExecutionRequest request, string key, string mark)
    {
        var seconds = ((long)Math.Ceiling(request.Timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var line = ShellText.Quote(request.Program is null ? request.Line : ShellText.Program(request.Program));
        var needed = string.Concat(ShellText.Needed(request.Program).Select(name => $"  has {ShellText.Quote(name)} || {{ say {SshWord.NoProgram} {ShellText.Quote(name)}; exit 0; }}\n"));
        var input = request.Input is not { } content ? "" : $$"""
              input=$(mktemp) && base64 -d <&4 >"$input" && [ "$(sha256sum <"$input" | cut -c 1-64)" = {{content.Sha256}} ] || { rm -f -- "$input"; say {{SshWord.NoInput}}; exit 0; }
              exec 4<&- 5<"$input"
              rm -f -- "$input"

            """;
        return $$"""
            key={{key}} mark={{mark}}
            {{Stopping}}
            say() { printf '%s %s\n' "$key" "$*" >&3; }
            has() {
              case $1 in
                */*) [ -x "$1" ] && [ ! -d "$1" ]; return;;
              esac
              for d in {{SearchList.Replace(':', ' ')}}; do [ -x "$d/$1" ] && [ ! -d "$d/$1" ] && return 0; done
              return 1
            }
            main() {
              exec 3>&2
              trap : PIPE
              printf '%s\n' "$key"
              cd {{ShellText.Quote(request.WorkingDirectory)}} 2>/dev/null || { say {{SshWord.NoDirectory}}; exit 0; }
            {{needed}}
            {{input}}
              say {{SshWord.Begin}}
              own=
              command -v setsid >/dev/null 2>&1 && own=setsid
              env -i PATH={{SearchList}} LANG=C.UTF-8 HOME="${HOME:-/}" USER="${USER:-$(id -un)}" LOGNAME="${LOGNAME:-$(id -un)}" TERM=dumb PAGER=cat GIT_PAGER=cat SYSTEMD_PAGER=cat \
                GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0{{(request.Program is null ? "" : WithoutShell)}} \
                CHATOPS_EXECUTION={{ShellText.Quote(request.Id)}} CHATOPS_MARK="$mark" \
                $own /bin/sh -c -- {{line}} {{(request.Input is null ? "</dev/null" : "<&5 5<&-")}} 2>&1 3>&- &
              group=$!
              {{(request.Input is null ? "" : "exec 5<&-")}}
              say {{SshWord.Started}} "$group"
              ( trap 'kill "$s" 2>/dev/null; exit 0' TERM
                trap : PIPE
                sleep {{seconds}} </dev/null >/dev/null 2>&1 3>&- & s=$!
                wait "$s"; s=
                say {{SshWord.TimedOut}}
                stop 20 ) </dev/null >/dev/null 2>&1 &
              watch=$!
              wait "$group"; status=$?
              kill "$watch" 2>/dev/null; wait "$watch" 2>/dev/null
              left=0
              if [ -n "$(marked)" ]; then
                pause
                set -- $(marked); left=$#
                [ "$left" -gt 0 ] && stop 3
              fi
              say {{SshWord.Exit}} "$status" "$left"
              exit 0
            }
            {{(request.Input is null ? "main\n" : "")}}
            """;
    }

    /// <summary>Before the content.</summary>
    public static string InputBegin(string key) => $"main 4<<'{key}'\n";

    /// <summary>Behind the content, which ends with a line end.</summary>
    public static string InputEnd(string key) => $"{key}\n";

    /// <summary>Stops what one command started, over another session.</summary>
    /// <param name="group">Its process group on the node.</param>
    /// <param name="mark">What its processes bear.</param>
    public static string Stop(int group, string mark) => string.Create(CultureInfo.InvariantCulture, $"mark={mark} group={group}\n{Stopping}\nmain() {{ stop 20; exit 0; }}\nmain\n");
}
