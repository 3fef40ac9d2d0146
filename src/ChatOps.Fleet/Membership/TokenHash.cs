using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Fleet.Membership;

/// <summary>What the store holds of a join token.</summary>
internal static class TokenHash
{
    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Of(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
