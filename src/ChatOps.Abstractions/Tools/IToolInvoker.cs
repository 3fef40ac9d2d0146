namespace ChatOps.Tools;

/// <summary>The gate: the only way to a tool. Authorise, assess, approve, record intent, run, redact, record outcome.</summary>
public interface IToolInvoker
{
    /// <summary>Takes a request through the gate. Never throws for an expected failure. A request id or idempotency key seen before answers with what became of it.</summary>
    Task<InvocationOutcome> InvokeAsync(InvocationRequest request, IToolProgress progress, CancellationToken cancellationToken);

    /// <summary>What the gate would say: who asks is resolved, authorised and the call assessed, without any effect or record. An answer now; the rules may say otherwise later.</summary>
    Task<InvocationPreview> PreviewAsync(InvocationRequest request, CancellationToken cancellationToken);

    /// <summary>Where an invocation is now; null when unknown.</summary>
    Task<InvocationOutcome?> FindAsync(string invocationId, CancellationToken cancellationToken);

    /// <summary>Waits until an invocation is terminal, or the token is cancelled (then answers where it is).</summary>
    Task<InvocationOutcome?> WaitAsync(string invocationId, CancellationToken cancellationToken);

    /// <summary>The same, and shows meanwhile what it does: also of one that an earlier process began and this one follows.</summary>
    Task<InvocationOutcome?> WaitAsync(string invocationId, IToolProgress progress, CancellationToken cancellationToken) => WaitAsync(invocationId, cancellationToken);

    /// <summary>Cancels what runs in a conversation and withdraws what waits there; returns the titles of what was stopped. It is in the store before it is acted on: what a crash leaves of it is stopped by the next process.</summary>
    Task<IReadOnlyList<string>> StopAsync(string conversationId, string by, CancellationToken cancellationToken);

    /// <summary>Stops one invocation, or withdraws it when it waits for people. Recorded as the wish of <paramref name="by"/>; whether they may is the caller's to know.</summary>
    /// <returns>Its title; null when it has ended already.</returns>
    Task<string?> StopInvocationAsync(string invocationId, string by, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
