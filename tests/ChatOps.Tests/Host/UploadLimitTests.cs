using System.Net;
using ChatOps.Audit;
using ChatOps.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Host;

/// <summary>Files that are handed over count as calls of whoever hands them over, in the composed gateway.</summary>
public sealed class UploadLimitTests : IAsyncLifetime
{
    // More than a request may have that is no upload, and more than lies in the buffers of a connection: the answer must arrive all the same.
    private const int Bytes = 16 * 1024 * 1024;

    private readonly GatewayFixture gateway = new(options => options.Gateway.CallsPerMinute = 1);

    private string[] Kept => Directory.Exists(Path.Combine(gateway.Data, "uploads")) ? Directory.GetFiles(Path.Combine(gateway.Data, "uploads"), "*", SearchOption.AllDirectories) : [];

    public ValueTask InitializeAsync() => gateway.InitializeAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Over_the_limit_it_is_429_with_when_to_come_again_and_nothing_of_it_is_kept()
    {
        using var owner = gateway.Owner();
        using var taken = await UploadAsync(owner, "the first");
        var kept = Kept;
        using var over = await UploadAsync(owner, new string('x', Bytes));
        var problem = await GatewayFixture.ReadAsync(over);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, "too_many_calls"), (taken.StatusCode, over.StatusCode, problem.GetProperty("code").GetString()));
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), Allowance.Pause);
        Assert.Contains("so this one was not taken", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(kept);
        Assert.Equal(kept, Kept);

        var records = await gateway.Host.Services.GetRequiredService<IAuditLog>().QueryAsync(new AuditQuery(), TestContext.Current.CancellationToken);
        var refusal = Assert.Single(records, r => r.Entry.Kind == AuditKind.Refusal);
        Assert.Equal(("owner", "upload_file", "Gateway:CallsPerMinute"), (refusal.Entry.Principal, refusal.Entry.Tool, refusal.Entry.Rule));
    }

    [Fact]
    public async Task Uploads_and_calls_are_counted_together_and_each_person_alone()
    {
        using var owner = gateway.Owner();
        using var vic = gateway.Client(await gateway.TokenAsync("vic", TimeSpan.FromHours(1)));
        using var taken = await UploadAsync(owner, "the first");
        var call = await GatewayFixture.CallAsync(owner, "nodes", "{}");
        var another = await GatewayFixture.CallAsync(vic, "nodes", "{}");
        using var refused = await UploadAsync(vic, "not for a viewer in any case");

        Assert.Equal((HttpStatusCode.OK, 429), (taken.StatusCode, call.Status));
        Assert.Equal((200, HttpStatusCode.TooManyRequests), (another.Status, refused.StatusCode));
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, string content) =>
        client.PostAsync("/api/uploads", new StringContent(content), TestContext.Current.CancellationToken);
}
