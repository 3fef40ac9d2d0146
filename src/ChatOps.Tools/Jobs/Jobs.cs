using System.Text.Json;
using ChatOps.Identity;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Jobs;

/// <summary>Jobs as people see them: from memory while they run here, and from the record afterwards.</summary>
internal sealed class Jobs(IStore store, LiveJobs live, JobAccess access, IRedactor redactor) : IJobs
{
    /// <summary>Characters of output, over all nodes, that are shown at once; each node gets its part, and never less than <see cref="Least"/>.</summary>
    private const int Output = 1024 * 1024;
    private const int Least = 1024;

    public IReadOnlyList<JobSummary> Running() => [.. live.All.Select(j => j.Summary())];

    public async Task<Job?> FindAsync(string id, Principal who, ConversationKey? where, CancellationToken cancellationToken)
    {
        var (row, stop) = await store.ReadAsync(
            session => access.Find(session, id, who, where) is { } found
                ? (found, session.Invocations.StopOf(found.Id, found.InboxId))
                : (null, null),
            cancellationToken);
        if (row is null) return null;
        var arguments = ToolArguments.FromJson(row.ArgumentsJson);
        var outcome = row.OutcomeJson is null ? null : Json.Read<InvocationOutcome>(row.OutcomeJson);
        using var data = outcome?.Result?.DataJson is { } json ? JsonDocument.Parse(json) : null;
        var nodes = live.Find(row.Id)?.Nodes(Math.Max(Least, Output / Math.Max(1, row.Targets.Count)))
            ?? (data is not null && Recorded(data.RootElement) is { Count: > 0 } ran ? ran : Unrecorded(row));
        return new Job(
            row.Id, Safe(JobTitle.Of(row)), Safe(arguments.Text("command_line") ?? JobTitle.Of(row)), row.Principal, row.Status, outcome?.Summary ?? "",
            row.CreatedAt, row.FinishedAt, stop?.By, data is null ? null : Text(data.RootElement, "file"), nodes);
    }

    private static List<JobNode> Recorded(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("nodes", out var nodes) || nodes.ValueKind != JsonValueKind.Array) return [];
        return [.. nodes.EnumerateArray().Where(n => Text(n, "outcome") is not null).Select(n => new JobNode(
            Text(n, "node") ?? "", Text(n, "outcome")!, Number(n, "exitCode") is { } exit ? (int)exit : null, Text(n, "output") ?? "", (long)(Number(n, "omittedBytes") ?? 0),
            Number(n, "durationMs") is { } ms ? TimeSpan.FromMilliseconds(ms) : null, Text(n, "message"), Text(n, "file")))];
    }

    // It waits, or it ended without a word about its nodes.
    private static List<JobNode> Unrecorded(InvocationRow row)
    {
        var word = row.Status switch
        {
            InvocationStatus.Waiting or InvocationStatus.Running => JobCount.Waiting,
            InvocationStatus.Unknown => OutcomeText.Word(NodeOutcome.Unknown),
            _ => OutcomeText.Word(NodeOutcome.NotStarted),
        };
        return [.. row.Targets.Select(name => new JobNode(name, word, null, "", 0, null, null, null))];
    }

    private string Safe(string text) => redactor.Redact(redactor.Neutralise(text));

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
