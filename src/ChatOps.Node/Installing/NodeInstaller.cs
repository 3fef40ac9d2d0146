using System.Text;
using ChatOps.Node.Connection;

namespace ChatOps.Node.Installing;

/// <summary>
/// <c>node install</c> and <c>node uninstall</c>: makes the daemon a service of this machine, says everything that it did, changes nothing twice, and
/// takes back exactly what it did.
/// </summary>
public static class NodeInstaller
{
    private const int Done = 0, Failed = 1, Usage = 2;
    private const string BinaryPath = "/usr/local/bin/chatops-node";
    private const string UserMark = "user ";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Options beyond the daemon's, for help; no value is a flag.</summary>
    public static IReadOnlyList<(string Name, string? Value, string Description)> InstallOptions => InstallArguments.Options;

    /// <summary>Options of the removal, for help.</summary>
    public static IReadOnlyList<(string Name, string? Value, string Description)> UninstallOptions => InstallArguments.UninstallOptions;

    /// <summary>Installs.</summary>
    /// <param name="args">The command line behind <c>install</c>.</param>
    /// <param name="program">What is started: the program, and the word that makes it the daemon when it needs one.</param>
    /// <param name="version">Its version.</param>
    /// <param name="output">Where it says what it did.</param>
    /// <param name="errors">Where it says why not.</param>
    /// <returns>0 done; 1 failed; 2 the command line is wrong.</returns>
    public static async Task<int> InstallAsync(IReadOnlyList<string> args, IReadOnlyList<string> program, string version, TextWriter output, TextWriter errors)
    {
        if (!InstallArguments.TryRead(args, version, out var options, out var problem)) return Fail(errors, Usage, problem);
        if (options.Daemon.MoreRelays.Prepend(options.Daemon.Relay).Select(RelayAddress.Problem).FirstOrDefault(p => p is not null) is { } relay) return Fail(errors, Usage, $"--relay: {relay}");
        if (options.Daemon.Pin is { } pin && !ServerTrust.IsPin(pin)) return Fail(errors, Usage, "--pin is the SHA-256 of the public key of the relay's certificate: 64 hexadecimal digits.");
        if (options.Daemon.JoinToken is { } given && JoinTokenText.GatewayOf(given) is null) return Fail(errors, Usage, "--join is no join token; 'chatops node token create' makes one.");
        var joined = Directory.Exists(options.At(options.Daemon.StateDirectory)) && File.Exists(Path.Combine(options.At(options.Daemon.StateDirectory), "membership.json"));
        if (options.Daemon.JoinToken is null && !joined && !File.Exists(options.At(ServiceFiles.TokenPath)))
            return Fail(errors, Usage, $"--join is missing (or {DaemonArguments.TokenVariable}): this machine has not joined yet. On the gateway: chatops node token create");
        if (options.IsThisMachine && !options.DryRun && !Environment.IsPrivilegedProcess) return Fail(errors, Failed, "Only root may install a service. Run it with sudo, look at it with --dry-run, or write it below a directory with --root DIR.");
        try
        {
            await InstallAsync(options, program, output);
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(errors, Failed, $"It could not be installed: {e.Message}");
        }
    }

