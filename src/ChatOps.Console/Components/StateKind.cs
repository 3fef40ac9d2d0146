namespace ChatOps.Console.Components;

/// <summary>Groups the many state words into the few meanings that have a colour and an icon.</summary>
internal static class StateKind
{
    public static string Of(string word) => word.ToLowerInvariant() switch
    {
        "ok" or "done" or "resolved" or "quiet" or "active" or "succeeded" or "approved" or "online" or "intact" => "ok",
        "failed" or "critical" or "open" or "partial" or "error" or "broken" or "timed-out" or "unreachable" => "failed",
        "waiting" or "pending" or "degraded" or "warning" or "paused" or "queued" or "drained" or "voted" or "asked" => "waiting",
        "running" or "started" or "intent" => "running",
        "refused" or "skipped" or "not-started" or "denied" or "expired" or "cancelled" or "superseded" or "revoked" => "refused",
        "unknown" => "unknown",
        _ => "plain",
    };
}
