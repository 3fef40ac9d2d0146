using ChatOps.Messages;

namespace ChatOps.Tools;

/// <summary>What a tool did. Not redacted yet: the gate does that.</summary>
/// <param name="Status">Done, Failed, Partial, Unknown or Refused.</param>
/// <param name="Summary">One line for the record and for cards.</param>
/// <param name="Message">For people.</param>
/// <param name="DataJson">For programs: a JSON value.</param>
/// <param name="Failure">Why not done.</param>
public sealed record ToolResult(InvocationStatus Status, string Summary, RichMessage Message, string DataJson, FailureCode Failure = FailureCode.None)
{
    /// <summary>
    /// The approval that the message shows: in a conversation its live card stands there instead, and is kept current.
    /// </summary>
    public string? Card { get; init; }

    /// <summary>How the look after the change ended; null when there was none.</summary>
    public CheckReport? Check { get; init; }

    /// <summary>
    /// A secret made for the caller (an API token, a sign-in link). It is handed to the caller of the CLI or the API once, is not redacted,
    /// and is never stored, posted to a conversation or logged.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? OneTimeSecret { get; init; }
}
