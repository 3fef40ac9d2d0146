using System.Globalization;
using System.Text;
using ChatOps.Approvals;
using ChatOps.Rendering;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Context;

/// <summary>What holds now whatever was said before: read from the store before every step, so that no shortening of the conversation can lose it.</summary>
internal static class PinnedState
{
    /// <summary>How many open approvals, and how many running invocations, are told in full.</summary>
    public const int MaxShown = 20;

    private const int MaxTitle = 300;

    /// <summary>Reads it, as lines of text.</summary>
    public static string Read(IStoreSession session, string conversationId)
    {
        var invocations = session.Invocations.OpenIn(conversationId);
        var open = invocations.Select(i => i.ApprovalId).OfType<string>().Distinct().Select(session.Approvals.Find).OfType<ApprovalRow>()
            .Where(a => a.State is ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Running).ToList();
        var running = invocations.Where(i => i.Status == InvocationStatus.Running).ToList();
        var text = new StringBuilder();
        Add(text, "Open approvals of this conversation (only people decide them)", [.. open.Select(Line)]);
        Add(text, "Running now in this conversation", [.. running.Select(Line)]);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        text.Append(title).Append(lines.Count == 0 ? ": none.\n" : ":\n");
        foreach (var line in lines.Take(MaxShown)) text.Append("- ").Append(line).Append('\n');
        if (lines.Count > MaxShown) text.Append(CultureInfo.InvariantCulture, $"- and {lines.Count - MaxShown} more; the tool approvals_list has all.\n");
    }

    private static string Line(ApprovalRow approval) => string.Create(CultureInfo.InvariantCulture,
        $"approval {approval.Id} ({approval.State.ToString().ToLowerInvariant()}, asked by {approval.Requester}, until {approval.ExpiresAt:yyyy-MM-dd HH:mm} UTC): {Title(approval)}");

    private static string Title(ApprovalRow approval) => Inert(string.Join("; ", Json.Read<ApprovalRequest>(approval.RequestJson).Items.Select(i => $"{i.Title} [invocation {i.InvocationId}]")));

    private static string Line(InvocationRow row) => string.Create(CultureInfo.InvariantCulture,
        $"invocation {row.Id}: {row.Tool} on {(row.Targets.Count == 0 ? "the gateway" : string.Join(", ", row.Targets))}, asked by {row.Principal}, since {row.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Inert(string text)
    {
        var line = InertText.Of(text.ReplaceLineEndings(" "));
        return line.Length <= MaxTitle ? line : TextSplitter.Split(line, MaxTitle, static t => t.Length, fenced: false)[0] + "…";
    }
}
