using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Fleet;

/// <summary>The outcome of an operation on files.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Value">What it gave, when it was done.</param>
/// <param name="Message">Otherwise: what happened and what to do, for people.</param>
/// <typeparam name="T">What the operation gives.</typeparam>
public sealed record FileResult<T>(FileStatus Status, T? Value, string? Message)
    where T : class
{
    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Message))]
    public bool Succeeded => Status == FileStatus.Done;
}
