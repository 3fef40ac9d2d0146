namespace ChatOps.Identity;

/// <summary>May they, and by which rule.</summary>
/// <param name="Allowed">The answer.</param>
/// <param name="Rule">The deciding rule; <see langword="null"/> when nothing allows it (deny by default).</param>
/// <param name="Reason">One sentence for people, naming person, tool, nodes and rule.</param>
public sealed record AccessDecision(bool Allowed, AccessRule? Rule, string Reason);
