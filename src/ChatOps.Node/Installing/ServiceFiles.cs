using System.Text;

namespace ChatOps.Node.Installing;

/// <summary>The texts of what is installed: the unit of systemd, and a start script for machines without it.</summary>
internal static class ServiceFiles
{
    /// <summary>The unit.</summary>
    public const string UnitPath = "/etc/systemd/system/" + InstallOptions.Service + ".service";

    /// <summary>The start script.</summary>
    public const string ScriptPath = "/usr/local/sbin/" + InstallOptions.Service + "-start";

    /// <summary>The join token.</summary>
    public const string TokenPath = Directory + "/join-token";

    /// <summary>What was installed.</summary>
    public const string ListPath = Directory + "/installed";

    /// <summary>Directory of the two.</summary>
    public const string Directory = "/etc/" + InstallOptions.Service;

    private const int BackoffSince = 254;

    /// <summary>The words that start the daemon, without the token.</summary>
    public static IReadOnlyList<string> Words(InstallOptions options, IReadOnlyList<string> program)
    {
        var daemon = options.Daemon;
        List<string> words = [.. program, .. daemon.MoreRelays.Prepend(daemon.Relay).SelectMany(r => (string[])["--relay", r.OriginalString]), "--data", daemon.StateDirectory];
        if (daemon.Name is { } name) words.AddRange(["--name", name]);
        foreach (var (key, value) in daemon.Labels) words.AddRange(["--label", $"{key}={value}"]);
        if (daemon.Pin is { } pin) words.AddRange(["--pin", pin]);
        if (daemon.PolicyFile is { } policy) words.AddRange(["--policy", policy]);
        return words;
    }

    /// <summary>The unit.</summary>
    /// <param name="options">The installation.</param>
    /// <param name="program">What is started.</param>
    /// <param name="hasToken">Whether there is a join token.</param>
    /// <param name="systemd">Version of systemd there; null when it is not known.</param>
    public static string Unit(InstallOptions options, IReadOnlyList<string> program, bool hasToken, int? systemd)
    {
        var text = new StringBuilder();
        text.Append($"""
            # Written by 'chatops node install'; 'chatops node uninstall' removes it. Changes of yours belong into a drop-in: systemctl edit {InstallOptions.Service}
            [Unit]
            Description=ChatOps node
            Wants=network-online.target
            After=network-online.target
            StartLimitIntervalSec=0

            [Service]
            Type=exec
            ExecStart={string.Join(' ', Words(options, program).Select(Quoted))}{(hasToken ? " --join-file ${CREDENTIALS_DIRECTORY}/join-token" : "")}

            """);
        if (hasToken)
        {
            text.Append($"""
                # The join token is in a file of root alone and reaches the daemon as a credential: it stands in no argument and in no environment.
                LoadCredential=join-token:{TokenPath}

                """);
        }

        if (options.Daemon.StateDirectory == InstallArguments.StateDirectory) text.Append($"StateDirectory={InstallOptions.Service}\nStateDirectoryMode=0700\n");
        text.Append("""

            # It comes back whatever ends it, but not when its settings are wrong (2) or when the gateway wants it no more (1).
            Restart=always
            RestartPreventExitStatus=1 2
            RestartSec=2

            """);
        if (systemd >= BackoffSince) text.Append("RestartSteps=5\nRestartMaxDelaySec=60\n");
        text.Append("""
            # What it runs is stopped with it: first politely, by itself.
            KillMode=mixed
            TimeoutStopSec=20

            # Bounds of the daemon and of everything that it runs together.
            TasksMax=4096
            LimitNOFILE=65536
            LimitCORE=0
            MemoryMax=75%
            # A command that takes too much memory is killed; the daemon goes on and says so.
            OOMPolicy=continue

            # Nothing that it runs gets more rights than it has: sudo and su do not work in commands. Choose the user whose rights they need instead.
            NoNewPrivileges=yes
            LockPersonality=yes
            RestrictRealtime=yes
            SystemCallArchitectures=native

            """);
        text.Append(options.User is { } user
            ? $"""
                # It runs as a user of its own. What that user may not do anyway is closed here too.
                User={user}
                CapabilityBoundingSet=
                AmbientCapabilities=
                ProtectSystem=full
                ProtectControlGroups=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectClock=yes
                ProtectHostname=yes
                RestrictSUIDSGID=yes

                """
            : """
                # It runs as root, because commands on this machine are to be able to change it: restart services, write below /etc, install packages. So
                # ProtectSystem, ProtectHome, PrivateTmp, RestrictSUIDSGID and a smaller CapabilityBoundingSet are left out: each would break such commands.
                # What may be asked for at all says node-policy.yaml in its state directory, and every change needs an order that the gateway signed.
                # With 'node install --user NAME' it runs as a user of its own, and much more is closed.

                """);
        return text.Append("""

            [Install]
            WantedBy=multi-user.target

            """).ToString();
    }

    /// <summary>The start script: keeps the daemon running, whatever started the script.</summary>
    public static string Script(InstallOptions options, IReadOnlyList<string> program, bool hasToken)
    {
        var command = string.Join(' ', Words(options, program).Select(Shell)) + (hasToken ? " --join-file \"$token\"" : "");
        var run = options.User is null ? command : $"setpriv --reuid={options.User} --regid={options.User} --init-groups --no-new-privs -- {command}";
        var state = Shell(options.Daemon.StateDirectory);
        var owner = options.User is { } user ? $"chown {user}: {state}\n" : "";
        var token = !hasToken ? "" : options.User is null
            ? $"token={TokenPath}\n"
            // The daemon reads it as its own user; the copy is in the directory that is that user's alone.
            : $"token={state}/join-token\n(umask 077; cp {TokenPath} \"$token\"); chown {options.User}: \"$token\"\n";
        return $"""
            #!/bin/sh
            # Written by 'chatops node install'; 'chatops node uninstall' removes it. For machines without systemd: start it at boot by whatever starts services here, for
            # example a line '::respawn:{ScriptPath}' in /etc/inittab, or '@reboot {ScriptPath}' in root's crontab.
            mkdir -p -m 0700 {state}
            {owner}{token}child=
            trap 'trap - TERM INT; [ -z "$child" ] || kill "$child"; wait; exit 0' TERM INT
            wait=2
            while :; do
              {run} &
              child=$!
              wait "$child"; status=$?
              # Wrong settings (2), or the gateway wants it no more (1): starting it again would change nothing.
              case $status in 0|1|2) exit "$status";; esac
              sleep "$wait" & child=$!; wait "$child"
              [ "$wait" -ge 60 ] || wait=$((wait * 2))
            done

            """;
    }

    // systemd.service(5): specifiers begin with %, variables with $.
    private static string Quoted(string word) =>
        "\"" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal) + "\"";

    private static string Shell(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
