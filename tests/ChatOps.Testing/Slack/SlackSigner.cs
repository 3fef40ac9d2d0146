using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels;

namespace ChatOps.Testing.Slack;

/// <summary>Calls a webhook as Slack does in HTTP mode: forms for commands and interactions, a signature over the raw bytes. Written from Slack's documentation, not from the code that checks it.</summary>
public sealed class SlackSigner(string secret, TimeProvider time)
{
    /// <summary>An event.</summary>
    public WebhookRequest Event(JsonObject happened) => Sign(happened.ToJsonString(), "application/json");

    /// <summary>A slash command.</summary>
    public WebhookRequest Command(JsonObject command) =>
        Sign(string.Join('&', command.Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value!.GetValue<string>())}")), "application/x-www-form-urlencoded");

    /// <summary>A button or a modal.</summary>
    public WebhookRequest Interaction(JsonObject payload) => Sign($"payload={WebUtility.UrlEncode(payload.ToJsonString())}", "application/x-www-form-urlencoded");

    /// <summary>Signs a body.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="age">How old the call claims to be.</param>
    /// <param name="retry">The number of the retry; null on the first try.</param>
    public WebhookRequest Sign(string body, string contentType, TimeSpan age = default, int? retry = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var stamp = (time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes("v0:" + stamp + ":"), .. bytes];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = contentType, ["X-Slack-Request-Timestamp"] = stamp, ["X-Slack-Signature"] = "v0=" + Convert.ToHexStringLower(mac),
        };
        if (retry is { } number) (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) = (number.ToString(CultureInfo.InvariantCulture), "http_timeout");
        return new WebhookRequest("POST", headers, bytes);
    }
}
