namespace ChatOps.Policy.Commands.Grammar;

/// <summary>Ends the descent at the first thing that is no shell grammar. Never leaves the parser.</summary>
internal sealed class ShellSyntaxException(string rule, string message) : Exception(message)
{
    /// <summary>The rule id: <c>syntax</c> or the limit that was reached.</summary>
    public string Rule { get; } = rule;
}
