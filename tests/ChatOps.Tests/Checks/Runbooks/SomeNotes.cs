using ChatOps.Checks;
using ChatOps.Checks.Runbooks;
using ChatOps.Configuration;

namespace ChatOps.Tests.Checks.Runbooks;

/// <summary>Runbook notes as tests write them.</summary>
internal static class SomeNotes
{
    /// <summary>A note with one step and a check, for checks called <c>mem</c>.</summary>
    public static string Text(string trust = "approve", string risk = "change", string match = "checks: [mem]", string step = "run \"systemctl restart cache\" --on {node}") => $"""
        ---
        match: {"{"} {match} {"}"}
        risk: {risk}
        trust: {trust}
        ---
        # The cache eats memory

        ```step undo: start it again
        {step}
        ```

        ```check expect: active
        run "systemctl status cache" --on {"{"}node{"}"}
        ```
        """;

    public static (RunbookNote? Note, IReadOnlyList<ConfigurationProblem> Problems) Read(string text, string file = "cache.md") =>
        new RunbookReader(new RunbookCommands(new(SomeChecks.Commands))).Read(file, text);

    public static RunbookNote Good(string text) => Read(text) is { Note: { } note, Problems: [] } ? note : throw new InvalidOperationException(string.Join('\n', Read(text).Problems));

    public static Finding Finding(string check = "mem", string kind = "memory", CheckLevel level = CheckLevel.Critical, string text = "98 % in use", params string[] targets) => new()
    {
        Id = "f1", Check = check, Kind = kind, Level = level, Text = text, Evidence = "MemAvailable: 12 kB", Targets = targets.Length == 0 ? ["web-1"] : targets, ConversationId = "web/owner.checks",
    };
}
