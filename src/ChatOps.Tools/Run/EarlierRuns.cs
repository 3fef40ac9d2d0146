using System.Text.Json;
using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools.Gate;

namespace ChatOps.Tools.Run;

/// <summary>
/// Repeats an earlier run on the nodes where it did not succeed. Nodes on which its end is unknown are never among them. The arguments that come
/// out name the earlier invocation, whose outcome cannot change any more: resolved again, they mean the same.
/// </summary>
internal sealed class EarlierRuns(IStore store, IAuditLog audit)
{
    private const string Parameter = "rerun";
    private const string Failed = "failed";

    /// <summary>How many of a person's newest records are looked through for the newest run of a conversation.</summary>
    private const int Newest = 200;

    /// <summary>What is repeated as it was unless it is given anew. How nodes are taken one after the other is not.</summary>
    private static readonly string[] Kept = ["command_line", "on", "cwd", "timeout"];

    public async Task<Repetition> RepeatAsync(InvocationRequest request, Principal principal, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        if (!arguments.TryGetValue(Parameter, out var asked)) return new Repetition(arguments);
        var conversation = request.Conversation?.Id;
        var id = asked == Failed ? await NewestAsync(principal.Id, conversation, cancellationToken)
            : asked.EndsWith($":{Failed}", StringComparison.Ordinal) ? asked[..^(Failed.Length + 1)]
            : asked;
        if (id is null) return No("There is no earlier run of yours here to repeat; name it: --rerun INVOCATION:failed.");
        var row = await store.ReadAsync(s => s.Invocations.Find(id), cancellationToken);
        // Somebody else's and an unknown one look the same.
        if (row is null || row.Tool != request.Tool || (row.Principal != principal.Id && (conversation is null || row.ConversationId != conversation)))
            return No($"There is no run '{id}' of yours to repeat.");
        if (row.OutcomeJson is null) return No($"Run {id} has not ended yet.");
        var before = ToolArguments.FromJson(row.ArgumentsJson);
        if (before.Flag("dry_run")) return No($"{id} was a dry run; nothing ran that could be repeated.");
        var ran = Read(row.OutcomeJson);
        var nodes = ran.Where(r => r.Value is not ("ok" or "unknown")).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var unknown = ran.Count(r => r.Value == "unknown");
        if (nodes.Count == 0)
        {
            return No(ran.Count == 0 ? $"Nothing is known of run {id} that could be repeated."
                : $"There is nothing to repeat of run {id}: it was ok on {ran.Count - unknown} of {ran.Count} nodes"
                    + (unknown == 0 ? "." : $", and on {unknown} its end is unknown; that is never repeated by itself. Look there, then decide."));
        }

        if (arguments.TryGetValue(Kept[0], out var line) && line != before.Text(Kept[0]))
            return No("--rerun repeats the command that ran; leave the command out, or run it anew.");
        var completed = arguments.ToDictionary(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (before.Text(name) is { } value) completed.TryAdd(name, value);
        }

        completed[Parameter] = $"{id}:{Failed}";
        return new Repetition(completed, nodes);

        Repetition No(string why) => new(arguments, Problem: why);
    }

    private async Task<string?> NewestAsync(string principal, string? conversation, CancellationToken cancellationToken)
    {
        var records = await audit.QueryAsync(new AuditQuery(Principal: principal, Tool: RunTool.Definition.Name, Limit: Newest), cancellationToken);
        var ids = records.Select(r => r.Entry).Where(e => e.Kind == AuditKind.Outcome && e.ConversationId == conversation).Select(e => e.InvocationId!).Distinct();
        return await store.ReadAsync(
            s => ids.FirstOrDefault(id => s.Invocations.Find(id) is { OutcomeJson: not null } row && !ToolArguments.FromJson(row.ArgumentsJson).Flag("dry_run")), cancellationToken);
    }

    private static Dictionary<string, string> Read(string outcomeJson)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Json.Read<InvocationOutcome>(outcomeJson).Result?.DataJson is not { } data) return found;
        using var document = JsonDocument.Parse(data);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("nodes", out var nodes) || nodes.ValueKind != JsonValueKind.Array) return found;
        foreach (var node in nodes.EnumerateArray())
        {
            // What does not say how it ended did not end in a known way.
            if (node.TryGetProperty("node", out var name) && name.GetString() is { } n)
                found[n] = node.TryGetProperty("outcome", out var outcome) ? outcome.GetString() ?? "unknown" : "unknown";
        }

        return found;
    }
}
