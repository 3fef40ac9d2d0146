using System.Security.Cryptography;
using System.Text;
using ChatOps.Tools;

namespace ChatOps.Approvals;

/// <summary>What a decision binds to: everything that decides what will run.</summary>
public static class PlanHash
{
    /// <summary>SHA-256 over the canonical JSON of the items, lower-case hex.</summary>
    public static string Of(IReadOnlyList<PlanItem> items) => Hex(Json.Write(items));

    /// <summary>The key of a standing grant: exactly this principal, tool, arguments and target names.</summary>
    public static string GrantKey(string principal, string tool, string argumentsJson, IReadOnlyList<string> targets) =>
        Hex(Json.Write(new[] { principal, tool, argumentsJson, string.Join("\n", targets.Order(StringComparer.Ordinal)) }));

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
