using System.Net;
using System.Text;
using System.Text.Json;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>Azure without a key: the gateway's own identity gets a token of Entra ID, here from a loopback endpoint in the form of Azure's managed identities.</summary>
public sealed class EntraIdTests : IDisposable
{
    private const string Secret = "identity-header-of-this-test";
    private readonly TempFolder folder = new();
    private readonly HttpListener identity = new();

    public void Dispose()
    {
        identity.Close();
        folder.Dispose();
    }

    [Fact]
    public async Task Without_a_key_the_managed_identity_of_the_gateway_is_used()
    {
        var port = LoopbackPort.Free();
        identity.Prefixes.Add($"http://127.0.0.1:{port}/");
        identity.Start();
        await using var model = await ModelServer.StartAsync(ModelReply.Say("Azure answers."));
        var asked = new List<string>();
        _ = ServeAsync(asked, model.Key);
        await using var gateway = await ModelGateway.StartAsync(model, folder.In("data"), more: new Dictionary<string, string>
        {
            ["CHATOPS__Models__0__Provider"] = "azure", ["CHATOPS__Models__0__ApiKey"] = "", ["IDENTITY_ENDPOINT"] = $"http://127.0.0.1:{port}/token", ["IDENTITY_HEADER"] = Secret,
        });
        using var chat = await Chat.OpenAsync(gateway, "ops");

        await chat.SayAsync("Who answers?");
        await chat.HearsAsync("Azure answers.");

        Assert.Contains(asked, q => q.Contains("resource=https%3A%2F%2Fcognitiveservices.azure.com", StringComparison.OrdinalIgnoreCase) || q.Contains("resource=https://cognitiveservices.azure.com", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(model.Violations);
        Assert.DoesNotContain(model.Key, gateway.Log, StringComparison.Ordinal);
    }

    private async Task ServeAsync(List<string> asked, string token)
    {
        try
        {
            while (true)
            {
                var context = await identity.GetContextAsync();
                var allowed = context.Request.Headers["X-IDENTITY-HEADER"] == Secret;
                asked.Add(context.Request.Url!.Query);
                var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
                {
                    access_token = token, expires_on = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                    resource = "https://cognitiveservices.azure.com", token_type = "Bearer",
                }));
                context.Response.StatusCode = allowed ? 200 : 401;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(allowed ? body : []);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}
