using ChatOps.Messages;

namespace ChatOps.Tools;

/// <summary>Shapes of results that many tools share.</summary>
internal static class ToolAnswer
{
    public static ToolResult Done<T>(string summary, RichMessage message, T data) => new(InvocationStatus.Done, summary, message, Json.Write(data));

    public static ToolResult Done<T>(string text, T data) => Done(text, new RichMessage([new TextBlock(PlainText.Escape(text), Tone.Ok)]), data);

    public static ToolResult Failed(FailureCode code, string text) =>
        new(InvocationStatus.Failed, text, new RichMessage([new TextBlock(PlainText.Escape(text), Tone.Failed)]), Json.Write(new { error = text }), code);

    public static ToolResult Refused(FailureCode code, string text) =>
        new(InvocationStatus.Refused, text, new RichMessage([new TextBlock(PlainText.Escape(text), Tone.Refused)]), Json.Write(new { error = text }), code);
}
