using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>API tokens as they are shown: never the secret, never the whole hash.</summary>
internal static class TokenText
{
    private const int IdDigits = 12;

    public static string Id(string hash) => hash[..IdDigits];

    /// <summary>The tokens this caller may see: all for an admin, else their own.</summary>
    public static IReadOnlyList<Credential> Visible(IStoreSession session, ToolCall call, bool admin, DateTimeOffset now) =>
        session.Credentials.List(CredentialKind.ApiToken, now).Where(c => admin || c.Principal == call.Principal.Id).ToList();
}
