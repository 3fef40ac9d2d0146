using Azure.Core;
using Azure.Identity;
using ChatOps.Agent.Models.Providers;
using ChatOps.Secrets;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Wire;

/// <summary>Makes the client of an endpoint, with connections of its own: no logging of requests is put into them, and no redirect carries the key elsewhere.</summary>
internal sealed class Connections(ISecretReferences secrets, IRedactor redactor, TimeProvider time)
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // Made when it is first needed: it looks around on the machine for a long time.
    private readonly Lazy<TokenCredential> identity = new(() => new DefaultAzureCredential());

    /// <summary>The root of an entry's service, without a slash at its end.</summary>
    public static string AddressOf(ModelOptions entry) =>
        (entry.BaseUrl ?? ModelPresets.Of(entry).BaseUrl ?? throw new InvalidOperationException($"The model '{entry.Name}' has no BaseUrl.")).TrimEnd('/');

    /// <summary>The connections of an entry, with its key and its refusals.</summary>
    public HttpClient HttpOf(ModelOptions entry, TokenCredential? token = null)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectTimeout = entry.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime, MaxConnectionsPerServer = entry.MaxParallel + 1,
        };
        var key = new KeyHandler(entry, secrets, redactor, token is null ? identity : new(() => token)) { InnerHandler = sockets };

        // Every limit of time is the step's.
        return new HttpClient(new RefusalHandler(entry, time) { InnerHandler = key }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The client of an entry.</summary>
    public IChatClient ClientOf(ModelOptions entry, HttpClient http) =>
        ModelPresets.Of(entry).Format == WireFormat.Anthropic ? AnthropicChat.Create(entry, http) : OpenAiChatClient.Create(entry, http);
}
