using System.Diagnostics.Metrics;
using ChatOps.Limits;

namespace ChatOps.Agent.Turns;

/// <summary>How many messages a minute this gateway answers.</summary>
internal sealed class MessageLimits(AgentOptions options, TimeProvider time, IMeterFactory meters)
{
    private readonly PersonalLimits limits = new(
        options.MessagesPerMinute, options.MessagesPerMinuteInAll, time,
        meters.Create("ChatOps").CreateCounter<long>("chatops.messages.limited", "{message}", "Messages that were not answered because they came over a limit, by whose: person or all."));

    /// <summary>Takes a message into account.</summary>
    /// <param name="person">The principal's id.</param>
    /// <returns>Null when it is to be answered.</returns>
    public OverLimit? Note(string person) => limits.Note(person);
}
