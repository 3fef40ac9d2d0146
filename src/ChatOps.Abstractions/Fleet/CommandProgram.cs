namespace ChatOps.Fleet;

/// <summary>A parsed command line that runs without a shell: pipelines joined by <c>;</c>, <c>&amp;&amp;</c> and <c>||</c>.</summary>
/// <param name="Pipelines">In order; at least one.</param>
public sealed record CommandProgram(IReadOnlyList<CommandPipeline> Pipelines);
