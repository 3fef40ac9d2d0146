namespace ChatOps.Checks;

/// <summary>Nothing is said of a check for a while.</summary>
/// <param name="Check">Its name; <c>*</c> for every check.</param>
/// <param name="Target">One target; null for all.</param>
/// <param name="Until">Until when.</param>
/// <param name="By">The principal.</param>
/// <param name="Reason">Why, in their words.</param>
public sealed record CheckSilence(string Check, string? Target, DateTimeOffset Until, string By, string Reason)
{
    /// <summary>Whether it covers a state at a time.</summary>
    public bool Covers(CheckKey key, DateTimeOffset now) => now < Until && (Check == "*" || Check == key.Check) && (Target is null || Target == key.Target);
}
