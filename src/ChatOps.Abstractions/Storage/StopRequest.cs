namespace ChatOps.Storage;

/// <summary>Somebody wants something stopped.</summary>
/// <param name="Subject">The invocation; or the inbound message whose turn is stopped with everything it invokes.</param>
/// <param name="By">Who, by display name.</param>
/// <param name="At">When.</param>
public sealed record StopRequest(string Subject, string By, DateTimeOffset At);
