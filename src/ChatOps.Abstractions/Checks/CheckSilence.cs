namespace ChatOps.Checks;

/// <summary>Nothing is said of a check for a while.</summary>
/// <param name="Check">Its name; <see cref="EveryCheck"/> for all.</param>
/// <param name="Target">One target; null for all.</param>
/// <param name="Until">Until when.</param>
/// <param name="By">The principal.</param>
/// <param name="Reason">Why, in their words.</param>
public sealed record CheckSilence(string Check, string? Target, DateTimeOffset Until, string By, string Reason)
{
    /// <summary>What stands for every check's name.</summary>
    public const string EveryCheck = "*";

    /// <summary>The word of people for it.</summary>
    public const string All = "all";

    /// <summary>What is meant, for people.</summary>
    public static string Named(string check, string? target) => (check is EveryCheck or All ? "every check" : check) + (target is null ? "" : $" on {target}");

    /// <summary>Whether it covers a state at a time.</summary>
    public bool Covers(CheckKey key, DateTimeOffset now) => now < Until && (Check == EveryCheck || Check == key.Check) && (Target is null || Target == key.Target);
}
