namespace ChatOps.Node.Connection;

/// <summary>A join token: a secret, and the beginning of the fingerprint of the gateway that made it, so that it is shown to no other.</summary>
internal static class JoinTokenText
{
    /// <summary>The part after the dot; <see langword="null"/> when it is no token.</summary>
    public static string? GatewayOf(string token) => token.Split('.') is [{ Length: > 0 }, { Length: 32 } gateway] && gateway.All(char.IsAsciiHexDigitLower) ? gateway : null;
}
