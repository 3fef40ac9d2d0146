namespace ChatOps.Tools;

/// <summary>A reading call that shows whether a change had its effect: it does not succeed where it had none.</summary>
/// <param name="Tool">The tool, which must only read.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Expect">Words that its result must hold; null when its success is enough.</param>
public sealed record PostCheck(string Tool, IReadOnlyDictionary<string, string> Arguments, string? Expect = null);
