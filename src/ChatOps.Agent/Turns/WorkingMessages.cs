using ChatOps.Messages;
using ChatOps.Secrets;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

/// <summary>Makes the messages that say what is being worked on.</summary>
internal sealed class WorkingMessages(TurnStore store, IReplies replies, IRedactor redactor, AgentOptions options, TimeProvider time, ILogger<WorkingMessage> log)
{
    /// <summary>Starts one for a turn; it is posted only when the turn takes long enough.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="says">What it says; null for what was asked.</param>
    /// <param name="job">The invocation that is a job, for its buttons; null when it is none.</param>
    public WorkingMessage Start(Turn turn, string? says = null, string? job = null) => new(turn, says ?? TurnTexts.Working(turn.Item), job, store, replies, redactor, options, time, log);
}
