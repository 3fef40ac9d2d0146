using System.CommandLine;
using ChatOps.Node;
using ChatOps.Node.Installing;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops node install</c> and <c>uninstall</c>: the daemon as a service of this machine. They need no gateway and start none.</summary>
internal static class NodeInstallCommand
{
    private const string Install = "install", Uninstall = "uninstall";

    /// <summary>Whether this command line is one of them, and no question for help.</summary>
    public static bool Matches(IReadOnlyList<string> args) =>
        args is [NodeDaemonCommand.Name, Install or Uninstall, ..] && !args.Any(a => a is "--help" or "-h" or "-?");

    /// <summary>Runs it.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, CliStreams streams)
    {
        var version = typeof(NodeInstallCommand).Assembly.GetName().Version!.ToString(3);
        string[] rest = [.. args.Skip(2)];
        return args[1] == Install
            ? NodeInstaller.InstallAsync(rest, [Environment.ProcessPath!, NodeDaemonCommand.Name], version, streams.Output, streams.Error)
            : NodeInstaller.UninstallAsync(rest, streams.Output, streams.Error);
    }

    /// <summary>Makes the commands known to help and completion. They themselves never come here.</summary>
    public static void AddTo(RootCommand root)
    {
        var node = root.Subcommands.First(c => c.Name == NodeDaemonCommand.Name);
        node.Add(Of(root, Install, "Make the daemon a service of this machine: a hardened systemd unit, or a start script where there is no systemd.", [.. DaemonArguments.Options, .. NodeInstaller.InstallOptions]));
        node.Add(Of(root, Uninstall, "Take back what 'node install' did; the node's key stays unless --purge is given.", NodeInstaller.UninstallOptions));
    }

    private static Command Of(RootCommand root, string name, string description, IEnumerable<(string Name, string? Value, string Description)> options)
    {
        var command = new Command(name, description);
        foreach (var (option, value, text) in options.Where(o => root.Options.All(known => known.Name != o.Name)))
            command.Add(value is null ? new Option<bool>(option) { Description = text } : new Option<string[]>(option) { HelpName = value, Description = text });
        return command;
    }
}
