using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ChatOps.Fleet.Ssh;

/// <summary>Starts the system's OpenSSH client. What is asked is never an option to it, and it never asks anybody.</summary>
internal sealed class SshClient(SshOptions options, SshPlaces places)
{
    private static readonly string[] Passed = ["PATH", "HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "TZ", "XDG_RUNTIME_DIR", "KRB5CCNAME", "TMPDIR"];

    // In a session of its own, a Ctrl-C at the gateway's terminal does not reach it, and it finds no terminal to ask at.
    private static readonly string? OwnSession = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    /// <summary>The arguments for a node's warm connection.</summary>
    public IReadOnlyList<string> Holder(string node, SshAddress address) =>
        [.. Common(node, address), "-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-o", $"ControlPath={Value(places.Socket(node))}", .. Destination(address), SshScript.Holder];

    /// <summary>The arguments for a session over it. Where the server allows no further session, ssh makes a connection for this one alone.</summary>
    public IReadOnlyList<string> Session(string node, SshAddress address, string command) =>
        [.. Common(node, address), "-o", "ControlMaster=no", "-o", $"ControlPath={Value(places.Socket(node))}", .. Destination(address), command];

    /// <summary>The arguments for a connection that only looks which key the host shows, and writes it to a file. Nobody is let in by it.</summary>
    public IReadOnlyList<string> Look(SshAddress address, string file, string? algorithms) =>
    [
        .. algorithms is null ? (IReadOnlyList<string>)[] : ["-o", $"HostKeyAlgorithms={algorithms}"],
        "-o", "StrictHostKeyChecking=accept-new", "-o", $"UserKnownHostsFile={Value(file)}", "-o", "GlobalKnownHostsFile=/dev/null", "-o", "HashKnownHosts=no", "-o", "CheckHostIP=no",
        "-o", "PreferredAuthentications=none", "-o", "ControlPath=none", .. Always(), .. Of(address), .. Destination(address), "true",
    ];

    /// <summary>Starts it.</summary>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(OwnSession ?? "ssh")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/",
        };
        if (OwnSession is not null) start.ArgumentList.Add("ssh");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var kept = Passed.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(v => v.value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept) start.Environment[name] = value;
        // Its messages are read here; a question that a bastion's client may have is answered with no.
        start.Environment["LC_ALL"] = "C";
        start.Environment["SSH_ASKPASS"] = "/bin/false";
        start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        return Process.Start(start) ?? throw new InvalidOperationException("The OpenSSH client did not start.");
    }

    private IEnumerable<string> Common(string node, SshAddress address) =>
    [
        "-o", "StrictHostKeyChecking=yes", "-o", "UpdateHostKeys=no",
        "-o", $"GlobalKnownHostsFile={Value(places.KnownHosts(node))} /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2",
        "-o", "ServerAliveInterval=10", "-o", "ServerAliveCountMax=2", .. Always(), .. Of(address),
    ];

    private IEnumerable<string> Always() =>
    [
        .. options.ConfigFile is { } file ? (IReadOnlyList<string>)["-F", file] : [],
        "-T", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={(int)Math.Ceiling(options.ConnectTimeout.TotalSeconds)}"),
        "-o", "ForwardAgent=no", "-o", "ForwardX11=no", "-o", "ClearAllForwardings=yes", "-o", "PermitLocalCommand=no", "-o", "RemoteCommand=none", "-o", "EscapeChar=none",
    ];

    private static IEnumerable<string> Of(SshAddress address) =>
    [
        .. address.Port is { } port ? (IReadOnlyList<string>)["-p", port.ToString(CultureInfo.InvariantCulture)] : [],
        .. address.Identity is { } identity ? (IReadOnlyList<string>)["-i", identity.Replace("%", "%%", StringComparison.Ordinal), "-o", "IdentitiesOnly=yes"] : [],
        .. address.Jump is { } jump ? (IReadOnlyList<string>)["-J", jump] : [],
    ];

    private static IEnumerable<string> Destination(SshAddress address) => ["--", address.Destination];

    // A path in an option's value: words are split and percent signs are expanded there.
    private static string Value(string path) => "\"" + path.Replace("%", "%%", StringComparison.Ordinal) + "\"";
}
