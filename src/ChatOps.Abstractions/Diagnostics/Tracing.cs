using System.Diagnostics;

namespace ChatOps.Diagnostics;

/// <summary>
/// The spans of the gateway. Where nobody collects them (no <c>Telemetry:Otlp:Endpoint</c>), nothing is made and every method answers null. Spans carry ids, names and
/// numbers; never a text that a person wrote, an argument or an output.
/// </summary>
public static class Tracing
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "ChatOps";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether spans are collected.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins a trace of its own, whatever is under way around it.</summary>
    /// <param name="name">What happens, without ids.</param>
    /// <param name="kind">The side of it.</param>
    public static Activity? Begin(string name, ActivityKind kind)
    {
        if (!IsOn) return null;
        Activity.Current = null;
        return Source.StartActivity(name, kind);
    }

    /// <summary>Goes on with a trace that was begun elsewhere, perhaps by a process that is gone.</summary>
    /// <param name="name">What happens, without ids.</param>
    /// <param name="kind">The side of it.</param>
    /// <param name="parent">The span that led to it, as W3C's <c>traceparent</c>; null for a trace of its own.</param>
    public static Activity? Follow(string name, ActivityKind kind, string? parent)
    {
        if (!IsOn) return null;
        return ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? Source.StartActivity(name, kind, context) : Begin(name, kind);
    }

    /// <summary>A step of what is under way.</summary>
    /// <param name="name">What happens, without ids.</param>
    /// <param name="kind">The side of it.</param>
    public static Activity? Step(string name, ActivityKind kind = ActivityKind.Internal) => IsOn ? Source.StartActivity(name, kind) : null;
}
