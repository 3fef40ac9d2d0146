using System.Text.Json;
using ChatOps.Cli.Terminal;
using ChatOps.Host;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops policy explain</c>: what the gate would think. Pure: it needs no gateway and no state, only the rules.</summary>
internal static class PolicyExplainCommand
{
    /// <summary>The tool that it stands for.</summary>
    public const string Tool = "policy_explain";

    private const string Parameter = "command_line";
    private const string StandardInput = "-";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Explains one command line, or each line of standard input.</summary>
    public static async Task<int> RunAsync(
        CliContext context, GlobalValues global, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var places = GatewayPlaces.Find(AppContext.BaseDirectory, global.Workspace);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddPolicy(SetupParts.Policy(places, GatewayPlaces.DataDirectory(global.Data, null)))
            .BuildServiceProvider();
        var risk = services.GetRequiredService<ICommandRisk>();
        var command = arguments[Parameter];
        if (command == StandardInput) return await FilterAsync(context, global.Json, risk, cancellationToken);
        Print(context, global.Json, risk.Assess(command));
        return ExitCodes.Done;
    }

    private static async Task<int> FilterAsync(CliContext context, bool json, ICommandRisk risk, CancellationToken cancellationToken)
    {
        var output = context.Streams.Output;
        var exitCode = ExitCodes.Done;
        while (await context.Streams.Input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0) continue;
            if (!json)
            {
                var verdict = risk.Assess(line);
                await output.WriteLineAsync(TerminalText.Inert($"{Word(verdict.Risk)}\t{verdict.Rule}\t{line}"));
            }
            else if (CommandOf(line) is { } command)
            {
                await output.WriteLineAsync(ForPrograms(risk.Assess(command)));
            }
            else
            {
                // One answer a line, so that whoever sent many can tell which one was wrong.
                await output.WriteLineAsync(Json.Write(new { error = "The line is not a JSON object with the text 'command'." }));
                exitCode = ExitCodes.Usage;
            }
        }

        return exitCode;
    }

    private static void Print(CliContext context, bool json, CommandAssessment verdict)
    {
        if (json)
        {
            context.Streams.Output.WriteLine(ForPrograms(verdict));
            return;
        }

        var what = verdict.Risk switch { Risk.Read => "It runs at once.", Risk.Forbidden => "It never runs, for anybody.", _ => "It asks first." };
        new MessagePrinter(context.Streams).Print(new RichMessage(
        [
            new FieldsBlock(
            [
                new("Command", verdict.Command), new("Risk", $"{Word(verdict.Risk)}. {what}"), new("Rule", verdict.Rule), new("Reason", verdict.Reason),
                new("Shell", verdict.RunsWithoutShell ? "none, the words as parsed" : "/bin/sh -c"),
            ]),
        ]));
    }

    private static string? CommandOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("command", out var command)
                && command.ValueKind == JsonValueKind.String ? command.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string ForPrograms(CommandAssessment verdict) => Json.Write(new
    {
        command = verdict.Command, risk = Word(verdict.Risk), rule = verdict.Rule, reason = verdict.Reason, runsWithoutShell = verdict.RunsWithoutShell,
    });

    private static string Word(Risk risk) => risk.ToString().ToLowerInvariant();
}
