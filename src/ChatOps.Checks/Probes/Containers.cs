using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Containers that do not run as they should. Without names, one that has ended is taken as meant; restarting, dead and unhealthy ones never are.</summary>
internal static class Containers
{
    /// <summary>Judges the list.</summary>
    public static Observation Judge(NodeLook look)
    {
        if (look.Answer.ExitCode != 0) return look.Unclear("docker did not list the containers: " + (look.Answer.Lines is [var first, ..] ? first : "no output"));
        var there = look.Answer.Lines.Select(l => l.Split('|')).Where(p => p.Length == 3).ToList();
        var wanted = look.Check.List("containers");
        var bad = there.Where(c => (wanted.Count == 0 || wanted.Contains(c[0])) && IsBad(c[1], c[2], wanted.Count > 0)).Select(c => $"{c[0]} ({c[2]})").ToList();
        bad.AddRange(wanted.Where(w => !there.Exists(c => c[0] == w)).Select(w => $"{w} (not there)"));
        return bad.Count == 0
            ? look.Well($"{(wanted.Count == 0 ? there.Count : wanted.Count)} containers are well.", 0)
            : look.Bad($"{bad.Count} container{(bad.Count == 1 ? " does" : "s do")} not run as {(bad.Count == 1 ? "it" : "they")} should: {string.Join(", ", bad.Take(5))}{(bad.Count > 5 ? ", …" : "")}.", bad.Count);
    }

    private static bool IsBad(string state, string status, bool mustRun) =>
        state is "restarting" or "dead" || status.Contains("(unhealthy)", StringComparison.Ordinal) || (mustRun && state != "running");
}
