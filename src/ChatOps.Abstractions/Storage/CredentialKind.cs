namespace ChatOps.Storage;

/// <summary>What a credential opens.</summary>
public enum CredentialKind
{
    /// <summary>A one-time sign-in link of the console.</summary>
    SignInLink,

    /// <summary>A console session (cookie).</summary>
    Session,

    /// <summary>An API token.</summary>
    ApiToken,
}
