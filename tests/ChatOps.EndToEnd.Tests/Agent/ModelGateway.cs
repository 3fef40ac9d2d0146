using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Models;

namespace ChatOps.EndToEnd.Agent;

/// <summary>Starts real gateways with nothing but <c>Models</c> configured: a loopback model.</summary>
internal static class ModelGateway
{
    /// <summary>Starts one, with an empty workspace beside its data.</summary>
    public static Task<GatewayProcess> StartAsync(ModelServer model, string data, string? crashAt = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["CHATOPS__Models__0__Name"] = "main", ["CHATOPS__Models__0__Provider"] = "openai", ["CHATOPS__Models__0__Model"] = "scripted",
            ["CHATOPS__Models__0__BaseUrl"] = model.OpenAiUrl, ["CHATOPS__Models__0__ApiKey"] = model.Key,
        };
        if (crashAt is not null) environment["CHATOPS_CRASH_AT"] = crashAt;
        var workspace = data + "-workspace";
        Directory.CreateDirectory(workspace);
        return GatewayProcess.StartAsync(data, workspace, environment);
    }

    /// <summary>Approves whatever waits; false when nothing does.</summary>
    public static async Task<bool> ApproveAsync(GatewayProcess gateway)
    {
        var waiting = (await gateway.CallAsync("approvals_list", new { }))["result"] as JsonArray;
        if (waiting is not [{ } first, ..]) return false;
        await gateway.CallAsync("approvals_approve", new { id = (string)first["id"]! });
        return true;
    }

    /// <summary>The messages since the person's last one: what was asked, and the results that the model has of its calls.</summary>
    public static (string Asked, IReadOnlyList<string> Results) Turn(ModelAsked request)
    {
        var messages = request.Messages.Select(m => (Role: (string)m!["role"]!, Text: m["content"]?.ToJsonString() ?? "")).ToList();
        var last = messages.FindLastIndex(m => m.Role == "user");
        return (messages[last].Text, [.. messages.Skip(last + 1).Where(m => m.Role == "tool").Select(m => m.Text)]);
    }
}