    /// <summary>Takes an installation back.</summary>
    public static async Task<int> UninstallAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        string root = "/";
        bool purge = false, dry = false;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--purge") purge = true;
            else if (args[i] == "--dry-run") dry = true;
            else if (args[i] == "--root" && i + 1 < args.Count) root = Path.GetFullPath(args[++i]);
            else return Fail(errors, Usage, $"'{args[i]}' is not understood; there are: {string.Join(", ", InstallArguments.UninstallOptions.Select(o => o.Name))}.");
        }

        if (root == "/" && !dry && !Environment.IsPrivilegedProcess) return Fail(errors, Failed, "Only root may remove a service. Run it with sudo, or look at it with --dry-run.");
        try
        {
            await UninstallAsync(root, purge, new InstallSteps(root, dry, output));
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(errors, Failed, $"It could not be removed: {e.Message}");
        }
    }

    private static async Task InstallAsync(InstallOptions options, IReadOnlyList<string> program, TextWriter output)
    {
        var steps = new InstallSteps(options.Root, options.DryRun, output);
        var installed = Installed(options.Root);
        installed.UnionWith([ServiceFiles.UnitPath, ServiceFiles.ScriptPath]);
        var command = Binary(options, program, steps, installed);
        if (options.User is { } user) await UserAsync(options, user, steps, installed);
        steps.MakeDirectory(ServiceFiles.Directory, OwnerOnly | UnixFileMode.UserExecute);
        if (options.Daemon.StateDirectory != InstallArguments.StateDirectory) steps.Say($"left       {options.Daemon.StateDirectory} is yours to make, for the user of the service, with mode 700");
        if (options.Daemon.JoinToken is { } token) steps.Write(ServiceFiles.TokenPath, Encoding.ASCII.GetBytes(token), OwnerOnly);
        var hasToken = options.Daemon.JoinToken is not null || File.Exists(options.At(ServiceFiles.TokenPath));
        if (hasToken) installed.Add(ServiceFiles.TokenPath);
        var changed = steps.Write(ServiceFiles.UnitPath, Encoding.UTF8.GetBytes(ServiceFiles.Unit(options, command, hasToken, await SystemdAsync())), Readable);
        steps.Write(ServiceFiles.ScriptPath, Encoding.UTF8.GetBytes(ServiceFiles.Script(options, command, hasToken)), Program);
        steps.Write(ServiceFiles.ListPath, Encoding.UTF8.GetBytes(string.Concat(installed.Select(i => i + "\n"))), OwnerOnly);
        await StartAsync(options, steps, changed);
    }

    private static async Task StartAsync(InstallOptions options, InstallSteps steps, bool unitChanged)
    {
        var service = Installing.InstallOptions.Service;
        if (!options.IsThisMachine)
        {
            steps.Say($"Nothing was started: this is not the running machine. There: systemctl enable --now {service}");
        }
        else if (!Directory.Exists("/run/systemd/system"))
        {
            steps.Say($"There is no systemd here, so nothing was started. Start it with: {ServiceFiles.ScriptPath} &   (its first lines say how to start it at boot)");
        }
        else
        {
            await steps.RunAsync("systemctl", "daemon-reload");
            await steps.RunAsync("systemctl", "enable", service);
            if (options.Start) await steps.RunAsync("systemctl", steps.Changed || unitChanged ? "restart" : "start", service);
            steps.Say(options.Start ? $"See how it is: systemctl status {service}; what it says: journalctl -u {service}" : $"Not started. Start it with: systemctl start {service}");
        }
    }

    private static async Task UninstallAsync(string root, bool purge, InstallSteps steps)
    {
        var service = Installing.InstallOptions.Service;
        var installed = Installed(root);
        if (installed.Count == 0)
        {
            steps.Say("Nothing is installed here by 'chatops node install'.");
            return;
        }

        var systemd = root == "/" && Directory.Exists("/run/systemd/system");
        if (systemd) await steps.RunAsync("systemctl", "disable", "--now", service);
        foreach (var path in installed.Where(i => i.StartsWith('/'))) steps.Remove(path);
        steps.Remove(ServiceFiles.Directory);
        if (systemd) await steps.RunAsync("systemctl", "daemon-reload");
        var user = installed.FirstOrDefault(i => i.StartsWith(UserMark, StringComparison.Ordinal))?[UserMark.Length..];
        if (purge)
        {
            steps.Remove(InstallArguments.StateDirectory);
            if (user is not null && root == "/") await steps.RunAsync("userdel", user);
        }
        else
        {
            steps.Say($"kept       {InstallArguments.StateDirectory}/ with the key of this node{(user is null ? "" : $", and the user {user}")}; --purge removes it too");
        }

        steps.Say("The gateway still knows the node. Remove it there: chatops node remove NAME");
    }

    // A single file can be copied; a program that has its parts beside it runs where it is.
    private static IReadOnlyList<string> Binary(InstallOptions options, IReadOnlyList<string> program, InstallSteps steps, SortedSet<string> installed)
    {
        var single = !File.Exists(Path.Combine(AppContext.BaseDirectory, "ChatOps.Node.dll"));
        if (options.KeepBinary || !single || program[0] == BinaryPath)
        {
            steps.Say($"left       {program[0]}, which is what is started{(single || options.KeepBinary ? "" : " (its parts are beside it)")}");
            return program;
        }

        steps.Write(BinaryPath, File.ReadAllBytes(program[0]), Program);
        installed.Add(BinaryPath);
        return [BinaryPath, .. program.Skip(1)];
    }

    private static async Task UserAsync(InstallOptions options, string user, InstallSteps steps, SortedSet<string> installed)
    {
        var users = options.At("/etc/passwd");
        if (File.Exists(users) && File.ReadLines(users).Any(l => l.StartsWith(user + ":", StringComparison.Ordinal)))
        {
            steps.Say($"unchanged  user {user}");
            return;
        }

        string[] words = ["useradd", "--system", "--user-group", "--home-dir", InstallArguments.StateDirectory, "--no-create-home", "--shell", "/usr/sbin/nologin", user];
        if (!options.IsThisMachine) steps.Say($"left       make the user there: {string.Join(' ', words)}");
        else if (!await steps.RunAsync(words)) throw new IOException($"the user {user} could not be made.");
        else installed.Add(UserMark + user);
    }

    private static SortedSet<string> Installed(string root)
    {
        var path = root == "/" ? ServiceFiles.ListPath : Path.Combine(root, ServiceFiles.ListPath.TrimStart('/'));
        return new SortedSet<string>(File.Exists(path) ? File.ReadAllLines(path).Where(l => l.Length > 0) : [], StringComparer.Ordinal);
    }

    private static async Task<int?> SystemdAsync()
    {
        var (ok, said) = await SystemProgram.RunAsync("systemctl", "--version");
        return ok && said.Split(' ', '\n') is [_, var version, ..] && int.TryParse(version, out var number) ? number : null;
    }

    private static int Fail(TextWriter errors, int code, string text)
    {
        errors.WriteLine(text);
        return code;
    }
}
