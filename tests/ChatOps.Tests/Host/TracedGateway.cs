using System.Text;
using System.Text.Json;
using ChatOps.Host;
using ChatOps.Storage;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Host;

/// <summary>The composed gateway with options of a test's own, spoken to over HTTP. When it is disposed every span has been sent.</summary>
internal sealed class TracedGateway : IAsyncDisposable
{
    private readonly GatewayFixture gateway;
    private readonly HttpClient client;

    private TracedGateway(GatewayFixture gateway) => (this.gateway, client) = (gateway, gateway.Owner());

    public static async Task<TracedGateway> StartAsync(Action<ChatOpsOptions> change)
    {
        var gateway = new GatewayFixture(change);
        await gateway.InitializeAsync();
        return new(gateway);
    }

    /// <summary>Says something; answers with the message's id.</summary>
    public async Task<string> SayAsync(string text)
    {
        using var said = await client.PostAsync("/api/chat/messages",
            new StringContent(JsonSerializer.Serialize(new { conversation = "traced", clientId = Some.Unique(), text }), Encoding.UTF8, "application/json"));
        return (await GatewayFixture.ReadAsync(said)).GetProperty("message").GetString()!;
    }

    /// <summary>Approves what waits, once it waits.</summary>
    public async Task ApproveAsync()
    {
        string? waiting = null;
        await Until.TrueAsync(async () => (waiting = await ReadAsync(s => s.Approvals.List([ChatOps.Approvals.ApprovalState.Pending], 1) is [var first, ..] ? first.Id : null)) is not null);
        await GatewayFixture.CallAsync(client, "approvals_approve", $$"""{ "arguments": { "id": "{{waiting}}" } }""");
    }

    /// <summary>Waits until the message was answered and nothing waits to be delivered.</summary>
    public Task UntilDeliveredAsync(string message) => Until.TrueAsync(() => ReadAsync(s =>
        s.Inbox.Find(message)!.State == InboxState.Done && s.Outbox.RepliesTo(message).Count > 0 && s.Outbox.Waiting().Count == 0 && s.Outbox.InState(OutboxState.Sending, 1).Count == 0));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await gateway.DisposeAsync();
    }

    private Task<T> ReadAsync<T>(Func<IStoreSession, T> work) => gateway.Host.Services.GetRequiredService<IStore>().ReadAsync(work, CancellationToken.None);
}
