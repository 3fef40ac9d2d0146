using System.CommandLine;
using ChatOps.Agent.Commands;
using ChatOps.Cli.Commands;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Cli;

/// <summary>The command line: built-in commands, and one for every tool from the tools' own definitions.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliStreams streams)
    {
        if (NodeInstallCommand.Matches(args)) return await NodeInstallCommand.RunAsync(args, streams);
        if (NodeDaemonCommand.Matches(args)) return await NodeDaemonCommand.RunAsync(args, streams);
        var context = new CliContext(streams, new GlobalOptions());
        var root = Build(context);
        var arranged = CommandTree.Arrange(root, args);
        var result = root.Parse(arranged.Args, CommandTree.Parsing);
        try
        {
            if (arranged.Wrong is { } wrong) return Usage(context, wrong.Error!, json: args.Contains("--json"));
            if (result.Errors.Count > 0 && result.Action is not HelpWithExamples)
                return Usage(context, CommandTree.Read(result)?.Error ?? UsageErrors.Describe(result), context.Global(result).Json);
            using var signals = new StopSignals();
            var invocation = new InvocationConfiguration
            {
                Output = streams.Output, Error = streams.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            };
            return await result.InvokeAsync(invocation, signals.Token);
        }
        catch (CliFailureException e)
        {
            return Fail(context, context.Global(result).Json, e.ExitCode, e.Code, e.Message);
        }
        catch (ConfigurationProblemsException e)
        {
            return Fail(context, context.Global(result).Json, ExitCodes.Usage, "configuration",
                "The configuration is not sound; nothing was started:" + Environment.NewLine + string.Join(Environment.NewLine, e.Problems.Select(p => "  " + p)));
        }
        catch (Exception e) when (e is StartRefusedException or StoreUnavailableException)
        {
            return Fail(context, context.Global(result).Json, ExitCodes.Failed, e is StoreUnavailableException ? "store_unavailable" : "start_refused", e.Message);
        }
        catch (OperationCanceledException)
        {
            context.Say("Stopped.");
            return ExitCodes.Failed;
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            // Whoever read the output (head, grep -q) has seen enough.
            return ExitCodes.Done;
        }
#pragma warning disable CA1031 // The outermost boundary: a person gets a sentence, never a stack trace they did not ask for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var global = context.Global(result);
            if (global.Verbose) context.Say(e.ToString());
            return Fail(context, global.Json, ExitCodes.Failed, "internal",
                "Something went wrong inside ChatOps; this is a defect. Run it again with --verbose, and report what it says.");
        }
        finally
        {
            await FlushAsync(streams);
        }
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Build(CliContext context)
    {
        var root = new RootCommand("ChatOps: a self-hosted gateway between the places where a team talks and the machines that it runs.");
        foreach (var version in root.Options.OfType<VersionOption>().ToList()) root.Options.Remove(version);
        context.Options.AddTo(root);
        root.Add(GatewayCommand.Create(context));
        root.Add(ChatCommand.Create(context));
        CommandTree.AddTo(root, ToolDefinitions.All, (command, result, cancellationToken) => ToolCommands.RunAsync(context, command, result, cancellationToken));
        NodeDaemonCommand.AddTo(root);
        NodeInstallCommand.AddTo(root);
        McpCommand.AddTo(root, context);
        ToolCommands.AddNoWait(root, ToolDefinitions.All);
        ToolCommands.AddLive(root);
        root.Add(RedactCommand.Create(context));
        root.Add(ConfigCommands.Create(context));
        root.Add(OnboardCommand.Create(context));
        root.Add(DoctorCommand.Create(context));
        root.Add(SecurityCommand.Create(context));
        root.Add(BackupCommand.Create(context));
        root.Add(RestoreCommand.Create(context));
        root.Add(CompletionCommand.Create(context));
        root.Add(CompleteCommand.Create(context, root));
        root.Add(VersionCommand.Create(context));
        root.Add(HelpCommand.Create(root));
        CommandHelp.Install(root, ToolDefinitions.All);
        root.SetAction(result =>
        {
            CommandHelp.Write(root, context.Streams.Error);
            return ExitCodes.Usage;
        });
        return root;
    }

    private const int BrokenPipe = 32;

    private static async Task FlushAsync(CliStreams streams)
    {
        try
        {
            await streams.Output.FlushAsync();
        }
        catch (IOException)
        {
            // The reader has gone.
        }
    }

    private static int Usage(CliContext context, string message, bool json) => Fail(context, json, ExitCodes.Usage, "usage", message);

    private static int Fail(CliContext context, bool json, int exitCode, string code, string message)
    {
        if (json) context.Streams.Output.WriteLine(Json.Write(new { status = "error", code, message }));
        else context.Say(message);
        return exitCode;
    }
}
