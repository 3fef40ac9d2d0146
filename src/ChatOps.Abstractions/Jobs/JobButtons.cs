using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Jobs;

/// <summary>The buttons of a running job's live message. Each names a stored command and works in its own conversation alone.</summary>
public static class JobButtons
{
    /// <summary>The command that stops a job.</summary>
    public const string StopCommand = "job stop";

    /// <summary>The command that shows the newest output of a job.</summary>
    public const string TailCommand = "job tail";

    /// <summary>Stores what the buttons do, in the transaction that also holds the reason for the message.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="ids">Makes the tokens.</param>
    /// <param name="job">The job's invocation.</param>
    /// <param name="conversationId">Where they can be pressed.</param>
    /// <param name="now">When they are made.</param>
    public static ActionsBlock Store(IStoreSession session, IIdGenerator ids, string job, string conversationId, DateTimeOffset now)
    {
        return new ActionsBlock([new(Token(TailCommand), "Tail", ActionStyle.Plain), new(Token(StopCommand), "Stop", ActionStyle.Danger)]);

        string Token(string command)
        {
            var token = ids.NewActionToken();
            session.Approvals.AddAction(new StoredAction(token, $"{command} {job}", conversationId, now));
            return token;
        }
    }
}
