using ChatOps.Cli.Client;
using ChatOps.Cli.Terminal;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary>Waits for people: shows the card and how to decide, until the invocation has ended.</summary>
internal static class ApprovalWait
{
    private const string ShowTool = "approvals_show";

    /// <summary>Waits.</summary>
    public static async Task<InvocationAnswer> RunAsync(
        CliContext context, GatewayConnection connection, InvocationAnswer waiting, bool json, NodeLines? lines, CancellationToken cancellationToken)
    {
        var id = waiting.Approval ?? "";
        if (!json)
        {
            await ShowCardAsync(context, connection.Client, waiting, cancellationToken);
            context.Say($"{waiting.Summary}{Environment.NewLine}Decide in another terminal, or in the console:"
                + $"{Environment.NewLine}  chatops approvals approve {id}{Environment.NewLine}  chatops approvals deny {id} --reason '…'");
        }

        try
        {
            var doing = $"waiting for approval {id} (Ctrl+C leaves it pending)";
            using var spinner = json ? null : new Spinner(context.Streams, doing);
            return await connection.AskAsync(
                client =>
                {
                    spinner?.Show(doing);
                    return client.WaitAsync(waiting.Invocation, lines is null ? null : lines.Show, cancellationToken);
                },
                () => spinner?.Show(GatewayConnection.Away),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.Say(connection.IsOwn
                ? $"Approval {id} stays pending. It is carried out by the next gateway that runs; `chatops gateway` starts one."
                : $"Approval {id} stays pending; when somebody approves, it runs without this terminal.");
            return waiting;
        }
    }

    private static async Task ShowCardAsync(CliContext context, GatewayClient client, InvocationAnswer waiting, CancellationToken cancellationToken)
    {
        if (waiting.Approval is null) return;
        var card = await client.CallAsync(ShowTool, new Dictionary<string, string> { ["id"] = waiting.Approval }, null, cancellationToken);
        if (card.Status == InvocationStatus.Done && card.Message is not null) new MessagePrinter(context.Streams).Print(card.Message);
    }
}
