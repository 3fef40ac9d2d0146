namespace ChatOps.Policy.Commands.Judging;

/// <summary>Something whose content is not disclosed without a decision: a file name, or a path with everything below it.</summary>
/// <param name="Rule">Rule id.</param>
/// <param name="Why">What it is, to follow "could disclose".</param>
/// <param name="Risk">What reading it is.</param>
/// <param name="Anchored">Whether it begins at the root; otherwise its segments may stand anywhere in a path.</param>
/// <param name="Segments">Its segments; <c>*</c> is any run of characters within one, <c>**</c> any number of them.</param>
internal sealed record Protection(string Rule, string Why, Risk Risk, bool Anchored, IReadOnlyList<string> Segments)
{
    /// <summary>Reads <c>/etc/shadow</c>, <c>/proc/**/environ</c>, <c>.ssh</c> or <c>.config/gh</c>.</summary>
    public static Protection Of(string rule, string why, Risk risk, string path) =>
        new(rule, why, risk, path.StartsWith('/'), path.Split('/', StringSplitOptions.RemoveEmptyEntries));
}
