namespace ChatOps.Policy.Rules;

/// <summary>A group of nodes that a rule names.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Line">Where the rule names it.</param>
/// <param name="Key">The key's path there.</param>
internal sealed record GroupUse(string Group, int Line, string Key);
