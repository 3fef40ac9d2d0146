using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Tools.Files;

/// <summary>What the files tools share: which node, how an operation's end becomes a result.</summary>
internal static class FileAnswer
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>The assessment of a call that only reads below the files root.</summary>
    public static ValueTask<ToolAssessment> Read(ToolCall call, string title) =>
        ValueTask.FromResult(new ToolAssessment(Risk.Read, "read.files", "It only reads below the files root.", title, title, Nothing) { Problem = Problem(call) });

    /// <summary>Files are those of the gateway's own machine; other nodes have theirs when they join.</summary>
    public static string? Problem(ToolCall call) =>
        call.Targets.Count == 1 ? null : "Files tools work on one node at a time; name it with --on.";

    public static ToolResult Failed<T>(FileResult<T> result) where T : class => ToolAnswer.Failed(
        result.Status switch
        {
            FileStatus.NotFound => FailureCode.NotFound,
            FileStatus.NotAllowed => FailureCode.NotAllowed,
            FileStatus.BadRequest => FailureCode.BadArguments,
            FileStatus.Changed => FailureCode.PlanDrifted,
            _ => FailureCode.ToolFailed,
        },
        result.Message!);

    public static ToolResult Text(string summary, string title, string text, object data) =>
        ToolAnswer.Done(summary, new RichMessage([new CodeBlock(text.Length == 0 ? "(empty)" : text, title)]), data);
}
