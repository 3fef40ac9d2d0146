using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>Says what became of an invocation. The one place where outcomes become messages.</summary>
internal static class OutcomeMessage
{
    /// <summary>The answer to whoever asked.</summary>
    public static RichMessage Of(InvocationOutcome outcome) => outcome.Status switch
    {
        InvocationStatus.Done => outcome.Result?.Message ?? Line(outcome.Summary, Tone.Ok),
        InvocationStatus.Waiting or InvocationStatus.Running => Line(outcome.Summary, Tone.Waiting),
        InvocationStatus.Refused => With(WithRule(outcome), Tone.Refused, null),
        InvocationStatus.Unknown => With(outcome.Summary, Tone.Unknown, outcome.Result),
        _ => With(outcome.Summary, Tone.Failed, outcome.Result),
    };

    /// <summary>The line to whoever waited for an approval; the card has the rest.</summary>
    public static RichMessage AfterApproval(InvocationOutcome outcome) => outcome.Status switch
    {
        InvocationStatus.Refused => Line(NotApproved(outcome), Tone.Refused),
        InvocationStatus.Done => Line(outcome.Summary, Tone.Ok),
        InvocationStatus.Unknown => Line(outcome.Summary, Tone.Unknown),
        _ => Line(outcome.Summary, Tone.Failed),
    };

    /// <summary>The outcome in a word, for the inbox and metrics.</summary>
    public static string Word(InvocationOutcome outcome) => outcome.Status.ToString().ToLowerInvariant();

    /// <summary>A message of one plain sentence.</summary>
    public static RichMessage Line(string text, Tone tone) => new([new TextBlock(PlainText.Escape(text), tone)]);

    // A person's decision needs no rule beside it; and what the gate has said already is not said again.
    private static string NotApproved(InvocationOutcome outcome)
    {
        var said = outcome.Failure is FailureCode.ApprovalDenied or FailureCode.ApprovalExpired or FailureCode.Cancelled ? outcome.Summary : WithRule(outcome);
        if (!said.Contains("Nothing ran", StringComparison.Ordinal)) said += " Nothing ran.";
        return said.Contains("ask", StringComparison.Ordinal) && said.Contains("anew", StringComparison.Ordinal) ? said : $"{said} Send the command again to ask anew.";
    }

    private static string WithRule(InvocationOutcome outcome) =>
        outcome.Rule is { Length: > 0 } rule && !outcome.Summary.Contains(rule, StringComparison.Ordinal) ? $"{outcome.Summary} Rule: {rule}." : outcome.Summary;

    private static RichMessage With(string summary, Tone tone, ToolResult? result)
    {
        var head = new TextBlock(PlainText.Escape(summary), tone);
        var blocks = result?.Message.Blocks ?? [];
        // The tool's own message may begin with the same sentence.
        var repeats = blocks.Count > 0 && blocks[0] is TextBlock first && (first.Tone == tone || first.Markdown == head.Markdown || first.Markdown == summary);
        return new RichMessage(repeats ? [new TextBlock(((TextBlock)blocks[0]).Markdown, tone), .. blocks.Skip(1)] : [head, .. blocks]);
    }
}
