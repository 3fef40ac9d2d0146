using ChatOps.Fleet.Membership;

namespace ChatOps.Fleet.Ssh;

/// <summary>Why ssh does not reach a node, for people.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Reason">A clause without a full stop.</param>
internal sealed record SshProblem(SshProblemKind Kind, string Reason)
{
    private const int ShownLines = 2;

    /// <summary>Whether it ends only when somebody does something.</summary>
    public bool NeedsSomebody => Kind != SshProblemKind.Unreachable;

    /// <summary>Reads what ssh said when it gave up.</summary>
    /// <param name="said">The lines, the client's own and the other end's.</param>
    /// <param name="address">Where to.</param>
    public static SshProblem From(IReadOnlyList<string> said, SshAddress address)
    {
        var text = string.Join('\n', said);
        if (text.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal) || text.Contains("revoked host key", StringComparison.OrdinalIgnoreCase))
        {
            return new(SshProblemKind.ChangedHostKey,
                $"{address} shows another host key than the known one: it may not be the machine that it was. If the change is right, 'node remove' it and add it anew with the new key");
        }

        if (text.Contains("Host key verification failed", StringComparison.Ordinal)) return new(SshProblemKind.UnknownHostKey, $"the host key of {address} is not known");
        if (text.Contains("Permission denied", StringComparison.Ordinal) || text.Contains("Too many authentication failures", StringComparison.Ordinal))
            return new(SshProblemKind.NotLetIn, $"{address} let nobody in with the keys that ssh has here ({Last(said, "no reason given")})");
        return new(SshProblemKind.Unreachable, $"{address} could not be reached: {Last(said, "ssh gave no reason")}");
    }

    private static string Last(IReadOnlyList<string> said, string otherwise)
    {
        var lines = said.Select(l => FactText.Bounded(l).Trim().TrimEnd('.')).Where(l => l.Length > 0).TakeLast(ShownLines).ToList();
        return lines.Count == 0 ? otherwise : string.Join("; ", lines);
    }
}
