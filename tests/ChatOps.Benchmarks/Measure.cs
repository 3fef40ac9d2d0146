using System.Globalization;

namespace ChatOps.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">What came out.</param>
internal sealed record Measure(string What, string Value)
{
    /// <summary>What it is held against, measured in the same run.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Value by reference.</summary>
    public double? Ratio { get; init; }

    /// <summary>What is wanted.</summary>
    public string Goal { get; init; } = "";

    /// <summary>Whether that was reached; null without a goal.</summary>
    public bool? Met { get; init; }

    /// <summary>The head of the table.</summary>
    public static string Head { get; } = "| measure | value | reference in the same run | ratio | goal | met |\n|---|---|---|---|---|---|";

    /// <summary>As a line of Markdown.</summary>
    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture, $"| {What} | {Value} | {Reference} | {Ratio:0.00} | {Goal} | {(Met is { } met ? met ? "yes" : "**no**" : "")} |");
}
