using System.CommandLine;
using System.Security.Cryptography;
using ChatOps.Configuration;
using ChatOps.Node;
using ChatOps.Secrets;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops node --relay URL</c>: the daemon on a machine of the fleet. It builds no gateway and no tree of commands, so that it starts at once.</summary>
internal static class NodeDaemonCommand
{
    /// <summary>The command, which with a verb is the fleet's membership.</summary>
    public const string Name = "node";

    /// <summary>Whether this command line is the daemon's.</summary>
    public static bool Matches(IReadOnlyList<string> args) =>
        args.Skip(Leading(args)).FirstOrDefault() == Name
        && args.Any(a => a == "--relay" || a.StartsWith("--relay=", StringComparison.Ordinal)) && !args.Any(a => a is "--help" or "-h" or "-?");

    /// <summary>Makes the command known to help and completion. The daemon itself never comes here.</summary>
    public static void AddTo(RootCommand root)
    {
        var command = root.Subcommands.First(c => c.Name == Name);
        command.Description = "The machines of the fleet; with --relay, the daemon on one of them.";
        foreach (var (name, value, description) in DaemonArguments.Options.Where(o => root.Options.All(known => known.Name != o.Name)))
            command.Add(new Option<string[]>(name) { HelpName = value, Description = description });
    }

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliStreams streams)
    {
        var version = typeof(NodeDaemonCommand).Assembly.GetName().Version!.ToString(3);
        if (!DaemonArguments.TryRead([.. args.Where((a, i) => i != Leading(args) && a is not ("--json" or "--verbose"))], version, out var options, out var problem)) return Fail(streams, ExitCodes.Usage, problem);
        using var signals = new StopSignals();
        try
        {
            var redactor = SecretsRegistration.CreateRedactor(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) });
            var end = await NodeDaemon.RunAsync(options, redactor, streams.Error, TimeProvider.System, signals.Token);
            return end.Asked ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (ConfigurationProblemsException e)
        {
            return Fail(streams, ExitCodes.Usage, string.Join(Environment.NewLine, e.Problems));
        }
    }

    // Options that all commands have may stand before the command.
    private static int Leading(IReadOnlyList<string> args)
    {
        var next = 0;
        while (next < args.Count && (args[next] is "--json" or "--verbose" or "--data" || args[next].StartsWith("--data=", StringComparison.Ordinal))) next += args[next] == "--data" ? 2 : 1;
        return next;
    }

    private static int Fail(CliStreams streams, int code, string message)
    {
        streams.Error.WriteLine(message);
        return code;
    }
}
