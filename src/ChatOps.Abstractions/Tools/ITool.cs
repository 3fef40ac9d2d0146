namespace ChatOps.Tools;

/// <summary>One way to have an effect or to read something. Implementations are internal and reached through <see cref="IToolInvoker"/> only.</summary>
public interface ITool
{
    /// <summary>Its definition.</summary>
    ToolManifest Manifest { get; }

    /// <summary>Assesses a call without any effect. Called before approval and again before the run; what it answers is bound by the approval.</summary>
    ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken);

    /// <summary>Runs. Expected failures are values. On cancellation it stops what it started and returns.</summary>
    Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken);
}
