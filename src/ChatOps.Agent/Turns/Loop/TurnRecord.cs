using System.Globalization;
using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>The audit record of a turn that a model led: which model, how many tokens, what it had read, what it claimed.</summary>
internal static class TurnRecord
{
    /// <summary>Makes it.</summary>
    public static AuditEntry Of(Turn turn, Principal principal, StepLog log, string outcome)
    {
        var messages = log.Messages;
        var results = log.Results;
        var models = messages.Select(m => m.ModelId).Distinct(StringComparer.Ordinal).ToList();
        var detail = new Dictionary<string, string>
        {
            ["message"] = turn.Item.Id,
            ["model"] = string.Join(", ", models),
            ["configured as"] = string.Join(", ", messages.Select(m => m.ModelName).Distinct(StringComparer.Ordinal)),
            ["steps"] = Number(messages.Count),
            ["calls"] = Number(results.Count),
            ["input tokens"] = Number(messages.Sum(m => m.InputTokens)),
            ["output tokens"] = Number(messages.Sum(m => m.OutputTokens)),
        };
        if (results.Select(r => r.InvocationId).OfType<string>().ToList() is { Count: > 0 } invocations) detail["invocations"] = string.Join(", ", invocations);
        if (results.Select(r => r.Outside).OfType<string>().Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } outside) detail["outside text"] = string.Join("; ", outside);
        if (results.Where(r => r.IsDoneChange || r.Check is not null).Select(r => $"{r.Title ?? r.Tool}: {(r.Check ?? CheckVerdict.Unverified).ToString().ToLowerInvariant()}").ToList() is { Count: > 0 } checks) detail["checks"] = string.Join("; ", checks);
        if (turn.Item.Context.Joined is { Count: > 0 } joined) detail["joined"] = string.Join(", ", joined);
        var claims = log.Last is { } last ? ClaimCheck.Unverified(last.Data.Text, results) : [];
        if (claims.Count > 0) detail["unverified"] = string.Join(" ", claims);
        return new AuditEntry(AuditKind.Turn, $"A turn of {(models.Count == 0 ? "no model" : string.Join(", ", models))}: {messages.Count} steps, {results.Count} calls")
        {
            Principal = principal.Id,
            ActorKey = turn.Actor.Key,
            ConversationId = turn.Conversation.Id,
            Outcome = outcome,
            Detail = detail,
        };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
