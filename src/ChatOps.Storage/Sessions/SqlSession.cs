using System.Data.Common;
using ChatOps.Messages;
using ChatOps.Storage.Stores;

namespace ChatOps.Storage.Sessions;

/// <summary>One transaction as the rest of the program sees it. It ends with its delegate; a use after that, or from another thread, throws.</summary>
/// <param name="connection">Where it runs.</param>
/// <param name="writable">Whether it may write.</param>
/// <param name="explain">Turns a driver's error into what callers may see; null when the error is the statement's own fault.</param>
internal sealed class SqlSession(SqlConnection connection, bool writable, Func<DbException, StoreUnavailableException?> explain) : IStoreSession
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private bool ended;
    private InboxStore? inbox;
    private OutboxStore? outbox;
    private ConversationStore? conversations;
    private InvocationStore? invocations;
    private ApprovalStore? approvals;
    private AuditStore? audit;
    private CredentialStore? credentials;
    private ChannelStateStore? channelState;
    private AdmissionStore? admissions;
    private NodeStore? nodes;
    private TurnStepStore? turnSteps;
    private LeaseStore? leases;
    private UsageStore? usage;
    private HaltStore? halts;
    private CheckStore? checks;
    private FindingWorkStore? findingWork;
    private IncidentStore? incidents;
    private ScheduleStore? schedules;
    private GatewayStore? gateways;

    /// <inheritdoc/>
    public IInboxStore Inbox => inbox ??= new(this);

    /// <inheritdoc/>
    public IOutboxStore Outbox => outbox ??= new(this);

    /// <inheritdoc/>
    public IConversationStore Conversations => conversations ??= new(this);

    /// <inheritdoc/>
    public IInvocationStore Invocations => invocations ??= new(this);

    /// <inheritdoc/>
    public IApprovalStore Approvals => approvals ??= new(this);

    /// <inheritdoc/>
    public IAuditStore Audit => audit ??= new(this);

    /// <inheritdoc/>
    public ICredentialStore Credentials => credentials ??= new(this);

    /// <inheritdoc/>
    public IChannelStateStore ChannelState => channelState ??= new(this);

    /// <inheritdoc/>
    public IAdmissionStore Admissions => admissions ??= new(this);

    /// <inheritdoc/>
    public INodeStore Nodes => nodes ??= new(this);

    /// <inheritdoc/>
    public ITurnStepStore TurnSteps => turnSteps ??= new(this);

    /// <inheritdoc/>
    public ILeaseStore Leases => leases ??= new(this);

    /// <inheritdoc/>
    public IHaltStore Halts => halts ??= new(this);

    /// <inheritdoc/>
    public IUsageStore Usage => usage ??= new(this);

    /// <inheritdoc/>
    public ICheckStore Checks => checks ??= new(this);

    /// <inheritdoc/>
    public IFindingWorkStore FindingWork => findingWork ??= new(this);

    /// <inheritdoc/>
    public IIncidentStore Incidents => incidents ??= new(this);

    /// <inheritdoc/>
    public IScheduleStore Schedules => schedules ??= new(this);

    /// <inheritdoc/>
    public IGatewayStore Gateways => gateways ??= new(this);

    /// <summary>What is to be published once this is committed; null for nothing.</summary>
    public List<Func<IMessageBus, CancellationToken, Task>>? Published { get; private set; }

    /// <summary>Set when the store itself failed in this transaction: it must not be committed, whatever the delegate made of it.</summary>
    public StoreUnavailableException? Lost { get; private set; }

    /// <summary>Set when the database refused a statement: then the write fails, whatever its delegate made of it. PostgreSQL would commit nothing after one.</summary>
    public Exception? Refused { get; private set; }

    /// <inheritdoc/>
    public void PublishAfterCommit<T>(T message) where T : class
    {
        RequireWritable();
        (Published ??= []).Add((bus, cancellationToken) => bus.PublishAsync(message, cancellationToken));
    }

    /// <summary>A statement of this transaction.</summary>
    public SqlStatement Statement(string sql)
    {
        RequireActive();
        try
        {
            return connection.Statement(sql, this);
        }
        catch (DbException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>Sends what waits to be sent.</summary>
    public void Flush()
    {
        RequireActive();
        try
        {
            connection.Flush();
        }
        catch (DbException e)
        {
            throw Fault(e);
        }
    }

    /// <summary>Throws when this session may only read.</summary>
    public void RequireWritable()
    {
        RequireActive();
        if (!writable) throw new InvalidOperationException("This transaction only reads (IStore.ReadAsync); write with IStore.WriteAsync.");
    }

    /// <summary>Translates a driver's error, and remembers when the store itself failed.</summary>
    public Exception Fault(DbException e)
    {
        if (explain(e) is not { } unavailable) return Refused = new InvalidOperationException($"The store refused the statement: {e.Message}", e);
        Lost = unavailable;
        return unavailable;
    }

    /// <summary>Ends it.</summary>
    public void End() => ended = true;

    private void RequireActive()
    {
        if (ended) throw new InvalidOperationException("The transaction has ended; a session must not leave its delegate.");
        if (thread != Environment.CurrentManagedThreadId) throw new InvalidOperationException("A session belongs to the thread of its delegate.");
    }
}
