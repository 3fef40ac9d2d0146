using System.Text.RegularExpressions;
using ChatOps.Rendering;
using ChatOps.Secrets;

namespace ChatOps.Agent.Memory;

/// <summary>What is never remembered: secrets, hidden characters, and sentences that would instruct a later reader instead of telling a fact. Simple on purpose; a person decides above it.</summary>
internal sealed partial class MemoryScan(IRedactor redactor)
{
    /// <summary>Longest note, in characters.</summary>
    public const int MaxNote = 500;

    private const string Marker = "[redacted:";

    /// <summary>Why a text may not be remembered, for people; null when it may.</summary>
    public string? WhyNot(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "There is nothing to remember.";
        if (text.Length > MaxNote) return $"A note holds at most {MaxNote} characters, and this has {text.Length}. Remember the fact, and say where the rest is.";
        if (InertText.Of(text) != text) return "It holds hidden characters (controls, direction marks, tags). Write it in plain text.";
        if (text.Contains(Marker, StringComparison.Ordinal) || redactor.Redact(text) != text)
            return "It holds what looks like a secret, and secrets are never remembered. Remember where the secret is kept instead.";
        if (Instruction().Match(text) is { Success: true } match)
            return $"It reads like an instruction to whoever reads it later (\"{match.Value.Trim()}\"), and the memory holds facts. Rules belong into AGENT.md or policy.yaml, where an operator writes them.";
        return null;
    }

    [GeneratedRegex("""
        \b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instruction|rule|prompt|polic|guardrail)\w*
        |\b(?:without|skip|skipping|bypass|bypassing|avoid|never\ ask(?:\ for)?|do\ not\ ask(?:\ for)?|don't\ ask(?:\ for)?|no\ need\ for|needs?\ no)\b[^.]{0,30}\b(?:approval|approvals|permission|confirmation|confirming|asking|gate|review)\b
        |\b(?:always|automatically|auto)[\s-]*(?:approve|allow|accept|confirm|grant)\w*
        |\b(?:pre-?approved|approved\ in\ advance|standing\ permission)\b
        |\byou\ are\ now\b|\bsystem\ prompt\b|\bact\ as\ (?:admin|root|system|an?\ admin)\b
        |\b(?:AGENT|SOUL|USER)\.md\b|\b(?:access|policy)\.yaml\b
        |\b(?:curl|wget)\b[^|]{0,200}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b
        |\b(?:send|post|upload|exfiltrate|forward)\b[^.]{0,60}\b(?:secret|token|password|credential|key)s?\b
        |<<<|<\||\[/?INST\]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Instruction();
}
