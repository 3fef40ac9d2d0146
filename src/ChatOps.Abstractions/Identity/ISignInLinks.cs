namespace ChatOps.Identity;

/// <summary>One-time sign-in links of the web console.</summary>
public interface ISignInLinks
{
    /// <summary>How long a link works. Single use.</summary>
    TimeSpan Lifetime { get; }

    /// <summary>Whether there is a console to sign in to.</summary>
    bool Served { get; }

    /// <summary>Makes a link for a principal.</summary>
    /// <returns>Path and query below the console's address, such as <c>/sign-in?code=…</c>.</returns>
    Task<string> CreateAsync(string principal, CancellationToken cancellationToken);
}
