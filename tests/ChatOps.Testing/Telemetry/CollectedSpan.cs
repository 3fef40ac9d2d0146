namespace ChatOps.Testing.Telemetry;

/// <summary>A span as a collector got it.</summary>
/// <param name="TraceId">Lower-case hexadecimal.</param>
/// <param name="SpanId">Lower-case hexadecimal.</param>
/// <param name="ParentId">Empty for the first of a trace.</param>
/// <param name="Name">What happened.</param>
/// <param name="Attributes">Texts and numbers, as text.</param>
public sealed record CollectedSpan(string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes);
