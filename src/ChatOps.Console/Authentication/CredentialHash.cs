using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Console.Authentication;

/// <summary>What the store keeps of a secret. Lookups are by this hash, so that comparing takes no longer for a nearly right guess.</summary>
internal static class CredentialHash
{
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
