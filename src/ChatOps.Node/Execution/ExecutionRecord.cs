using ChatOps.Fleet;

namespace ChatOps.Node.Execution;

/// <summary>What the register keeps of one execution.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Request">Hash of what was asked: an id belongs to one command for ever.</param>
/// <param name="StartedAt">When it was recorded, which is before it started.</param>
/// <param name="Result">How it ended, output redacted and shortened; <see langword="null"/> while that is not known.</param>
internal sealed record ExecutionRecord(string Id, string Request, DateTimeOffset StartedAt, ExecutionResult? Result);
