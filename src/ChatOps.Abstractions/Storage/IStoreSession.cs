namespace ChatOps.Storage;

/// <summary>One transaction. Valid only inside the delegate that received it.</summary>
public interface IStoreSession
{
    /// <summary>Accepted inbound messages.</summary>
    IInboxStore Inbox { get; }

    /// <summary>What is to be said, and what was said.</summary>
    IOutboxStore Outbox { get; }

    /// <summary>Conversations, their leases and timelines.</summary>
    IConversationStore Conversations { get; }

    /// <summary>Tool invocations.</summary>
    IInvocationStore Invocations { get; }

    /// <summary>Approvals, votes, cards, standing grants and button actions.</summary>
    IApprovalStore Approvals { get; }

    /// <summary>The rows of the audit chain.</summary>
    IAuditStore Audit { get; }

    /// <summary>Hashes of sign-in links, console sessions and API tokens.</summary>
    ICredentialStore Credentials { get; }

    /// <summary>Small values of channels.</summary>
    IChannelStateStore ChannelState { get; }

    /// <summary>Who asks to be let in, which groups are, and where people were last.</summary>
    IAdmissionStore Admissions { get; }

    /// <summary>Members of the fleet and join tokens.</summary>
    INodeStore Nodes { get; }

    /// <summary>The steps of turns that a model leads.</summary>
    ITurnStepStore TurnSteps { get; }

    /// <summary>What models cost.</summary>
    IUsageStore Usage { get; }

    /// <summary>What is halted.</summary>
    IHaltStore Halts { get; }

    /// <summary>Schedules and their runs.</summary>
    IScheduleStore Schedules { get; }

    /// <summary>What only one gateway of this store does at a time.</summary>
    ILeaseStore Leases { get; }

    /// <summary>Checks and what they found.</summary>
    ICheckStore Checks { get; }

    /// <summary>What is done about findings.</summary>
    IFindingWorkStore FindingWork { get; }

    /// <summary>Incidents.</summary>
    IIncidentStore Incidents { get; }

    /// <summary>The gateways that share the store.</summary>
    IGatewayStore Gateways { get; }

    /// <summary>Publishes on the bus after the commit; never when it rolls back. Lost in a crash: recovery finds the work.</summary>
    void PublishAfterCommit<T>(T message) where T : class;
}
