using System.Globalization;
using ChatOps.Messages;
using ChatOps.Rendering;

namespace ChatOps.Checks.Findings;

/// <summary>What people read of findings.</summary>
internal static class FindingText
{
    private const int NamesShown = 8;
    private const int EvidenceTargets = 3;

    /// <summary>The word of a level.</summary>
    public static string Word(CheckLevel level) => level switch
    {
        CheckLevel.Critical => "Critical",
        CheckLevel.Warning => "Warning",
        CheckLevel.Unknown => "Cannot be checked",
        CheckLevel.Pending => "Not looked at yet",
        _ => "Well",
    };

    /// <summary>A check with its targets.</summary>
    public static string Named(string check, IReadOnlyList<string> targets) => targets switch
    {
        [CheckKey.Gateway] => check,
        { Count: <= NamesShown } => $"{check} on {string.Join(", ", targets)}",
        _ => $"{check} on {targets.Count} nodes ({string.Join(", ", targets.Take(NamesShown))}, …)",
    };

    /// <summary>What was found, in a sentence.</summary>
    public static string Sentence(FindingGroup group) => $"{Named(group.Check.Name, [.. group.States.Select(s => s.Key.Target)])}: {group.States[0].Text}";

    /// <summary>What shows it.</summary>
    public static string Evidence(FindingGroup group)
    {
        if (group.States is [var only]) return only.Evidence;
        return string.Join('\n', group.States.Take(EvidenceTargets).Select(s => $"{s.Key.Target}: {s.Text}{(s.Evidence.Length == 0 ? "" : "\n" + s.Evidence)}"));
    }

    /// <summary>The message of a finding.</summary>
    public static RichMessage Message(Finding finding, FindingGroup group, Field? incident)
    {
        var first = group.States[0];
        var blocks = new List<Block> { new TextBlock($"**{Word(group.Level)}** {PlainText.Escape(finding.Text)}", group.Level == CheckLevel.Unknown ? Tone.Unknown : Tone.Failed) };
        var fields = new List<Field> { new("Since", string.Create(CultureInfo.InvariantCulture, $"{first.Since:yyyy-MM-dd HH:mm:ss} UTC")) };
        if (Sparkline.Of(first.History) is { Length: > 0 } line) fields.Add(new("History", $"{line} {Value(first)}"));
        if (group.Muted.Count > 0) fields.Add(new("Silent because of it", string.Join(", ", group.Muted.Take(NamesShown)) + (group.Muted.Count > NamesShown ? ", …" : "")));
        if (incident is not null) fields.Add(incident);
        blocks.Add(new FieldsBlock(fields));
        if (finding.Evidence.Length > 0) blocks.Add(new CodeBlock(finding.Evidence, "evidence"));
        return new RichMessage(blocks);
    }

    /// <summary>The message of a recovery.</summary>
    public static RichMessage Recovered(Finding finding, IReadOnlyList<CheckState> states, IReadOnlyList<string> left, DateTimeOffset now)
    {
        var text = $"**Well again** {PlainText.Escape(Named(finding.Check, [.. states.Select(s => s.Key.Target)]))}: {PlainText.Escape(states[0].Text)} It was {Word(finding.Level).ToLowerInvariant()} for {SpanText.Words(now - finding.OpenedAt)}.";
        if (left.Count > 0) text += $" Still bad: {PlainText.Escape(string.Join(", ", left.Take(NamesShown)))}.";
        return new RichMessage([new TextBlock(text, Tone.Ok)]);
    }

    /// <summary>A value with its unit.</summary>
    public static string Value(CheckState state) => state.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.##}{(state.Unit.Length == 0 ? "" : " " + state.Unit)}") : "";
}
