namespace ChatOps.Tools.Gate;

/// <summary>Rolls a transaction back because the same invocation is in the store already; never leaves the gate.</summary>
internal sealed class DuplicateInvocationException : Exception
{
    public DuplicateInvocationException() : base("The invocation is in the store already.")
    {
    }
}
