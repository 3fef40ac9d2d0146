namespace ChatOps.Tools;

/// <summary>A tool whose work goes on elsewhere when the gateway dies, and that can find it again.</summary>
public interface IResumableTool : ITool
{
    /// <summary>Whether anything of this call may go on without this process.</summary>
    bool CanResume(ToolCall call);

    /// <summary>Follows what an earlier process had begun, to its end. Starts nothing.</summary>
    Task<ToolResult> ResumeAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken);
}
