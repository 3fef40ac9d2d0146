using System.Globalization;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>What a turn that a model led says at its end: the model's words, and below them what the gateway itself knows.</summary>
internal static class ModelAnswer
{
    /// <summary>How many things that were done are listed.</summary>
    private const int MaxListed = 12;

    /// <summary>The answer, or what was found until a bound was reached.</summary>
    /// <param name="log">The turn.</param>
    /// <param name="bound">The bound; null when the model answered.</param>
    public static RichMessage Of(StepLog log, string? bound)
    {
        var text = log.Last?.Data.Text ?? "";
        var results = log.Results;
        var blocks = new List<Block>();
        if (text.Trim().Length > 0) blocks.Add(new TextBlock(text.Trim()));
        else if (bound is null) blocks.Add(new TextBlock("The model ended without an answer. Ask again, or in other words.", Tone.Failed));
        if (bound is not null) blocks.Add(new TextBlock(PlainText.Escape($"The turn ended at its bound of {bound}. {Found(results)}"), Tone.Unknown));
        else if (log.Last?.Data.Finish == "length") blocks.Add(new TextBlock("The answer was cut off at the model's own limit.", Tone.Unknown));
        if (ClaimCheck.Unverified(text, results) is { Count: > 0 } claims) blocks.Add(Unverified(claims));
        return new RichMessage(blocks);
    }

    /// <summary>What a turn that nobody saw wants to say: who looked, its words, and below them what the gateway itself knows.</summary>
    /// <param name="schedule">What looked; null for a person's own.</param>
    /// <param name="text">The words.</param>
    /// <param name="log">The turn.</param>
    public static RichMessage Told(string? schedule, string text, StepLog log)
    {
        var blocks = new List<Block>();
        if (schedule is not null) blocks.Add(new TextBlock($"**{PlainText.Escape(schedule)}** (schedule)"));
        blocks.Add(new TextBlock(text));
        if (ClaimCheck.Unverified(text, log.Results) is { Count: > 0 } claims) blocks.Add(Unverified(claims));
        return new RichMessage(blocks);
    }

    /// <summary>The answer when the turn was stopped or a model gave none: why, and what was done before.</summary>
    public static RichMessage Ended(string why, StepLog log, Tone tone) => new([new TextBlock(PlainText.Escape($"{why} {Found(log.Results)}".TrimEnd()), tone)]);

    /// <summary>What is said while a turn waits for people.</summary>
    public static RichMessage Waiting(StepLog log) => new([new TextBlock(log.Last?.Data.Text.Trim() is { Length: > 0 } text ? text : TurnTexts.GoesOnBelow)]);

    /// <summary>Marks an answer whose claims the record does not show.</summary>
    private static TextBlock Unverified(IReadOnlyList<string> claims) => new(
        PlainText.Escape($"Unverified: the record of this turn holds no change that would be this: {string.Join(" ", claims.Select(c => $"\"{c}\""))} Look at /audit before you rely on it."), Tone.Unknown);

    private static string Found(IReadOnlyList<ToolStepData> results)
    {
        var changes = results.Where(r => r.Status is not null && r.Risk is not (null or Risk.Read)).Select(r => $"{r.Title ?? r.Tool}: {Word(r)}").ToList();
        var reads = results.Count(r => r.Risk is null or Risk.Read);
        if (results.Count == 0) return "Nothing was called.";
        var read = reads == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {reads} reading call{(reads == 1 ? "" : "s")} before that.");
        if (changes.Count == 0) return "Nothing was changed." + read;
        return $"What was asked to change: {string.Join("; ", changes.Take(MaxListed))}{(changes.Count > MaxListed ? $"; and {changes.Count - MaxListed} more" : "")}.{read}";
    }

    private static string Word(ToolStepData result) =>
        result.Status!.Value.ToString().ToLowerInvariant() + (result.Check is { } check ? $", {check.ToString().ToLowerInvariant()}" : "");
}
