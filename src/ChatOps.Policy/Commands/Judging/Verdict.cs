namespace ChatOps.Policy.Commands.Judging;

/// <summary>What one judge thinks of one part of a line.</summary>
/// <param name="Risk">The risk of that part alone.</param>
/// <param name="Rule">The deciding rule's stable id.</param>
/// <param name="Reason">A sentence without its final stop.</param>
internal sealed record Verdict(Risk Risk, string Rule, string Reason)
{
    public static Verdict Read(string name) => new(Risk.Read, "read." + name, "only reads");

    public static Verdict Change(string rule, string reason) => new(Risk.Change, rule, reason);

    public static Verdict Dangerous(string rule, string reason) => new(Risk.Dangerous, rule, reason);

    public static Verdict Forbidden(string rule, string reason) => new(Risk.Forbidden, "forbidden." + rule, reason);

    /// <summary>The riskier one; the earlier one when they are equal.</summary>
    public Verdict Or(Verdict? other) => other is not null && other.Risk > Risk ? other : this;
}
