namespace ChatOps.Console.Authentication;

/// <summary>Why a person sees the sign-in page.</summary>
public enum SignInTrouble
{
    /// <summary>Not signed in (any more).</summary>
    None,

    /// <summary>The link was used or has expired.</summary>
    LinkSpent,

    /// <summary>Too many failed attempts.</summary>
    TooMany,

    /// <summary>Signed out just now.</summary>
    SignedOut,
}
