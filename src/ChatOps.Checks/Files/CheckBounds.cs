namespace ChatOps.Checks.Files;

/// <summary>The bounds of what checks are written with.</summary>
internal static class CheckBounds
{
    /// <summary>How often: the shortest and the longest interval.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) Interval = (TimeSpan.FromSeconds(5), TimeSpan.FromDays(7));

    /// <summary>How often credentials are looked at unless it is written.</summary>
    public static readonly TimeSpan CredentialInterval = TimeSpan.FromHours(6);

    /// <summary>The shortest interval of credentials.</summary>
    public static readonly TimeSpan ShortestCredentialInterval = TimeSpan.FromMinutes(10);

    /// <summary>How long a look at credentials may take unless it is written.</summary>
    public static readonly TimeSpan CredentialTimeout = TimeSpan.FromMinutes(1);

    /// <summary>How long one look may take, and how soon it is repeated.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) Timeout = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>How many looks must agree.</summary>
    public static readonly (int Min, int Max) Looks = (0, 20);

    /// <summary>How soon a look is repeated unless it is written.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(15);

    /// <summary>Longest text, pattern and line.</summary>
    public const int MaxText = 2000;

    /// <summary>Longest name.</summary>
    public const int MaxName = 64;

    /// <summary>Most entries of a list.</summary>
    public const int MaxList = 100;
}
