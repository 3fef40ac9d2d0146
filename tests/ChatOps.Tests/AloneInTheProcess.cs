namespace ChatOps.Tests;

/// <summary>Tests that measure the process run when all others have ended.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
