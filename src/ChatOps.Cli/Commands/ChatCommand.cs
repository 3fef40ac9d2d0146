using System.CommandLine;
using ChatOps.Cli.Client;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops chat</c>: a conversation in the terminal, or one message and its answer. The console shows the same conversation.</summary>
internal static class ChatCommand
{
    private const string Prompt = "> ";
    private static readonly string[] Farewells = ["/quit", "/exit"];

    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var message = new Option<string?>("--message", "-m") { HelpName = "TEXT", Description = "Say this, show the answer, and end. Without it: a conversation, until Ctrl+D." };
        var actAs = new Option<string?>("--as") { HelpName = "NAME", Description = "Speak as that person. Only the owner may, and the record says so." };
        var noWait = new Option<bool>("--no-wait") { Description = "Do not wait for an approval: exit with 4 and leave it pending." };
        var command = new Command("chat", "Talk to ChatOps here, as in any chat.") { message, actAs, noWait };
        command.Aliases.Add("agent");
        command.SetAction((result, cancellationToken) => RunAsync(
            context, context.Global(result), result.GetValue(message), result.GetValue(actAs), !result.GetValue(noWait), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, string? message, string? actAs, bool wait, CancellationToken cancellationToken)
    {
        if (message is null && global.Json) throw new CliFailureException(ExitCodes.Usage, "usage", "--json needs -m TEXT: a conversation has no single result.");
        await using var connection = await GatewayFinder.ConnectAsync(global, actAs, cancellationToken);
        await using var session = new ChatSession(context, connection, global.Json);
        await session.OpenAsync(cancellationToken);
        if (message is not null) return await session.AskAsync(message, wait, cancellationToken);
        return await TalkAsync(context, session, wait, cancellationToken);
    }

    private static async Task<int> TalkAsync(CliContext context, ChatSession session, bool wait, CancellationToken cancellationToken)
    {
        var streams = context.Streams;
        if (streams.InputIsTerminal) context.Say("Say something; /help lists the commands, Ctrl+D ends.");
        while (!cancellationToken.IsCancellationRequested)
        {
            session.PrintNews();
            if (streams.InputIsTerminal) await streams.Error.WriteAsync(Prompt);
            var line = await Task.Run(streams.Input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
            if (line is null || Farewells.Contains(line.Trim())) break;
            if (line.Trim().Length > 0) await session.AskAsync(line, wait, cancellationToken);
        }

        return ExitCodes.Done;
    }
}
