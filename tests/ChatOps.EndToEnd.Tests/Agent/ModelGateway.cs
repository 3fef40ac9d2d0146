using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>Starts real gateways with nothing but <c>Models</c> configured: a loopback model.</summary>
internal static class ModelGateway
{
    /// <summary>Starts one, with an empty workspace beside its data.</summary>
    public static Task<GatewayProcess> StartAsync(ModelServer model, string data, string? crashAt = null, IReadOnlyDictionary<string, string>? more = null)
    {
        var environment = Settings(model);
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            // An empty one is not set at all.
            if (value.Length > 0) environment[key] = value;
            else environment.Remove(key);
        }

        if (crashAt is not null) environment["CHATOPS_CRASH_AT"] = crashAt;
        var workspace = data + "-workspace";
        Directory.CreateDirectory(workspace);
        return GatewayProcess.StartAsync(data, workspace, environment);
    }

    /// <summary>What tells a gateway of the model.</summary>
    public static Dictionary<string, string> Settings(ModelServer model) => new()
    {
        ["CHATOPS__Models__0__Name"] = "main", ["CHATOPS__Models__0__Provider"] = "openai", ["CHATOPS__Models__0__Model"] = "scripted",
        ["CHATOPS__Models__0__BaseUrl"] = model.OpenAiUrl, ["CHATOPS__Models__0__ApiKey"] = model.Key,
    };

    /// <summary>Approves whatever waits; false when nothing does.</summary>
    public static async Task<bool> ApproveAsync(GatewayProcess gateway)
    {
        var waiting = (await gateway.CallAsync("approvals_list", new { }))["result"] as JsonArray;
        if (waiting is not [{ } first, ..]) return false;
        await gateway.CallAsync("approvals_approve", new { id = (string)first["id"]! });
        return true;
    }

    /// <summary>Approves what waits until the answer is there (false) or the gateway has died (true).</summary>
    public static async Task<bool> EndsAsync(GatewayProcess gateway, Chat chat, string answer)
    {
        await Until.TrueAsync(
            async () =>
            {
                if (gateway.HasExited || chat.Heard.Contains(answer, StringComparison.Ordinal)) return true;
                try
                {
                    await ApproveAsync(gateway);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or System.Text.Json.JsonException)
                {
                    // It dies in this moment.
                }

                return false;
            },
            () => $"Neither answer nor end: {answer}\n{chat.Heard}\n{gateway.Log}");
        // It may die right behind its answer.
        if (!gateway.HasExited && chat.Heard.Contains(answer, StringComparison.Ordinal)) await Task.WhenAny(gateway.WaitForExitAsync(TimeSpan.FromSeconds(1)), Task.Delay(TimeSpan.FromSeconds(1)));
        return gateway.HasExited;
    }

    /// <summary>The messages since the person's last one: what was asked, and the results that the model has of its calls.</summary>
    public static (string Asked, IReadOnlyList<string> Results) Turn(ModelAsked request)
    {
        var messages = request.Messages.Select(m => (Role: (string)m!["role"]!, Text: m["content"]?.ToJsonString() ?? "")).ToList();
        var last = messages.FindLastIndex(m => m.Role == "user");
        return (messages[last].Text, [.. messages.Skip(last + 1).Where(m => m.Role == "tool").Select(m => m.Text)]);
    }
}
