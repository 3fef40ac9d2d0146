using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>How a kind looks at a node.</summary>
/// <param name="Line">The command line; it only reads.</param>
/// <param name="Judge">What an answer means. The command ran to its end.</param>
internal sealed record NodeReading(Func<CheckDefinition, string> Line, Func<NodeLook, Observation> Judge);
