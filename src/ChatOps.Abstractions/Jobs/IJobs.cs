using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Jobs;

/// <summary>What runs on machines, and what came of it: the live picture while it runs in this process, and the recorded result afterwards.</summary>
public interface IJobs
{
    /// <summary>What runs now, oldest first.</summary>
    IReadOnlyList<JobSummary> Running();

    /// <summary>
    /// One job, for somebody who may see it: who asked for it, who may run commands on its nodes or read the audit, and whoever asks in its own conversation.
    /// Everything in it is redacted.
    /// </summary>
    /// <param name="id">The invocation.</param>
    /// <param name="who">Who wants to see it.</param>
    /// <param name="where">Where they ask; null for outside of conversations.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when there is none, or none for them: the two look the same.</returns>
    Task<Job?> FindAsync(string id, Principal who, ConversationKey? where, CancellationToken cancellationToken);
}
