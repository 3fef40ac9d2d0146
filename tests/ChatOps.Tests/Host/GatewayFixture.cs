using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOps.Host;
using ChatOps.Limits;
using ChatOps.Storage;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Host;

/// <summary>The composed gateway on a port of its own, with an empty workspace and a data directory that goes away.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private readonly Action<ChatOpsOptions>? change;
    private GatewayHost? host;

    public GatewayFixture()
    {
    }

    /// <summary>With options of a test's own.</summary>
    internal GatewayFixture(Action<ChatOpsOptions> change) => this.change = change;

    public string Data => directory["data"];

    public string Workspace => directory["workspace"];

    internal GatewayHost Host => host!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Workspace);
        await File.WriteAllTextAsync(Path.Combine(Workspace, "access.yaml"), "people:\n  vic:\n    roles: [viewer]\n  mia:\n    roles: [viewer]\n");
        host = await GatewayHost.StartAsync(Setup(Data), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        directory.Dispose();
    }

    internal GatewaySetup Setup(string data, string urls = "http://127.0.0.1:0")
    {
        var options = new ChatOpsOptions();
        options.Gateway.Urls = urls;
        options.Logging.Level = "Error";
        // Tests call faster than people do; the ones about the limits set them.
        (options.Gateway.CallsPerMinute, options.Gateway.CallsPerMinuteInAll) = (PersonalLimits.Range.Max, PersonalLimits.Range.Max);
        change?.Invoke(options);
        return new(GatewayMode.Gateway, options, new GatewayPlaces(null, Workspace), data);
    }

    /// <summary>A client with a token; null for none, and the owner's when not said.</summary>
    public HttpClient Client(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Host.Record.Url) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient Owner() => Client(Host.Record.Key);

    /// <summary>A token of a person.</summary>
    public async Task<string> TokenAsync(string person, TimeSpan life)
    {
        var ids = Host.Services.GetRequiredService<IIdGenerator>();
        var time = Host.Services.GetRequiredService<TimeProvider>();
        var secret = ids.NewSecret();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        var now = time.GetUtcNow();
        await Host.Services.GetRequiredService<IStore>().WriteAsync(s =>
        {
            s.Credentials.Add(new(hash, CredentialKind.ApiToken, person, "a test's", now, now + life, null));
            return true;
        }, CancellationToken.None);
        return secret;
    }

    /// <summary>Calls a tool and reads the answer.</summary>
    public static async Task<(int Status, JsonElement Body)> CallAsync(HttpClient client, string tool, string body)
    {
        using var answer = await client.PostAsync($"/api/tools/{tool}", new StringContent(body, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await ReadAsync(answer));
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
